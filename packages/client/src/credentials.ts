import type { Fail } from "./errors.ts";
import { checkKey } from "./key.ts";
import type { ClientOptions } from "./options.ts";
import { checkBaseUrl, checkHeaders } from "./settings.ts";
import type { Vendor } from "./vendor.ts";

/** Where to send requests and what to put on them; the environment is read at the first use, not before. */
export interface Target {
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  /** The key for the next attempt, or null for none. Throws kind `auth`. */
  readonly key: () => Promise<string | null> | string | null;
}

function env(name: string | undefined): string | undefined {
  try {
    // An empty variable counts as unset; a runtime may also refuse to show it.
    return (name && (globalThis as { process?: NodeJS.Process }).process?.env?.[name]) || undefined;
  } catch {
    return undefined;
  }
}

/** Checks what was given now, and reads what was not given later. */
export function createTarget(vendor: Vendor, options: ClientOptions, fail: Fail): () => Target {
  const { apiKey, baseUrl } = options;
  const check = (key: unknown): string => checkKey(key, vendor.env.apiKey, fail);
  if (apiKey != null && typeof apiKey !== "function") check(apiKey);
  const given = baseUrl === undefined ? undefined : checkBaseUrl(baseUrl, fail);
  let target: Target | undefined;
  return () => {
    if (target) return target;
    const headers: Record<string, string | undefined> = { accept: "application/json" };
    for (const name in vendor.env.headers) headers[name] = env(vendor.env.headers[name]);
    target = {
      baseUrl: given ?? checkBaseUrl(env(vendor.env.baseUrl) ?? vendor.baseUrl, fail),
      headers: checkHeaders(headers, fail),
      key: () => {
        if (apiKey === null) return null;
        return typeof apiKey === "function"
          ? Promise.resolve(apiKey()).then(check)
          : check(apiKey ?? env(vendor.env.apiKey));
      },
    };
    return target;
  };
}
