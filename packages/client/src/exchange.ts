import type { Call } from "./call.ts";
import { classifyNetworkError } from "./network-error.ts";
import type { FetchInit, FetchResponse } from "./options.ts";
import { type BodyText, bodyReader, cancelBody, readBody } from "./read-body.ts";
import { parseUrl } from "./resolve-options.ts";
import type { ReceivedResponse } from "./response.ts";

/** Bytes of an error body that are kept. */
const ERROR_BYTES = 65_536;

/**
 * Sends one request and reads the whole response. A read may be redirected inside its origin, five times; a write never,
 * and nothing is ever sent to another origin.
 */
export async function exchange(call: Call, url: string, init: FetchInit): Promise<ReceivedResponse> {
  for (let hops = 0; ; hops++) {
    const response = checkResponse(call, await (call.outgoing.fetch ?? call.context.fetch)(url, init));
    const { status, headers } = response;
    const { redirect } = call.outgoing;
    const location = status > 299 && status < 400 && redirect !== "manual" && headers.get("location");
    if (location || init.signal.aborted) cancelBody(response);
    if (!location) {
      call.head = init.signal.aborted ? call.head : { status, headers };
      const reader = isEventStream(call, response) ? bodyReader(response) : undefined;
      if (reader) return { status, headers, text: "", reader };
      const limit = status < 300 ? call.settings.maxResponseBytes : ERROR_BYTES;
      return { status, headers, ...(await readBodyOf(call, response, limit)) };
    }
    const target = parseUrl(location, url);
    if (
      call.route.kind !== "read" ||
      redirect === "error" ||
      hops > 4 ||
      target?.username !== "" ||
      target.origin !== new URL(url).origin
    ) {
      const message = `was redirected (${status}) to ${target?.origin ?? "nowhere"}: not followed`;
      throw call.createError("bad_response", message, undefined, { status, headers });
    }
    url = target.href;
  }
}

const isEventStream = (call: Call, { status, headers }: FetchResponse): boolean =>
  call.outgoing.streams === true &&
  status >= 200 &&
  status < 300 &&
  /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");

/** Only a `fetch` of the caller's own returns anything else. */
function checkResponse(call: Call, response: FetchResponse | undefined): FetchResponse {
  if (Number.isInteger(response?.status) && typeof response?.headers?.get === "function") return response;
  throw call.createError(
    "invalid",
    "got no response from the custom fetch",
    "It must return a status, headers with get(), and a body or text().",
  );
}

/** The head decides what an error is; a body of it that cannot be read costs only the excerpt. */
async function readBodyOf(call: Call, response: FetchResponse, limit: number): Promise<BodyText> {
  try {
    return await readBody(response, limit, call.createError);
  } catch (error) {
    if (response.status < 300) throw error;
    return { text: "", fault: `a body that cannot be read: ${classifyNetworkError(error).text}` };
  }
}
