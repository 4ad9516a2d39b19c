import type { BodyReader as Reader } from "./options.ts";

const COMPRESSED = /gzip|deflate|br|zstd|compress|dc[bz]/;

/** Decompresses while reading, so that the reader's size limit counts what comes out. A read of what cannot be inflated fails. */
export function inflate(reader: Reader, encoding: string): Reader {
  // What is no compression at all (`identity`, `none`, `utf-8`) is no reason to refuse a body; `fetch` does not either.
  if (!COMPRESSED.test(encoding)) return reader;
  const format = encoding.replace(/^x-/, "");
  if (format !== "gzip" && format !== "deflate") {
    const read = async (): Promise<never> => {
      await reader.cancel();
      throw Object.assign(new Error(`content-encoding ${encoding} cannot be read`), { code: "ERR_ENCODING" });
    };
    return { read, cancel: () => reader.cancel() };
  }
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { value } = await reader.read();
      if (value) controller.enqueue(value as Uint8Array<ArrayBuffer>);
      else controller.close();
    },
    async cancel() {
      await reader.cancel();
    },
  });
  return source.pipeThrough(new DecompressionStream(format)).getReader();
}
