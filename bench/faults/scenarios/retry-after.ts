import { good, refuse } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

type Lines = Record<string, string>;

/** Not a time in the future: the client waits as long as it would by itself, never less than 100 ms. */
const UNUSABLE: readonly [name: string, headers: Lines][] = [
  ["no Retry-After", {}],
  ["Retry-After: 0", { "retry-after": "0" }],
  ["Retry-After: -10", { "retry-after": "-10" }],
  ["Retry-After: soon", { "retry-after": "soon" }],
  ["Retry-After: NaN", { "retry-after": "NaN" }],
  ["Retry-After: Infinity", { "retry-after": "Infinity" }],
  ["Retry-After: 0x10", { "retry-after": "0x10" }],
  ["an empty Retry-After", { "retry-after": "" }],
  ["a date in the past", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }],
  ["retry-after-ms: -1", { "retry-after-ms": "-1" }],
];

/** Within reach: the wait is at least this long. */
const SHORT: readonly [name: string, headers: Lines, gapMs: number][] = [
  ["Retry-After: 1", { "retry-after": "1" }, 990],
  ["Retry-After: 0.5", { "retry-after": "0.5" }, 490],
  ["retry-after-ms: 600", { "retry-after-ms": "600" }, 590],
  ["retry-after-ms before Retry-After", { "retry-after-ms": "600", "retry-after": "30" }, 590],
  ["x-ratelimit-reset-requests: 700ms", { "x-ratelimit-reset-requests": "700ms" }, 690],
];

/** Beyond what anybody should wait without asking: the caller is told at once, and how long. */
const LONG: readonly [name: string, headers: Lines, ms: number][] = [
  ["Retry-After: 120", { "retry-after": "120" }, 120_000],
  ["Retry-After: 1e9 in digits", { "retry-after": "1000000000" }, 1e12],
  ["retry-after-ms: 1e12", { "retry-after-ms": "1000000000000" }, 1e12],
  ["x-ratelimit-reset-tokens: 6m0s", { "x-ratelimit-reset-tokens": "6m0s" }, 360_000],
];

const limits = { timeoutMs: 2000, deadlineMs: 5000 };
const update = "update" as const;
const right = "right" as const;

/** The date `seconds` after the answer's own date, which is an hour off: clocks differ. */
const dated =
  (write: (date: Date) => string, seconds: number): Answer =>
  (seen, origins) => {
    const now = new Date(Math.ceil(Date.now() / 1000) * 1000 - 3_600_000);
    const until = new Date(now.getTime() + seconds * 1000);
    return refuse(429, { date: now.toUTCString(), "retry-after": write(until) })(seen, origins);
  };

const rfc850 = (date: Date): string => {
  const [, day, month, year = "", time] = date.toUTCString().split(" ");
  const weekday = date.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
  return `${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
};

export const retryAfter: Scenario[] = group("429", [
  ...UNUSABLE.map(([name, headers]) => ({
    name,
    op: update,
    server: [refuse(429, headers), good],
    limits,
    expect: { result: right, requests: [2, 2] as const, writes: 2, gapMs: 100 },
  })),
  ...SHORT.map(([name, headers, gapMs]) => ({
    name,
    op: update,
    server: [refuse(429, headers), good],
    limits,
    expect: { result: right, requests: [2, 2] as const, writes: 2, gapMs },
  })),
  {
    name: "Retry-After as a date",
    op: update,
    server: [dated((date) => date.toUTCString(), 1), good],
    limits,
    expect: { result: right, requests: [2, 2], gapMs: 990 },
  },
  {
    name: "Retry-After as an RFC 850 date",
    op: update,
    server: [dated(rfc850, 1), good],
    limits,
    expect: { result: right, requests: [2, 2], gapMs: 990 },
  },
  ...LONG.map(([name, headers, retryAfterMs]) => ({
    name,
    op: update,
    server: [refuse(429, headers), good],
    limits,
    expect: {
      result: ["rate_limited"] as const,
      status: 429,
      retryAfterMs,
      requests: [1, 1] as const,
      outcome: "known" as const,
      withinMs: 2000,
    },
  })),
  {
    name: "Retry-After in the year 9999",
    op: update,
    server: [refuse(429, { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }), good],
    limits,
    expect: { result: ["rate_limited"], status: 429, requests: [1, 1], withinMs: 2000 },
  },
  {
    name: "Retry-After beyond the deadline",
    op: update,
    server: [refuse(429, { "retry-after": "30" }), good],
    limits,
    expect: { result: ["rate_limited"], retryAfterMs: 30_000, requests: [1, 1], withinMs: 2000 },
  },
  {
    name: "429 forever",
    op: "create",
    server: [refuse(429, { "retry-after-ms": "50" })],
    limits,
    expect: { result: ["rate_limited"], status: 429, outcome: "known", requests: [3, 3], gapMs: 45 },
  },
  {
    name: "429 that says not to retry",
    op: update,
    server: [refuse(429, { "x-should-retry": "false" }), good],
    limits,
    expect: { result: ["rate_limited"], status: 429, requests: [1, 1] },
  },
  {
    name: "503 with Retry-After: 1 to a read",
    op: "read",
    server: [refuse(503, { "retry-after": "1" }), good],
    limits,
    expect: { result: right, requests: [2, 2], gapMs: 990 },
  },
]);
