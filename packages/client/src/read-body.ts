import type { FetchResponse } from "./options.ts";

/**
 * Reads a body as UTF-8 text (a byte order mark is dropped), at most `limit` bytes after decompression; where there is
 * more, `whole` is false and the connection is given up. Throws if `fatal` and it is not UTF-8.
 */
export async function readBody(
  response: FetchResponse,
  limit: number,
  fatal: boolean,
): Promise<{ text: string; whole: boolean }> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let left = limit;
  while (reader && left >= 0) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    left -= value.length;
    chunks.push(left < 0 ? value.subarray(0, left) : value);
  }
  const whole = left >= 0;
  if (!whole) reader?.cancel().catch(() => {});
  return {
    text: new TextDecoder("utf-8", { fatal: fatal && whole }).decode(join(chunks, limit - left)),
    whole,
  };
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
