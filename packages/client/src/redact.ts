/** Keeps credentials out of everything a caller could print: messages, bodies, headers, causes and events. */

import { safely } from "./safely.ts";

const CREDENTIAL = /auth|key|token|secret|passw|cookie|credential|session|signature/;
/** Numbers about tokens, keys or sessions, such as `x-max-tokens`. */
const COUNT = /tokens|keys|max|limit|count/;

/** Whether a header, by its name in lower case, carries a credential. */
export const isCredential = (name: string): boolean => CREDENTIAL.test(name) && !COUNT.test(name);

/** What must not be shown of the value of a credential header: the whole, and each part that is one by itself. */
export function secretParts(value: string): string[] {
  // `Bearer sk-abc`: the scheme is no secret.
  const bare = value.replace(/^\S+ (?=\S+$)/, "");
  const parts = [bare, ...(/^basic /i.test(value) ? basicParts(bare) : [])];
  // `sid=s3cr3t; other=1`, `Digest username="a", response="b"`
  for (const pair of value.split(/[;,\s]+/)) {
    const part = pair.replace(/^[^=]*=/, "").replaceAll('"', "");
    // Also as a server reads what is percent-encoded, such as a cookie.
    if (part !== pair && part.length > 5) parts.push(part, safely(() => decodeURIComponent(part)) ?? part);
  }
  return parts.filter((part) => part.length > 3);
}

/** `user:password` and the password of `Basic` credentials (https://www.rfc-editor.org/rfc/rfc7617). */
function basicParts(encoded: string): string[] {
  const text = safely(() => atob(encoded)) ?? "";
  return [text, text.slice(text.indexOf(":") + 1)];
}

const HTML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text without secrets, as they are and as a server echoes them: percent-encoded, in JSON, in HTML. */
export function redact(text: string, secrets: readonly string[]): string {
  for (const secret of secrets) {
    const encoded = encodeURIComponent(secret);
    for (const form of [
      secret,
      encoded,
      encoded.replace(/%../g, (hex) => hex.toLowerCase()),
      JSON.stringify(secret).slice(1, -1),
      secret.replace(/[&<>"']/g, (char) => HTML[char] as string),
    ])
      text = text.replaceAll(form, "[redacted]");
  }
  return text;
}

/** A copy of a JSON value without secrets in its texts and names. Numbers stay, unless they are the whole secret. */
export function redactJson(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (typeof value === "number") return secrets.includes(String(value)) && value > 1e7 ? "[redacted]" : value;
  if (Array.isArray(value)) return value.map((item) => redactJson(item, secrets));
  if (Object(value) !== value) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [redact(name, secrets), redactJson(item, secrets)]),
  );
}

/** A copy of an error and its causes that holds text only: no request, no header, no secret. */
export function safeCause(error: unknown, secrets: readonly string[], depth = 5): Error {
  const { message, cause } = Object(error);
  const copy = new Error(
    redact(String(message ?? "not an Error"), secrets),
    cause && depth ? { cause: safeCause(cause, secrets, depth - 1) } : {},
  );
  for (const name of ["name", "stack", "code"]) {
    const text = Object(error)[name];
    if (text) copy[name as "name"] = redact(String(text), secrets);
  }
  return copy;
}
