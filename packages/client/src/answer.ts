import type { ErrorKind, Fail, ResponseHeaders } from "./errors.ts";
import type { BodyText } from "./read-body.ts";
import { retryAfterMs } from "./retry.ts";
import type { Nature } from "./vendor.ts";

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

/** What to do next, by kind. */
export const ADVICE: Partial<Record<ErrorKind, string>> = {
  auth: "Check the API key.",
  permission: "This key may not do it.",
  not_found: "Check the id.",
  invalid: "Correct the request.",
  conflict: "Read again before you decide.",
  rate_limited: "Slow down.",
  server: "Try again later.",
  network: "Check network and baseUrl.",
  timeout: "Try again later, or allow more time.",
  bad_response: "Check baseUrl: something other than the API may have answered.",
};

/** The data of a good answer. Throws kind `bad_response`, or the kind of the status, for any other. */
export function interpret(
  answer: Answer,
  { kind, scalar }: Nature,
  fail: Fail,
  call: { clean(text: string): string },
): unknown {
  const { status, headers, text, fault } = answer;
  if (status < 200 || status > 299) throw refusal(status, headers, call.clean(text).slice(0, 64_000), fail);
  if (kind === "delete" && !text.trim()) return undefined;
  const type = headers.get("content-type");
  const data = parse(text);
  const whole = scalar ? data !== undefined : typeof data === "object" && data;
  if (!fault && whole && /^$|[/+]json\b/i.test(type ?? "")) return data;
  const what =
    fault ??
    `${text.trim() ? "something that is not a JSON object" : "an empty body"} (${type ?? "no type"})`;
  throw fail(
    "bad_response",
    `was answered ${status} with ${what}: ${excerpt(call.clean(text))}`,
    ADVICE.bad_response,
    {
      status,
      headers,
    },
  );
}

/** The error for a status outside 2xx, with the vendor's own words. */
function refusal(status: number, headers: ResponseHeaders, text: string, fail: Fail): Error {
  const parsed = parse(text);
  const body = parsed === undefined ? text : parsed;
  const kind = KINDS[status] ?? (status > 499 ? "server" : status > 399 ? "invalid" : "bad_response");
  const final = headers.get("x-should-retry") === "false" || Object(body).retryable === false;
  return fail(kind, `was answered ${status}: ${excerpt(words(body))}`, ADVICE[kind], {
    status,
    headers,
    body,
    retryAfterMs: retryAfterMs(headers),
    retryable: !final && (status === 408 || status === 429 || status > 499),
  });
}

/** The sentence in an error body, wherever vendors put it: `error.message`, `message`, `detail`, `error`. */
function words(body: unknown): string {
  const { error, message, detail } = Object(body);
  const found = error?.message ?? message ?? detail ?? error ?? body;
  return typeof found === "string" ? found : JSON.stringify(found);
}

const excerpt = (text: string): string => JSON.stringify(text.slice(0, 200));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
