import { broken, head, raw, refuse } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

const TIMES: readonly unknown[] = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 31, "500"];
const RETRIES: readonly unknown[] = [-1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, "2"];

const limits = { timeoutMs: 1500, deadlineMs: 4000 };

/** Moments at which the caller gives up. */
const MOMENTS: readonly [name: string, abortMs: number, server: Answer][] = [
  ["before the headers", 300, raw({ hang: true })],
  ["in the body", 300, broken((body) => [{ send: body.subarray(0, 9) }, { hang: true }])],
  ["in an error body", 300, raw({ send: `${head(500, { "content-length": 99 })}{` }, { hang: true })],
  ["in the wait before a retry", 500, refuse(429, { "retry-after": "3" })],
];

export const options: Scenario[] = group("option", [
  ...TIMES.map((timeoutMs) => ({
    name: `timeout ${typeof timeoutMs === "string" ? `"${timeoutMs}"` : String(timeoutMs)}`,
    op: "update" as const,
    options: { timeoutMs },
    expect: { result: ["invalid"] as const, requests: [0, 0] as const, writes: 0 },
  })),
  ...RETRIES.map((maxRetries) => ({
    name: `maxRetries ${typeof maxRetries === "string" ? `"${maxRetries}"` : String(maxRetries)}`,
    op: "read" as const,
    server: [refuse(503, { "retry-after-ms": "20" })],
    options: { maxRetries },
    expect: { result: ["invalid"] as const, requests: [0, 0] as const },
  })),
  {
    name: "aborted before the call",
    op: "update",
    abortMs: 0,
    expect: { result: ["aborted"], requests: [0, 0], writes: 0 },
  },
  ...MOMENTS.map(([name, abortMs, server]) => ({
    name: `aborted ${name}`,
    op: "update" as const,
    server: [server],
    abortMs,
    limits,
    expect: { result: ["aborted"] as const, requests: [1, 1] as const, withinMs: 1200 },
  })),
  {
    name: "60 calls with one signal",
    op: "read",
    rounds: 60,
    expect: { result: "right", requests: [60, 60], listeners: 1 },
  },
]);
