import { broken, conversation, encode, good, head, raw } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

const half = (body: Buffer): Buffer => body.subarray(0, body.length >> 1);
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const CHUNKED = { "content-type": "application/json", "transfer-encoding": "chunked" };

/** The connection ends too early. */
const CUTS: readonly [name: string, cut: Answer][] = [
  ["reset after the request", raw({ end: "reset" })],
  ["closed after the request", raw({ end: "fin" })],
  ["reset in the status line", raw({ send: "HTTP/1.1 2" }, { end: "reset" })],
  ["closed in the headers", raw({ send: "HTTP/1.1 200 OK\r\ncontent-ty" }, { end: "fin" })],
  ["reset after the headers", broken(() => [{ end: "reset" }])],
  ["closed after the headers", broken(() => [{ end: "fin" }])],
  ["reset in the body", broken((body) => [{ send: half(body) }, { end: "reset" }])],
  ["truncated body", broken((body) => [{ send: half(body) }, { end: "fin" }])],
  ["truncated chunks", raw({ send: head(200, CHUNKED) + chunk('{"id":"conv_1",') }, { end: "fin" })],
  ["chunks without the last", raw({ send: head(200, CHUNKED) + chunk('{"id":"conv_1"}') }, { end: "fin" })],
];

/** Nothing but bytes on the connection: it does not get better by asking again. */
const GARBAGE: readonly [name: string, answer: Answer][] = [
  ["an SSH banner", raw({ send: "SSH-2.0-OpenSSH_9.6\r\n" }, { end: "fin" })],
  ["a broken chunk size", raw({ send: `${head(200, CHUNKED)}zz\r\n{}\r\n0\r\n\r\n` }, { end: "fin" })],
  [
    "two content-lengths",
    raw({ send: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}" }, { end: "fin" }),
  ],
  ["content-length: -1", raw({ send: "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}" }, { end: "fin" })],
  ["content-length: NaN", raw({ send: "HTTP/1.1 200 OK\r\ncontent-length: NaN\r\n\r\n{}" }, { end: "fin" })],
  ["HTTP/9.9", raw({ send: "HTTP/9.9 200 OK\r\ncontent-length: 2\r\n\r\n{}" }, { end: "fin" })],
];

const chunks: Answer = (seen) => {
  const text = encode(conversation(seen)).toString();
  const parts = [...text].map(chunk).join("");
  return [{ send: `${head(200, CHUNKED)}${parts}0\r\nx-trailer: 1\r\n\r\n` }];
};

const untilClose: Answer = (seen) => [
  { send: "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n" },
  { send: encode(conversation(seen)) },
  { end: "fin" },
];

const limits = { timeoutMs: 1500, deadlineMs: 4000 };

export const transport: Scenario[] = group("transport", [
  ...CUTS.map(([name, cut]) => ({
    name: `${name}, once, read`,
    op: "read" as const,
    server: [cut, good],
    limits,
    expect: { result: "right" as const, requests: [2, 2] as const, gapMs: 100 },
  })),
  ...CUTS.map(([name, cut]) => ({
    name: `${name}, create`,
    op: "create" as const,
    server: [cut],
    limits,
    expect: { result: ["network"] as const, outcome: "unknown" as const, writes: 1 },
  })),
  ...GARBAGE.map(([name, server]) => ({
    name: `${name}, create`,
    op: "create" as const,
    server: [server],
    limits,
    expect: { result: ["bad_response", "network"] as const, outcome: "unknown" as const, writes: 1 },
  })),
  {
    name: "content-length too small",
    op: "read",
    server: [broken((body) => [{ send: body }], { "content-length": 10 })],
    limits,
    expect: { result: ["bad_response"] },
  },
  {
    name: "an unrequested second answer",
    op: "read",
    server: [(seen, origins) => [...good(seen, origins), ...good({ ...seen, id: "conv_evil" }, origins)]],
    rounds: 5,
    limits,
    expect: { result: "right" },
  },
  {
    name: "chunks of one byte and a trailer",
    op: "read",
    server: [chunks],
    expect: { result: "right", requests: [1, 1] },
  },
  {
    name: "HTTP/1.0 until the connection closes",
    op: "read",
    server: [untilClose],
    expect: { result: "right", requests: [1, 1] },
  },
  {
    name: "refused connection, read",
    op: "read",
    origin: "refused",
    limits,
    expect: { result: ["network"], requests: [0, 0] },
  },
  {
    name: "refused connection, create",
    op: "create",
    origin: "refused",
    limits,
    expect: { result: ["network"], outcome: "known", requests: [0, 0] },
  },
  {
    name: "refused at first, then up, create",
    op: "create",
    origin: "late",
    limits,
    expect: { result: "right", requests: [1, 1], writes: 1 },
  },
  {
    name: "reset on accept, read",
    op: "read",
    origin: "slam",
    limits,
    expect: { result: ["network"], requests: [0, 0] },
  },
  {
    name: "reset on accept, create",
    op: "create",
    origin: "slam",
    limits,
    expect: { result: ["network"], requests: [0, 0] },
  },
  {
    name: "a certificate nobody signed",
    op: "create",
    origin: "tls",
    limits,
    expect: { result: ["network"], outcome: "known", requests: [0, 0] },
  },
  {
    name: "https to a plain port",
    op: "create",
    origin: "plainAsTls",
    limits,
    expect: { result: ["network"], outcome: "known", requests: [0, 0] },
  },
  {
    name: "http to a TLS port",
    op: "read",
    origin: "tlsAsPlain",
    limits,
    expect: { result: ["network", "bad_response"], requests: [0, 0] },
  },
]);
