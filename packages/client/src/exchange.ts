import type { Answer } from "./answer.ts";
import type { Fail } from "./errors.ts";
import type { Fetch, FetchInit } from "./options.ts";
import { readBody } from "./read-body.ts";
import type { OperationKind } from "./vendor.ts";

/** Bytes of an error body that are kept. */
const ERROR_BYTES = 65_536;

/**
 * Sends one request and reads the whole answer. A read may be led on inside its origin, five times; a write is never
 * sent on, and nothing is ever sent to another origin.
 */
export async function exchange(
  fetch: Fetch,
  url: string,
  init: FetchInit,
  kind: OperationKind,
  maxBytes: number,
  fail: Fail,
): Promise<Answer> {
  for (let hops = 0; ; hops++) {
    const response = await fetch(url, init);
    const { status, headers } = response;
    const location = /^30[12378]$/.test(`${status}`) ? headers.get("location") : null;
    if (init.signal.aborted || location)
      response.body
        ?.getReader()
        .cancel()
        .catch(() => {});
    if (!location) {
      const good = status > 199 && status < 300;
      return { status, headers, ...(await readBody(response, good ? maxBytes : ERROR_BYTES)) };
    }
    const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (kind !== "read" || hops > 4 || target?.username !== "" || target.origin !== new URL(url).origin) {
      const what = `was redirected (${status}) to ${target?.origin ?? "nowhere"}, which is not followed`;
      throw fail("bad_response", what, "Check baseUrl.", { status, headers });
    }
    url = target.href;
  }
}
