import type { Call } from "./call.ts";
import { concat } from "./concat.ts";
import type { BodyReader, FetchResponse } from "./options.ts";

// Making a decoder costs more than using it; made at the first use, because jsdom has none to be loaded with.
let strict: TextDecoder | undefined;
let lenient: TextDecoder | undefined;

function decode(bytes: Uint8Array): string {
  lenient ??= new TextDecoder();
  return lenient.decode(bytes);
}

/** A body as text, and what is wrong with it. */
export interface BodyText {
  readonly text: string;
  /** As they came, where all of them could be read. */
  readonly bytes?: Uint8Array;
  readonly fault?: string;
  /** What to do about it, if it is plain. */
  readonly hint?: string;
}

const TOO_LARGE = {
  fault: "a body over maxResponseBytes",
  hint: "Request less, or raise maxResponseBytes.",
};

/** The reader of a body: a web stream's, or one over a Node stream; undefined where the body cannot be streamed. */
export function bodyReader({ body }: FetchResponse): BodyReader | undefined {
  if (!body) return undefined;
  if ("getReader" in body) return body.getReader();
  const iterator = body[Symbol.asyncIterator]?.();
  return (
    iterator && {
      read: async () => (await iterator.next()) as { done: boolean; value?: Uint8Array },
      cancel: async () => iterator.return?.(),
    }
  );
}

/** Gives up a body, and with it the connection. */
export function cancelBody(response: FetchResponse): void {
  Promise.resolve(bodyReader(response)?.cancel()).catch(() => {});
}

/**
 * Reads a body as UTF-8 (a byte order mark is dropped), at most `limit` bytes after decompression; where there is more,
 * the connection is given up. Without a body stream (React Native, mocks) `text()` is used.
 */
export async function readBody(response: FetchResponse, limit: number, call: Call): Promise<BodyText> {
  const { headers, type } = response;
  const reader = bodyReader(response);
  if (!reader) return readText(response, limit, call);
  const chunks: Uint8Array[] = [];
  // Whoever knows that all bytes are there need not wait to hear that no more come, a tenth of what a short call costs.
  // Another origin's response may hide from scripts that it was compressed
  // (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
  const altered = type === "cors" || headers.get("content-encoding");
  const length = altered ? -1 : Number(headers.get("content-length") ?? -1);
  let left = limit;
  while (left >= 0) {
    const { value } = await reader.read();
    if (!value) break;
    left -= value.length;
    chunks.push(left < 0 ? value.subarray(0, left) : value);
    if (limit - left === length) break;
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : concat(chunks);
  if (left < 0) {
    Promise.resolve(reader.cancel()).catch(() => {});
    // Without its end, where a secret may be cut in two.
    return { text: decode(bytes).slice(0, -1536), ...TOO_LARGE };
  }
  try {
    strict ??= new TextDecoder("utf-8", { fatal: true });
    return { text: strict.decode(bytes), bytes };
  } catch {
    return { text: decode(bytes), bytes, fault: "bytes that are not UTF-8" };
  }
}

async function readText(response: FetchResponse, limit: number, call: Call): Promise<BodyText> {
  if (typeof response.text === "function") {
    const text = String(await response.text());
    return text.length > limit ? { text: text.slice(0, limit).slice(0, -1536), ...TOO_LARGE } : { text };
  }
  if (response.body === null) return { text: "" };
  throw call.error(
    "invalid",
    "got a response without a body that can be read from the custom fetch",
    "It must return body as a stream, or text().",
  );
}
