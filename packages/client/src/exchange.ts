import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { FetchInit } from "./options.ts";
import { readBody } from "./read-body.ts";

/** Bytes of an error body that are kept. */
const ERROR_BYTES = 65_536;

/**
 * Sends one request and reads the whole answer. A read may be led on inside its origin, five times; a write is never
 * sent on, and nothing is ever sent to another origin.
 */
export async function exchange(call: Call, url: string, init: FetchInit): Promise<Answer> {
  for (let hops = 0; ; hops++) {
    const response = await call.context.fetch(url, init);
    const { status, headers } = response;
    const location = status > 299 && status < 400 && headers.get("location");
    if (location || init.signal.aborted)
      response.body
        ?.getReader()
        .cancel()
        .catch(() => {});
    if (!location) {
      const limit = status < 300 ? call.settings.maxResponseBytes : ERROR_BYTES;
      return { status, headers, ...(await readBody(response, limit)) };
    }
    const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (
      call.plan.kind !== "read" ||
      hops > 4 ||
      target?.username !== "" ||
      target.origin !== new URL(url).origin
    ) {
      const what = `was redirected (${status}) to ${target?.origin ?? "nowhere"}: not followed`;
      throw call.fail("bad_response", what, undefined, { status, headers });
    }
    url = target.href;
  }
}
