/** The wire's part that every call depends on. */
import type { Spec } from "../generate/openapi.ts";
import { auth } from "../generate/vendor.ts";
import type { Change, Rating } from "./change.ts";

type Variables = Record<string, { default?: string }>;

const change = (rating: Rating, what: string): Change => ({
  rating,
  what,
  check: "wire",
  direction: "service",
  operation: null,
  field: "",
});

/** What every call depends on: name, address, credentials, environment. */
export function compareService(before: Spec, after: Spec): Change[] {
  const [convo, newConvo] = [before["x-convo"], after["x-convo"]];
  const [variables, newVariables] = [before, after].map(({ servers }) => servers[0]?.variables ?? {}) as [
    Variables,
    Variables,
  ];
  const facts: [
    what: string,
    before: unknown,
    after: unknown,
    changed: Rating,
    added: Rating,
    removed: Rating,
  ][] = [
    ["factory name", convo.displayName, newConvo.displayName, "major", "major", "major"],
    ["base URL", before.servers[0]?.url, after.servers[0]?.url, "major", "major", "major"],
    ["other servers", before.servers.slice(1), after.servers.slice(1), "patch", "patch", "patch"],
    ["credentials", auth(before), auth(after), "major", "major", "major"],
    ["key variable", convo.env.apiKey, newConvo.env.apiKey, "major", "major", "major"],
    ["base URL variable", convo.env.baseUrl, newConvo.env.baseUrl, "major", "minor", "major"],
    ...[...new Set([variables, newVariables].flatMap(Object.keys))].map((name): (typeof facts)[number] => {
      const now = newVariables[name]?.default;
      // One that has no value of its own has to be passed.
      return [
        `server variable ${name}`,
        variables[name]?.default,
        now,
        "major",
        now ? "minor" : "major",
        "major",
      ];
    }),
    ["idempotency header", convo.idempotencyHeader, newConvo.idempotencyHeader, "major", "minor", "major"],
    ["error codes", convo.errors, newConvo.errors, "minor", "minor", "minor"],
    ["rate limit headers", convo.rateLimit, newConvo.rateLimit, "minor", "minor", "minor"],
    ["fixed headers", convo.headers, newConvo.headers, "major", "minor", "major"],
    ["request id headers", convo.requestId, newConvo.requestId, "patch", "patch", "patch"],
    ...[...new Set([convo, newConvo].flatMap(({ env }) => Object.keys(env.headers ?? {})))].map(
      (header): (typeof facts)[number] => [
        `variable of header ${header}`,
        convo.env.headers?.[header],
        newConvo.env.headers?.[header],
        "major",
        "minor",
        "major",
      ],
    ),
  ];
  return facts.flatMap(([what, old, now, changed, added, removed]) => {
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const rating = old === undefined ? added : now === undefined ? removed : changed;
    return [change(rating, `${what}: ${shown(old)} -> ${shown(now)}`)];
  });
}

/** A value in the words of a report. */
export const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
