import { broken, good, raw, refuse } from "../answers.ts";
import { type Answer, group, type Scenario, type Seen } from "../scenario.ts";

const limits = { timeoutMs: 2500, deadlineMs: 7000 };
const number = ({ id }: Seen): number => Number(/\d+$/.exec(id)?.[0] ?? 0);

/** A good answer, except where `when` says so. */
const unless =
  (when: (seen: Seen) => boolean, fault: Answer): Answer =>
  (seen, origins) =>
    (when(seen) ? fault : good)(seen, origins);

/** Dies under the second request it gets, once per id: what a load balancer does to idle connections. */
const stale = unless(
  (seen) => seen.reused > 0 && seen.sameId === 0 && number(seen) % 3 === 0,
  raw({ end: "reset" }),
);

/** Closes a moment after the answer without having said so. */
const closing: Answer = (seen, origins) => [
  ...good(seen, origins),
  { wait: seen.socket % 3 },
  { end: "fin" },
];

const FAULTS: readonly Answer[] = [
  refuse(500),
  refuse(503),
  refuse(429, { "retry-after-ms": "50" }),
  raw({ end: "reset" }),
  broken((body) => [{ send: body.subarray(0, 9) }, { end: "fin" }]),
];

const mixed: Answer = (seen, origins) => {
  const turn = number(seen) || seen.before;
  const faulty = turn % 20 === 7 && (seen.method === "GET" ? seen.sameId === 0 : true);
  return ((faulty && FAULTS[Math.floor(turn / 20) % FAULTS.length]) || good)(seen, origins);
};

const right = "right" as const;

export const load: Scenario[] = group("load", [
  {
    name: "60 failing reads at once",
    op: "read",
    server: [refuse(503)],
    parallel: 60,
    limits,
    expect: { result: ["server"], status: 503, requests: [60, 96] },
  },
  {
    name: "40 writes told Retry-After: 1 at once",
    op: "update",
    server: [unless(({ sameId }) => sameId === 0, refuse(429, { "retry-after": "1" }))],
    parallel: 40,
    limits,
    expect: { result: right, requests: [80, 80], spreadMs: 100 },
  },
  {
    name: "stale sockets under load, reads",
    op: "read",
    server: [stale],
    parallel: 20,
    rounds: 10,
    limits,
    expect: { result: right, requests: [200, 300] },
  },
  {
    name: "stale sockets under load, updates",
    op: "update",
    server: [stale],
    parallel: 20,
    rounds: 10,
    limits,
    expect: { result: ["network"], orRight: true, requests: [200, 200], writes: 200 },
  },
  {
    name: "sockets that close after the answer, reads",
    op: "read",
    server: [closing],
    parallel: 8,
    rounds: 25,
    limits,
    expect: { result: right },
  },
  {
    name: "sockets that close after the answer, updates",
    op: "update",
    server: [closing],
    parallel: 8,
    rounds: 25,
    limits,
    expect: { result: ["network"], orRight: true, writes: 200 },
  },
  {
    name: "300 reads at once",
    op: "read",
    parallel: 300,
    limits,
    expect: { result: right, requests: [300, 300] },
  },
  {
    name: "320 reads, 5 % faults",
    op: "read",
    server: [mixed],
    parallel: 64,
    rounds: 5,
    limits,
    expect: { result: right, requests: [320, 340] },
  },
  {
    name: "320 creates, 5 % faults",
    op: "create",
    server: [mixed],
    parallel: 64,
    rounds: 5,
    limits,
    // Four or so are 429s: refused, so sent again.
    expect: { result: ["server", "network"], orRight: true, writes: 325 },
  },
  {
    name: "40 errors, one after the other",
    op: "update",
    server: [refuse(503)],
    rounds: 40,
    limits,
    expect: { result: ["server"], status: 503, writes: 40, sockets: 5 },
  },
]);
