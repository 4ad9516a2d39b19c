import type { Call } from "./call.ts";
import { concat } from "./concat.ts";
import type { ConvoError, ResponseHeaders } from "./errors.ts";
import { classifyNetworkError } from "./network-error.ts";
import type { BodyReader, FetchResponse } from "./options.ts";

// Making a decoder costs more than using it; made at the first use, because jsdom has none to be loaded with.
let strict: TextDecoder | undefined;
let lenient: TextDecoder | undefined;

function decode(bytes: Uint8Array): string {
  lenient ??= new TextDecoder();
  return lenient.decode(bytes);
}

/** A response whose body is still to be read. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly source: FetchResponse;
}

/** One complete response: its body as text, and what is wrong with it. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly text: string;
  /** As they came, where all of them could be read. */
  readonly bytes?: Uint8Array;
  readonly fault?: string;
  /** What to do about it, if it is plain. */
  readonly hint?: string;
  /** In place of the text, where the response is a stream that was asked for. */
  readonly reader?: BodyReader;
}

/** Bytes of an error body that are kept. */
const ERROR_BYTES = 65_536;

/** A web stream, a Node stream, or something that is not a stream. */
type Streamable = Partial<{ getReader(): BodyReader; destroy(): void } & AsyncIterable<Uint8Array>>;

/** The reader of a body: a web stream's, or one over a Node stream; undefined where the body cannot be streamed. */
export function bodyReader(source: FetchResponse): BodyReader | undefined {
  const body = source.body as Streamable | null | undefined;
  if (body?.getReader) return body.getReader();
  const iterator = body?.[Symbol.asyncIterator]?.();
  return (
    iterator && {
      read: async () => (await iterator.next()) as { done: boolean; value?: Uint8Array },
      cancel: async () => {
        // A generator's `return` waits for the read before it: a Node stream has to be destroyed.
        body?.destroy?.();
        iterator.return?.().catch(() => {});
      },
    }
  );
}

/** Gives up a body, and with it the connection. */
export async function cancelBody(reader: BodyReader | undefined): Promise<void> {
  try {
    await reader?.cancel();
  } catch {}
}

/**
 * Reads a body as UTF-8 (a byte order mark is dropped), at most `maxResponseBytes` after decompression, of an error 64 kB;
 * where there is more, the connection is given up. Without a body stream (React Native, mocks) `text()` is used.
 */
export async function readBody(
  { status, headers, source }: ResponseHead,
  call: Call,
): Promise<ReceivedResponse> {
  const limit = status < 300 ? call.settings.maxResponseBytes : ERROR_BYTES;
  const tooLarge = (text: string): ReceivedResponse => ({
    status,
    headers,
    // Without its end, where a secret may be cut in two.
    text: text.slice(0, -1536),
    fault: "a body over maxResponseBytes",
    hint: "Request less, or raise maxResponseBytes.",
  });
  let bytes: Uint8Array;
  try {
    const reader = bodyReader(source);
    if (!reader) {
      const text = await readText(source, call);
      return text.length > limit ? tooLarge(text.slice(0, limit)) : { status, headers, text };
    }
    const chunks: Uint8Array[] = [];
    const length = announcedLength(headers, source);
    let size = 0;
    while (size <= limit && size !== length) {
      const { value } = await reader.read();
      if (!value) break;
      chunks.push(value);
      size += value.length;
    }
    bytes = concat(chunks);
    if (size > limit) {
      void cancelBody(reader);
      return tooLarge(decode(bytes.subarray(0, limit)));
    }
  } catch (thrown) {
    if (status < 300) throw thrown;
    // The head decides what an error is; a body of it that cannot be read costs only the excerpt.
    const fault = `a body that cannot be read: ${classifyNetworkError(thrown).text}`;
    return { status, headers, text: "", fault };
  }
  try {
    strict ??= new TextDecoder("utf-8", { fatal: true });
    return { status, headers, text: strict.decode(bytes), bytes };
  } catch {
    return { status, headers, text: decode(bytes), bytes, fault: "bytes that are not UTF-8" };
  }
}

/**
 * The bytes of a body, where they are known: whoever has them all need not wait to hear that no more come, a tenth of what a
 * short call costs. Another origin's response may hide from scripts that it was compressed
 * (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
 */
function announcedLength(headers: ResponseHeaders, { type }: FetchResponse): number | undefined {
  const length = headers.get("content-length");
  return length === null || type === "cors" || headers.get("content-encoding") ? undefined : Number(length);
}

/** Only a `fetch` of the caller's own returns anything that is no response. */
export const noResponse = (call: Call): ConvoError =>
  call.error(
    "invalid",
    "got no readable response from the custom fetch",
    "It must return a status, headers with get(), and a body that is a stream, or text().",
  );

async function readText(source: FetchResponse, call: Call): Promise<string> {
  if (typeof source.text === "function") return String(await source.text());
  if (source.body === null) return "";
  throw noResponse(call);
}
