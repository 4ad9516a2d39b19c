import type { Call } from "./call.ts";
import type { ErrorKind, ResponseHeaders } from "./errors.ts";
import type { BodyText } from "./read-body.ts";
import { retryAfterMs } from "./retry.ts";

/** One complete answer. */
export interface Answer extends BodyText {
  readonly status: number;
  readonly headers: ResponseHeaders;
}

const KINDS: Record<number, ErrorKind> = {
  401: "auth",
  402: "permission",
  403: "permission",
  404: "not_found",
  405: "unsupported",
  408: "timeout",
  409: "conflict",
  410: "not_found",
  412: "conflict",
  423: "conflict",
  429: "rate_limited",
};

/** The data of a good answer. Throws kind `bad_response`, or the kind of the status, for any other. */
export function interpret(answer: Answer, call: Call): unknown {
  const { status, headers, text, fault, next } = answer;
  const { kind, scalar } = call.plan;
  if (status < 200 || status > 299) throw refusal(answer, call);
  const empty = !text.trim();
  if (kind === "delete" && empty) return undefined;
  const type = headers.get("content-type") ?? "";
  const data = parse(text);
  const whole = scalar ? data !== undefined : Object(data) === data;
  if (!fault && whole && /^$|[/+]json\b/i.test(type)) return data;
  const what = fault ?? (empty ? "an empty body" : `no JSON object (${type || "no type"})`);
  throw call.fail("bad_response", `was answered ${status} with ${what}: ${excerpt(call.clean(text))}`, next, {
    status,
    headers,
  });
}

/** The error for a status outside 2xx, with the vendor's own words. */
function refusal({ status, headers, text }: Answer, call: Call): Error {
  const shown = call.clean(text);
  // Once more, unescaped: PHP writes `\/`, .NET `\u002B`.
  const parsed = parse(shown, (_, value) => (typeof value === "string" ? call.clean(value) : value));
  const body = parsed === undefined ? shown : parsed;
  const { error, message, detail, retryable } = Object(body);
  const words = error?.message ?? message ?? detail ?? error ?? body;
  const kind = KINDS[status] ?? (status > 499 ? "server" : status > 399 ? "invalid" : "bad_response");
  const final = headers.get("x-should-retry") === "false" || retryable === false;
  const what = `was answered ${status}: ${excerpt(typeof words === "string" ? words : JSON.stringify(words))}`;
  return call.fail(kind, what, undefined, {
    status,
    headers,
    body,
    retryAfterMs: retryAfterMs(headers),
    retryable: !final && (status === 408 || status === 429 || status > 499),
  });
}

const excerpt = (text: string): string => JSON.stringify(text.slice(0, 200));

function parse(text: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}
