import type { Fail } from "./errors.ts";

/** Returns the key if it can be one. Throws kind `auth` with a message that does not contain it. */
export function checkKey(key: unknown, variable: string, fail: Fail): string {
  if (key === undefined) {
    throw fail("auth", "there is no API key", `Set ${variable} or pass apiKey; apiKey: null sends none.`);
  }
  if (typeof key !== "string" || !/^[!-~]+$/.test(key)) {
    throw fail(
      "auth",
      "the API key is malformed: blank, or with a space, a line break or a character outside ASCII in it",
      'Give the bare key; a prefix such as "Bearer " is added by the client.',
    );
  }
  return key;
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
  const { name, message, stack, code, cause } = Object(error);
  const clean = (value: unknown): string => scrub(String(value), secrets);
  const copy = new Error(
    clean(message ?? "not an Error"),
    cause && depth ? { cause: safeCause(cause, secrets, depth - 1) } : {},
  );
  return Object.assign(
    copy,
    name && { name: clean(name) },
    stack && { stack: clean(stack) },
    code && { code: clean(code) },
  );
}
