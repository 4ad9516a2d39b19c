import type { Answer, Origins, Seen, Step } from "./scenario.ts";

/** The conversation as the server has it after this request. */
export function conversation({ id, method, body }: Pick<Seen, "id" | "method" | "body">): object {
  const sent = method === "GET" ? undefined : (JSON.parse(body || "{}") as { metadata?: object });
  const metadata = sent?.metadata ?? { seed: "1" };
  return {
    id: id === "conversations" || !id ? "conv_new" : id,
    object: "conversation",
    created_at: 1,
    metadata,
  };
}

type HeaderLines = Readonly<Record<string, string | number>>;

/** The head of an answer as text; a length is not added. */
export function head(status: number | string, headers: HeaderLines = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n`;
}

const JSON_TYPE = { "content-type": "application/json", "x-request-id": "req_1" };

/** A whole answer. Without a body it is the conversation. */
export function answer(
  status: number,
  body?: string | Uint8Array | object,
  headers: HeaderLines = {},
): Answer {
  return (seen) => {
    const bytes = encode(body ?? conversation(seen));
    const length = status === 204 || status === 304 || status < 200 ? {} : { "content-length": bytes.length };
    return [{ send: head(status, { ...JSON_TYPE, ...headers, ...length }) }, { send: bytes }];
  };
}

/** A good answer. */
export const good: Answer = answer(200);

/** An error answer as OpenAI words it. */
export const refuse = (status: number, headers: HeaderLines = {}): Answer =>
  answer(status, { error: { message: `status ${status}`, type: "test", code: "test" } }, headers);

/** Anything at all on the wire. */
export const raw =
  (...steps: readonly Step[]): Answer =>
  () =>
    steps;

/** A good answer of which something is done between head and body, or instead of the body. */
export function broken(
  after: (body: Buffer, seen: Seen) => readonly Step[],
  headers: HeaderLines = {},
): Answer {
  return (seen) => {
    const body = encode(conversation(seen));
    return [
      { send: head(200, { ...JSON_TYPE, "content-length": body.length, ...headers }) },
      ...after(body, seen),
    ];
  };
}

/** A redirect. */
export const redirect =
  (status: number, to: (seen: Seen, origins: Origins) => string): Answer =>
  (seen, origins) => [{ send: head(status, { location: to(seen, origins), "content-length": 0 }) }];

/** Bytes of text, or of the JSON of anything else. */
export function encode(body: string | Uint8Array | object): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
