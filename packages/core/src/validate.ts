import type { CallOptions } from "@convo/client";
import { createError } from "./errors.ts";
import { type Metadata, spellPath } from "./metadata/json.ts";
import type { Violation } from "./metadata/limits.ts";
import type { Provider } from "./provider/provider.ts";
import type { SchemaIssue, StandardSchema } from "./types/schema.ts";
import { checkDocument } from "./wire/limits.ts";

/** What a schema makes of a document. */
export interface ParsedMetadata {
  /** Its output; `undefined` without a schema. */
  readonly value?: unknown;
  readonly violations: readonly Violation[];
  readonly issues?: readonly SchemaIssue[];
}

/** What nothing was found wrong with, and no schema has seen. */
export const FITS: ParsedMetadata = { violations: [] };

/** How long a schema may take: what is left of its operation. */
export type SchemaLimits = Pick<CallOptions, "signal" | "deadlineMs">;

/** Checks a document that is to be sent against the vendor's limits and the caller's schema; a promise only where there is one. */
export function checkFit(
  provider: Provider,
  document: Metadata,
  limits: SchemaLimits,
): ParsedMetadata | Promise<ParsedMetadata> {
  const violations = checkDocument(provider, document);
  if (!provider.schema) return { violations };
  return parseMetadata(provider, document, limits).then((parsed) => ({
    ...parsed,
    violations: [...violations, ...parsed.violations],
  }));
}

/**
 * Has the provider's schema look at a document. A schema that throws has an issue with the whole of it.
 *
 * @throws ConvoError of kind `aborted` or `timeout`
 */
export async function parseMetadata(
  provider: Provider,
  document: Metadata | undefined,
  { signal, deadlineMs }: SchemaLimits,
): Promise<ParsedMetadata> {
  const { schema } = provider;
  if (!schema || !document) return FITS;
  let end: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  const over = new Promise<never>((_, reject) => {
    end = () => reject();
    const expire = (): void => {
      late = true;
      reject();
    };
    if (deadlineMs !== undefined) timer = setTimeout(expire, deadlineMs);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
  });
  over.catch(() => {});
  try {
    // A copy: what a schema does to its argument must not get into what is sent.
    const checked = schema["~standard"].validate(structuredClone(document));
    const { issues, ...rest } = await Promise.race([checked, over]);
    return issues ? refusedBy(issues) : { ...rest, violations: [] };
  } catch (error) {
    if (late) throw createError(provider, "timeout", "The schema did not answer within deadlineMs");
    if (signal?.aborted)
      throw createError(provider, "aborted", "The call was aborted before the schema answered");
    return refusedBy([{ message: String(error) }]);
  } finally {
    clearTimeout(timer);
    if (end) signal?.removeEventListener("abort", end);
  }
}

/** Issues are violations, also when there are none of them: then it is about the whole document. */
function refusedBy(
  issues: NonNullable<Awaited<ReturnType<StandardSchema["~standard"]["validate"]>>["issues"]>,
): ParsedMetadata {
  const paths = (issues.length > 0 ? issues : [{ message: "" }]).map(({ path = [] }) =>
    spellPath(
      "metadata",
      path.map((key) => String(typeof key === "object" ? key.key : key)),
    ),
  );
  const violations = [...new Set(paths)].map((path) => ({
    path,
    kind: "invalid" as const,
    message: `${path} breaks the schema`,
  }));
  return { violations, issues };
}
