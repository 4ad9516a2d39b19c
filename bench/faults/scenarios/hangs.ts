import type { ErrorKind } from "@convo/client";
import { broken, conversation, encode, good, head, raw } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

const ERROR_HEAD = head(500, { "content-type": "application/json", "content-length": 1000 });

/** The server does not come to an end. */
const STALLS: readonly [name: string, stall: Answer][] = [
  ["hangs before the headers", raw({ hang: true })],
  ["hangs in the headers", raw({ send: "HTTP/1.1 200 OK\r\ncontent-" }, { hang: true })],
  ["hangs after the headers", broken(() => [{ hang: true }])],
  ["hangs in the body", broken((body) => [{ send: body.subarray(0, 9) }, { hang: true }])],
  ["hangs in an error body", raw({ send: `${ERROR_HEAD}{"error":` }, { hang: true })],
  [
    "drips headers forever",
    raw({ send: "HTTP/1.1 200 OK\r\n" }, { flood: "x-a: b\r\n", bytes: 1e6, everyMs: 30 }),
  ],
  [
    "drips a body forever",
    raw({ send: head(200, { "content-type": "application/json" }) }, { flood: " ", bytes: 1e6, everyMs: 30 }),
  ],
  ["drips an error body forever", raw({ send: ERROR_HEAD }, { flood: " ", bytes: 1e6, everyMs: 30 })],
  ["sends 103 forever", raw({ flood: head(103), bytes: 1e6, everyMs: 30 })],
];

/** The head decides what an error is; ours says so, whatever becomes of the body. */
const kinds = (name: string): readonly ErrorKind[] =>
  name.includes("error body") ? ["server", "timeout"] : ["timeout"];

const limits = { timeoutMs: 400, deadlineMs: 2000 };

const slow: Answer = (seen) => {
  const body = encode(conversation(seen));
  const drops = Array.from(body, (byte) => [{ send: Buffer.of(byte) }, { wait: 4 }]);
  return [
    { send: head(200, { "content-type": "application/json", "content-length": body.length }) },
    ...drops.flat(),
  ];
};

export const hangs: Scenario[] = group("hang", [
  ...STALLS.map(([name, stall]) => ({
    name: `${name}, read`,
    op: "read" as const,
    server: [stall],
    limits,
    expect: { result: kinds(name), requests: [1, 3] as const, withinMs: 2300 },
  })),
  ...STALLS.map(([name, stall]) => ({
    name: `${name}, update`,
    op: "update" as const,
    server: [stall],
    limits,
    expect: { result: kinds(name), outcome: "unknown" as const, writes: 1, withinMs: 1000 },
  })),
  {
    name: "hangs once, read",
    op: "read",
    server: [raw({ hang: true }), good],
    limits,
    expect: { result: "right", requests: [2, 2] },
  },
  {
    name: "content-length too large",
    op: "read",
    server: [broken((body) => [{ send: body }], { "content-length": 5000 })],
    limits,
    expect: { result: ["timeout", "network"], withinMs: 2300 },
  },
  {
    name: "the deadline comes before the timeout",
    op: "read",
    server: [raw({ hang: true })],
    limits: { timeoutMs: 1500, deadlineMs: 500, maxRetries: 1 },
    expect: { result: ["timeout"], requests: [1, 1], withinMs: 1000 },
  },
  {
    name: "slow but within the time",
    op: "read",
    server: [slow],
    limits: { timeoutMs: 4000, deadlineMs: 5000 },
    expect: { result: "right", requests: [1, 1] },
  },
]);
