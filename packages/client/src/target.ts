import { type Fail, isConvoError } from "./errors.ts";
import { checkKey, safeCause } from "./key.ts";
import type { ClientOptions } from "./options.ts";
import { checkBaseUrl, checkHeaders } from "./settings.ts";
import type { Vendor } from "./vendor.ts";

/** Where requests go and what they all carry. */
export interface Target {
  readonly baseUrl: string;
  /** Names in lower case; a key that is text is among them. */
  readonly headers: Record<string, string>;
  /** The header of the key, in lower case. */
  readonly header: string;
  /** Gives the key's header for one attempt, if the key is a function. Rejects with kind `auth`. */
  readonly key: (() => Promise<string>) | undefined;
}

/** Checks what was given at once, and reads the environment for the rest when the returned function is first called. */
export function createTarget(
  { auth, env, baseUrl: usual }: Vendor,
  { apiKey, baseUrl }: ClientOptions,
  own: Record<string, string>,
  fail: Fail,
): () => Target {
  const header = auth.header.toLowerCase();
  const check = (key: unknown): string => auth.prefix + checkKey(key, env.apiKey, fail);
  const ask = async (): Promise<string> => {
    try {
      return check(await (apiKey as () => unknown)());
    } catch (error) {
      if (isConvoError(error)) throw error;
      throw fail("auth", "the apiKey function failed", "See the cause.", { cause: safeCause(error, []) });
    }
  };
  const dynamic = typeof apiKey === "function";
  if (apiKey != null && !dynamic) check(apiKey);
  const given = baseUrl === undefined ? baseUrl : checkBaseUrl(baseUrl, fail);
  const read = (): Target => {
    const found: Record<string, unknown> = {};
    for (const name in env.headers) found[name] = variableOf(env.headers[name]);
    const headers: Record<string, string> = {
      accept: "application/json",
      ...checkHeaders(found, fail),
      ...own,
    };
    const needed = apiKey !== null && headers[header] === undefined;
    if (needed && !dynamic) headers[header] = check(apiKey ?? variableOf(env.apiKey));
    return {
      baseUrl: given ?? checkBaseUrl(variableOf(env.baseUrl) ?? usual, fail),
      headers,
      header,
      key: needed && dynamic ? ask : undefined,
    };
  };
  let target: Target | undefined;
  return () => (target ??= read());
}

/** An environment variable, undefined if empty, or where there are none or the runtime does not show them. */
export function variableOf(name = ""): string | undefined {
  try {
    return (globalThis as { process?: NodeJS.Process }).process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
