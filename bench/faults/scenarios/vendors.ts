/** What vendors and gateways were seen to do, besides failing: heads without bodies, doubled headers, errors called 200, encodings. */
import { brotliCompressSync, deflateRawSync, gzipSync } from "node:zlib";
import { answer, conversation, head, raw } from "../answers.ts";
import { type Answer, group, PASSWORD, type Scenario, type Seen } from "../scenario.ts";

const HEADS = [
  [400, "invalid"],
  [401, "auth"],
  [404, "not_found"],
] as const;

const text = (seen: Seen): string => JSON.stringify(conversation(seen));
const encoded =
  (encoding: string, encode: (text: string) => Uint8Array): Answer =>
  (seen, origins) =>
    answer(200, encode(text(seen)), { "content-encoding": encoding })(seen, origins);

const ENCODINGS: readonly [name: string, answer: Answer][] = [
  ["raw deflate", encoded("deflate", deflateRawSync)],
  ["two encodings", encoded("gzip, br", (body) => brotliCompressSync(gzipSync(body)))],
  [
    "gzip of two members",
    encoded("gzip", (body) => Buffer.concat([gzipSync(body.slice(0, 9)), gzipSync(body.slice(9))])),
  ],
];

export const vendors: Scenario[] = group("vendor", [
  ...HEADS.map(([status, kind]) => ({
    name: `${status}, its body reset`,
    op: "update" as const,
    server: [
      raw({ send: `${head(status, { "content-length": 99 })}{"error":` }, { wait: 20 }, { end: "reset" }),
    ],
    expect: { result: [kind], status, outcome: "known" as const, writes: 1 },
  })),
  {
    name: "429, its body unreadable, then good",
    op: "update",
    server: [answer(429, "not gzip", { "content-encoding": "gzip", "retry-after-ms": 50 }), answer(200)],
    expect: { result: "right", requests: [2, 2], gapMs: 50 },
  },
  {
    name: "429 with two Retry-After, the longer one last",
    op: "read",
    server: [answer(429, "{}", { "retry-after": 1, "Retry-After": 2 }), answer(200)],
    expect: { result: "right", requests: [2, 2], gapMs: 2000 },
  },
  ...[["a list", "[]"] as const, ["an error", { error: { message: "try later" } }] as const].map(
    ([name, body]) => ({
      name: `create answered 200 with ${name}`,
      op: "create" as const,
      server: [answer(200, body)],
      expect: { result: ["bad_response"] as const, outcome: "unknown" as const, writes: 1 },
    }),
  ),
  {
    name: "a cookie of the caller's echoed",
    op: "read",
    server: [answer(404, { error: { message: `no session ${PASSWORD}` } })],
    options: { headers: { cookie: `sid=${PASSWORD}; other=1` } },
    expect: { result: ["not_found"], status: 404, requests: [1, 1] },
  },
  ...ENCODINGS.map(([name, server]) => ({
    name: `${name}, read`,
    op: "read" as const,
    server: [server],
    expect: { result: "right" as const, requests: [1, 1] as const },
  })),
]);
