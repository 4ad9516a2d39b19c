import type { FetchResponse } from "./options.ts";

// Making a decoder costs more than using it.
const strict: TextDecoder = new TextDecoder("utf-8", { fatal: true });
const lenient: TextDecoder = new TextDecoder();

/** A body as text, and what is wrong with it. */
export interface BodyText {
  readonly text: string;
  readonly fault?: string;
  /** What to do about it, if it is plain. */
  readonly next?: string;
}

/**
 * Reads a body as UTF-8 (a byte order mark is dropped), at most `limit` bytes after decompression; where there is more,
 * the connection is given up.
 */
export async function readBody({ body, headers, type }: FetchResponse, limit: number): Promise<BodyText> {
  const reader = body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // Whoever knows that all bytes are there need not wait to hear that no more come, a tenth of what a short call costs.
  // Another origin's answer may hide from scripts that it was compressed
  // (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
  const altered = type === "cors" || headers.get("content-encoding");
  const length = altered ? -1 : Number(headers.get("content-length") ?? -1);
  let left = limit;
  while (reader && left >= 0) {
    const { value } = await reader.read();
    if (!value) break;
    left -= value.length;
    chunks.push((left < 0 ? value.subarray(0, left) : value) as Uint8Array<ArrayBuffer>);
    if (limit - left === length) break;
  }
  const bytes = chunks.length > 1 ? await new Blob(chunks).arrayBuffer() : chunks[0];
  if (left < 0) {
    reader?.cancel().catch(() => {});
    return {
      // Without its end, where a secret may be cut in two.
      text: lenient.decode(bytes).slice(0, -1536),
      fault: "a body over maxResponseBytes",
      next: "Ask for less, or raise it.",
    };
  }
  try {
    return { text: strict.decode(bytes) };
  } catch {
    return { text: lenient.decode(bytes), fault: "bytes that are not UTF-8" };
  }
}
