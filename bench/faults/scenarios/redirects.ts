import { good, redirect } from "../answers.ts";
import { group, type Scenario } from "../scenario.ts";

const STATUSES = [301, 302, 303, 307, 308];
const limits = { timeoutMs: 1500, deadlineMs: 4000 };
const once: readonly [number, number] = [1, 1];

/** Where no client may go. */
const PLACES: readonly [name: string, location: string][] = [
  ["file:", "file:///etc/passwd"],
  ["data:", "data:application/json,{}"],
  ["javascript:", "javascript:alert(1)"],
  ["a broken URL", "http://[::1"],
  ["nowhere", ""],
];

export const redirects: Scenario[] = group("redirect", [
  ...STATUSES.map((status) => ({
    name: `${status} inside the origin, read`,
    op: "read" as const,
    server: [redirect(status, (seen) => seen.path), good],
    limits,
    expect: { result: "right" as const, requests: [2, 2] as const },
  })),
  ...STATUSES.map((status) => ({
    name: `${status} inside the origin, update`,
    op: "update" as const,
    server: [redirect(status, (seen) => seen.path), good],
    limits,
    expect: { result: ["bad_response"] as const, status, requests: once, writes: 1 },
  })),
  ...STATUSES.map((status) => ({
    name: `${status} to another origin, read`,
    op: "read" as const,
    server: [redirect(status, (seen, origins) => origins.other + seen.path)],
    limits,
    expect: { result: ["bad_response"] as const, status, requests: once },
  })),
  ...[307, 308].map((status) => ({
    name: `${status} to another origin, update`,
    op: "update" as const,
    server: [redirect(status, (seen, origins) => origins.other + seen.path)],
    limits,
    expect: { result: ["bad_response"] as const, status, requests: once, writes: 1 },
  })),
  ...PLACES.map(([name, location]) => ({
    name: `302 to ${name}, read`,
    op: "read" as const,
    server: [redirect(302, () => location)],
    limits,
    expect: { result: ["bad_response"] as const, requests: once },
  })),
  {
    name: "a loop, read",
    op: "read",
    server: [redirect(302, (seen) => seen.path)],
    limits,
    expect: { result: ["bad_response"], requests: [1, 25] },
  },
  {
    name: "to the same origin with a password, read",
    op: "read",
    server: [redirect(302, (seen, { main }) => main.replace("//", "//user:pass@") + seen.path), good],
    limits,
    expect: { result: ["bad_response"], requests: once },
  },
]);
