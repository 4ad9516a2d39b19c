import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { answer, conversation } from "../answers.ts";
import { type Answer, group, type Scenario, type Seen } from "../scenario.ts";

const TYPE = "content-type";
const text = (seen: Seen): string => JSON.stringify(conversation(seen));

/** A 200 whose body is made from the conversation. */
const made =
  (body: (seen: Seen) => string | Uint8Array, headers: Record<string, string> = {}): Answer =>
  (seen, origins) =>
    answer(200, body(seen), headers)(seen, origins);

/** Not a conversation, although the status says so. */
const WRONG: readonly [name: string, answer: Answer][] = [
  ["HTML", answer(200, "<!doctype html><title>Log in</title>", { [TYPE]: "text/html" })],
  ["HTML called JSON", answer(200, "<!doctype html><title>Log in</title>")],
  ["an empty body", answer(200, "")],
  ["blanks", answer(200, " \n ")],
  ["JSON called text/plain", made(text, { [TYPE]: "text/plain" })],
  ["an event stream", made((seen) => `data: ${text(seen)}\n\n`, { [TYPE]: "text/event-stream" })],
  ["JSON cut short", made((seen) => text(seen).slice(0, -5))],
  ["JSON and more", made((seen) => `${text(seen)}}`)],
  ["not UTF-8", made(() => Buffer.from('{"id":"conv_1","metadata":{"seed":"1\xff\xfe"}}', "latin1"))],
  ["null", answer(200, "null")],
  ["a number", answer(200, "42")],
  ["a string", answer(200, '"conv_1"')],
  ["true", answer(200, "true")],
  ["gzip cut short", made((seen) => gzipSync(text(seen)).subarray(0, -12), { "content-encoding": "gzip" })],
  ["not gzip at all", made(text, { "content-encoding": "gzip" })],
];

/** JSON, but not the conversation that was asked for. */
const OTHERS: readonly [name: string, body: string | object][] = [
  ["another conversation", { id: "conv_2", object: "conversation", created_at: 1, metadata: { seed: "1" } }],
  ["an empty object", "{}"],
  ["an empty array", "[]"],
  ["an error with status 200", { error: { message: "try later" } }],
];

/** Unusual, and right. */
const RIGHT: readonly [name: string, answer: Answer][] = [
  ["a byte order mark", made((seen) => `\ufeff${text(seen)}`)],
  ["gzip", made((seen) => gzipSync(text(seen)), { "content-encoding": "gzip" })],
  ["deflate", made((seen) => deflateSync(text(seen)), { "content-encoding": "deflate" })],
  ["no content type, yet JSON", made(text, { [TYPE]: "" })],
  ["a content type with charset", made(text, { [TYPE]: "application/json; charset=utf-8" })],
  ["a vendor's JSON type", made(text, { [TYPE]: "application/vnd.api+json" })],
  [
    "new fields and enum values",
    made((seen) => JSON.stringify({ ...conversation(seen), object: "new", more: [{}] })),
  ],
  ["blanks around", made((seen) => ` \n${text(seen)}\n `)],
  ["7 MB", made((seen) => JSON.stringify({ ...conversation(seen), pad: "x".repeat(7e6) }))],
];

const once: readonly [number, number] = [1, 1];

export const bodies: Scenario[] = group("body", [
  ...WRONG.map(([name, server]) => ({
    name: `${name}, read`,
    op: "read" as const,
    server: [server],
    expect: { result: ["bad_response"] as const, requests: once },
  })),
  ...WRONG.slice(0, 4).map(([name, server]) => ({
    name: `${name}, create`,
    op: "create" as const,
    server: [server],
    expect: { result: ["bad_response"] as const, outcome: "unknown" as const, writes: 1 },
  })),
  ...OTHERS.map(([name, body]) => ({
    name: `${name}, read`,
    op: "read" as const,
    server: [answer(200, body)],
    checked: true as const,
    expect: { result: ["bad_response"] as const, requests: once },
  })),
  ...RIGHT.map(([name, server]) => ({
    name: `${name}, read`,
    op: "read" as const,
    server: [server],
    expect: { result: "right" as const, requests: once },
  })),
  {
    name: "brotli, read",
    op: "read",
    server: [made((seen) => brotliCompressSync(text(seen)), { "content-encoding": "br" })],
    expect: { result: ["bad_response"], orRight: true, requests: once },
  },
  {
    name: "__proto__ in the answer",
    op: "read",
    server: [
      made(
        (seen) =>
          `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${text(seen).slice(1)}`,
      ),
    ],
    expect: { result: "right", requests: once },
  },
]);
