/** A request as it came over the wire, without any interpretation. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Takes the first whole request out of a buffer; undefined if it is not all there yet. Bodies have a length or are
 * chunked. Throws for what is not HTTP/1.1.
 */
export function takeRequest(buffer: Buffer): { request: RawRequest; rest: Buffer } | undefined {
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = buffer.toString("latin1", 0, end).split("\r\n");
  const [method = "", path = "", version] = first.split(" ");
  if (version !== "HTTP/1.1") throw new Error("not HTTP/1.1");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const start = end + 4;
  const body = /chunked/i.test(headers["transfer-encoding"] ?? "")
    ? takeChunks(buffer, start)
    : takeLength(buffer, start, Number(headers["content-length"] ?? 0));
  if (!body) return undefined;
  return { request: { method, path, headers, body: body.text }, rest: buffer.subarray(body.end) };
}

interface Part {
  readonly text: string;
  readonly end: number;
}

function takeLength(buffer: Buffer, start: number, length: number): Part | undefined {
  const end = start + length;
  return buffer.length < end ? undefined : { text: buffer.toString("utf8", start, end), end };
}

function takeChunks(buffer: Buffer, start: number): Part | undefined {
  let text = "";
  for (let at = start; ; ) {
    const line = buffer.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(buffer.toString("latin1", at, line), 16);
    const end = line + 2 + size;
    if (buffer.length < end + 2) return undefined;
    if (size === 0) return { text, end: end + 2 };
    text += buffer.toString("utf8", line + 2, end);
    at = end + 2;
  }
}
