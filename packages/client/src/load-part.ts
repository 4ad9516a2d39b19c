import type { CreateError } from "./errors.ts";

/**
 * A part of this package that few programs need, loaded at its first use. Rejects with kind `network`; the next use tries
 * again.
 */
export function loadPart<T>(part: Promise<T>, createError: CreateError): Promise<T> {
  return part.catch((cause: unknown) => {
    throw createError(
      "network",
      "a part of the client could not be loaded",
      "Check that every file of the build can be reached.",
      { cause },
    );
  });
}
