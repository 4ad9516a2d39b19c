// biome-ignore lint/style/noRestrictedImports: only the undici entry gets here, and it is for Node
import type { Transform } from "node:stream";
import type { BodyReader } from "./options.ts";

const COMPRESSED = /gzip|deflate|br|zstd|compress|dc[bz]/;

/**
 * Decompresses while reading, so that the reader's size limit counts what comes out: the encodings that `fetch` reads
 * (https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding), gzip of several members and raw deflate among them. A
 * read of what cannot be decompressed fails.
 */
export function inflate(reader: BodyReader, encoding: string): BodyReader {
  // What is not a compression at all (`identity`, `none`, `utf-8`) does not make a body invalid; `fetch` does not either.
  if (!COMPRESSED.test(encoding)) return reader;
  let chunks: AsyncIterator<Uint8Array> | undefined;
  return {
    async read() {
      chunks ??= (await decompressed(reader, encoding))[Symbol.asyncIterator]();
      const { done, value } = await chunks.next();
      return done ? { done } : { done: false, value };
    },
    cancel: () => reader.cancel(),
  };
}

/** The encodings were applied in the order they are named, so the last is taken off first. */
async function decompressed(reader: BodyReader, encoding: string): Promise<AsyncIterable<Uint8Array>> {
  const first = await reader.read();
  // Nothing was compressed: a 204, the answer to a HEAD.
  if (!first.value) return rest(first, reader);
  // Loaded where it is used: nearly every response comes uncompressed.
  // biome-ignore lint/style/noRestrictedImports: only the undici entry gets here, and it is for Node
  const { pipeline, Readable } = await import("node:stream");
  // biome-ignore lint/style/noRestrictedImports: only the undici entry gets here, and it is for Node
  const zlib = await import("node:zlib");
  const isZlib = ((first.value[0] ?? 0) & 0x0f) === 8;
  const decoders: Record<string, (() => Transform) | undefined> = {
    gzip: () => zlib.createGunzip(),
    deflate: () => (isZlib ? zlib.createInflate() : zlib.createInflateRaw()),
    br: () => zlib.createBrotliDecompress(),
    // Node 22.15 and later; `fetch` reads it from the same version on.
    zstd: zlib.createZstdDecompress && (() => zlib.createZstdDecompress()),
  };
  const stages: Transform[] = [];
  for (const name of encoding.split(",").reverse()) {
    const decoder = decoders[name.trim().replace(/^x-/, "")];
    if (!decoder) {
      await reader.cancel();
      throw new Error(`content-encoding ${encoding} cannot be read`);
    }
    stages.push(decoder());
  }
  // What fails anywhere destroys the last stage, whose reader hears of it.
  pipeline([Readable.from(rest(first, reader)), ...stages], () => {});
  return stages.at(-1) as Transform;
}

async function* rest(
  first: Awaited<ReturnType<BodyReader["read"]>>,
  reader: BodyReader,
): AsyncGenerator<Uint8Array, void> {
  for (let chunk = first; chunk.value; chunk = await reader.read()) yield chunk.value;
}
