import type { ErrorKind } from "@convo/client";
import { answer, good, head, raw, refuse } from "../answers.ts";
import { group, type Scenario } from "../scenario.ts";

/** What the request did wrong: never sent again, certainly not applied. */
const REFUSALS: readonly [status: number, kind: ErrorKind][] = [
  [400, "invalid"],
  [401, "auth"],
  [402, "permission"],
  [403, "permission"],
  [404, "not_found"],
  [405, "unsupported"],
  [406, "invalid"],
  [409, "conflict"],
  [410, "not_found"],
  [412, "conflict"],
  [413, "invalid"],
  [415, "invalid"],
  [418, "invalid"],
  [422, "invalid"],
  [423, "conflict"],
  [428, "invalid"],
  [431, "invalid"],
  [451, "invalid"],
];

/** What the server could not do just now. */
const FAILURES = [500, 502, 503, 504, 507, 520, 529, 599];

/** Statuses that are no answer to what was asked. */
const NONSENSE = [300, 304, 305, 306];

const once: readonly [number, number] = [1, 1];

export const statuses: Scenario[] = group("status", [
  ...REFUSALS.map(([status, kind]) => ({
    name: `${status} to an update`,
    op: "update" as const,
    server: [refuse(status)],
    // OpenAI, Letta and Datagrid take 409 for a lost race and send it again: a merge must be read again instead.
    expect: { result: [kind], status, outcome: "known" as const, requests: once, writes: 1 },
  })),
  ...FAILURES.map((status) => ({
    name: `${status} once to a read`,
    op: "read" as const,
    server: [refuse(status), good],
    expect: { result: "right" as const, requests: [2, 2] as const, gapMs: 100 },
  })),
  ...FAILURES.slice(0, 4).map((status) => ({
    name: `${status} to a create that was done`,
    op: "create" as const,
    server: [refuse(status)],
    expect: { result: ["server"] as const, status, outcome: "unknown" as const, writes: 1 },
  })),
  {
    name: "503 to an update that was done",
    op: "update",
    server: [refuse(503, { "retry-after": 1 }), good],
    expect: { result: ["server"], status: 503, outcome: "unknown", writes: 1, retryAfterMs: 1000 },
  },
  {
    name: "500 forever to a read",
    op: "read",
    server: [refuse(500)],
    expect: { result: ["server"], status: 500, requests: [3, 3], gapMs: 100 },
  },
  {
    name: "408 once to a read",
    op: "read",
    server: [refuse(408), good],
    expect: { result: "right", requests: [2, 2] },
  },
  {
    name: "408 to a create that was done",
    op: "create",
    server: [refuse(408)],
    expect: { result: ["timeout"], status: 408, outcome: "unknown", writes: 1 },
  },
  ...NONSENSE.map((status) => ({
    name: `${status} without location`,
    op: "read" as const,
    server: [answer(status, "")],
    expect: { result: ["bad_response"] as const, status, requests: once },
  })),
  {
    name: "201 with the conversation",
    op: "create",
    server: [answer(201)],
    expect: { result: "right", writes: 1 },
  },
  {
    name: "204 to a read",
    op: "read",
    server: [answer(204, "")],
    expect: { result: ["bad_response"], status: 204, requests: once },
  },
  {
    name: "204 to an update",
    op: "update",
    server: [answer(204, "")],
    expect: { result: ["bad_response"], status: 204, outcome: "unknown", writes: 1 },
  },
  {
    name: "102 and 103 before the answer",
    op: "read",
    server: [(seen, origins) => [{ send: head(102) + head(103, { link: "</x>" }) }, ...good(seen, origins)]],
    expect: { result: "right", requests: once },
  },
  {
    // undici takes an uncalled-for 100 for a broken connection.
    name: "100 before the answer",
    op: "create",
    server: [(seen, origins) => [{ send: head(100) }, ...good(seen, origins)]],
    expect: { result: ["network"], orRight: true, writes: 1 },
  },
  {
    name: "an unrequested 101",
    op: "read",
    server: [raw({ send: head(101, { connection: "upgrade", upgrade: "nothing" }) }, { end: "fin" })],
    limits: { timeoutMs: 400, deadlineMs: 2000 },
    expect: { result: ["bad_response", "network"] },
  },
  {
    name: "status 999",
    op: "read",
    server: [answer(999, "{}")],
    expect: { result: ["server", "bad_response"], requests: [1, 3] },
  },
  {
    name: "status 99",
    op: "read",
    server: [raw({ send: "HTTP/1.1 99 X\r\ncontent-length: 0\r\n\r\n" }, { end: "fin" })],
    expect: { result: ["bad_response", "network"] },
  },
]);
