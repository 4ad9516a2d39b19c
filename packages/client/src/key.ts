import type { Fail } from "./errors.ts";

/** Returns the key if it can be one. Throws kind `auth` with a message that does not contain it. */
export function checkKey(key: unknown, variable: string, fail: Fail): string {
  if (typeof key === "string" && /^[!-~]+$/.test(key)) return key;
  throw key === undefined
    ? fail("auth", "there is no API key", `Set ${variable} or pass apiKey; apiKey: null sends none.`)
    : fail("auth", "the API key is malformed", 'Give it without white space and "Bearer ".');
}

/** Replaces every secret in a text, also where it is percent-encoded or escaped for JSON. Under four characters is none. */
export function scrub(text: string, secrets: readonly string[]): string {
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form.length > 3) text = text.replaceAll(form, "[redacted]");
    }
  }
  return text;
}

/** A copy of an error and its causes that holds text only: no request, no header, no secret. */
export function safeCause(error: unknown, secrets: readonly string[], depth = 4): Error {
  const { message, cause } = Object(error);
  const copy = new Error(
    scrub(String(message ?? "not an Error"), secrets),
    cause && depth ? { cause: safeCause(cause, secrets, depth - 1) } : {},
  );
  for (const name of ["name", "stack", "code"]) {
    const text = Object(error)[name];
    if (text) copy[name as "name"] = scrub(String(text), secrets);
  }
  return copy;
}
