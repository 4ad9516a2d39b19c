import type { FetchResponse } from "./options.ts";

// Making a decoder costs more than using it.
const strict: TextDecoder = new TextDecoder("utf-8", { fatal: true });
const lenient: TextDecoder = new TextDecoder();

/** A body as text, and what is wrong with it. */
export interface BodyText {
  readonly text: string;
  readonly fault: string | undefined;
}

/**
 * Reads a body as UTF-8 (a byte order mark is dropped), at most `limit` bytes after decompression; where there is more,
 * the connection is given up.
 */
export async function readBody(response: FetchResponse, limit: number): Promise<BodyText> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let left = limit;
  while (reader && left >= 0) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    left -= value.length;
    chunks.push(left < 0 ? value.subarray(0, left) : value);
  }
  const bytes = join(chunks, Math.min(limit, limit - left));
  if (left < 0) reader?.cancel().catch(() => {});
  if (left < 0) return { text: lenient.decode(bytes), fault: "a body over maxResponseBytes" };
  try {
    return { text: strict.decode(bytes), fault: undefined };
  } catch {
    return { text: lenient.decode(bytes), fault: "bytes that are not UTF-8" };
  }
}

function join(chunks: Uint8Array[], size: number): Uint8Array {
  if (chunks.length < 2) return chunks[0] ?? new Uint8Array();
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
