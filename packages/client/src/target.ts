import type { Fail } from "./errors.ts";
import { checkKey } from "./key.ts";
import type { ClientOptions } from "./options.ts";
import { checkBaseUrl, checkHeaders } from "./settings.ts";
import type { Vendor } from "./vendor.ts";

/** Where requests go and what they all carry. */
export interface Target {
  readonly baseUrl: string;
  /** Names in lower case; a key that is text is among them. */
  readonly headers: Record<string, string>;
  /** What must not appear in anything the caller sees. */
  readonly secrets: readonly string[];
  /** Asks for the key of one attempt, if it is a function. Rejects with kind `auth`. */
  readonly key: (() => Promise<string>) | undefined;
}

const SECRET_HEADER = /auth|key|token|secret|password|cookie/;

/** The values of headers that may hold a credential, whole and without the scheme before them. */
export function secretsIn(headers: Record<string, string>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    SECRET_HEADER.test(name) ? [value, value.replace(/^\S+ /, "")] : [],
  );
}

/** Checks what was given at once, and reads the environment for the rest when the returned function is first called. */
export function createTarget(
  vendor: Vendor,
  options: ClientOptions,
  own: Record<string, string>,
  fail: Fail,
): () => Target {
  const { apiKey, baseUrl } = options;
  const { auth, env } = vendor;
  const dynamic = typeof apiKey === "function";
  const check = (key: unknown): string => checkKey(key, env.apiKey, fail);
  if (apiKey != null && !dynamic) check(apiKey);
  const given = baseUrl === undefined ? undefined : checkBaseUrl(baseUrl, fail);
  const read = (): Target => {
    const fromEnv = Object.entries(env.headers ?? {}).map(([name, variable]) => [
      name,
      variable && variableOf(variable),
    ]);
    const headers: Record<string, string> = {
      accept: "application/json",
      ...checkHeaders(Object.fromEntries(fromEnv), fail),
      ...own,
    };
    const name = auth.header.toLowerCase();
    const secrets = secretsIn(headers);
    const needed = apiKey !== null && headers[name] === undefined;
    if (needed && !dynamic) {
      const key = check(apiKey ?? variableOf(env.apiKey));
      headers[name] = auth.prefix + key;
      secrets.push(key);
    }
    return {
      baseUrl: given ?? checkBaseUrl((env.baseUrl && variableOf(env.baseUrl)) || vendor.baseUrl, fail),
      headers,
      secrets,
      key: needed && dynamic ? async () => check(await apiKey()) : undefined,
    };
  };
  let target: Target | undefined;
  return () => (target ??= read());
}

/** An environment variable, undefined if empty, or where there are none or the runtime does not show them. */
function variableOf(name: string): string | undefined {
  try {
    return (globalThis as { process?: NodeJS.Process }).process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
