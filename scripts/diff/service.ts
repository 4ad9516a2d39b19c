/** The wire's part that every call depends on. */
import type { Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import type { Change, Rating } from "./change.ts";

const change = (rating: Rating, what: string): Change => ({
  rating,
  what,
  lens: "wire",
  direction: "service",
  operation: null,
  field: "",
});

/** What every call depends on: name, address, credentials, environment. */
export function compareService(before: Spec, after: Spec): Change[] {
  const [old, now] = [before["x-convo"], after["x-convo"]];
  const facts: [
    what: string,
    before: unknown,
    after: unknown,
    changed: Rating,
    added: Rating,
    removed: Rating,
  ][] = [
    ["factory name", old.displayName, now.displayName, "major", "major", "major"],
    ["base URL", before.servers[0]?.url, after.servers[0]?.url, "major", "major", "major"],
    ["other servers", before.servers.slice(1), after.servers.slice(1), "patch", "patch", "patch"],
    ["credentials", auth(before), auth(after), "major", "major", "major"],
    ["key variable", old.env.apiKey, now.env.apiKey, "major", "major", "major"],
    ["base URL variable", old.env.baseUrl, now.env.baseUrl, "major", "minor", "major"],
    ["request id headers", old.requestId, now.requestId, "patch", "patch", "patch"],
    ...[...new Set([old, now].flatMap(({ env }) => Object.keys(env.headers ?? {})))].map(
      (header): (typeof facts)[number] => [
        `variable of header ${header}`,
        old.env.headers?.[header],
        now.env.headers?.[header],
        "major",
        "minor",
        "major",
      ],
    ),
  ];
  return facts.flatMap(([what, was, is, changed, added, removed]) => {
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const rating = was === undefined ? added : is === undefined ? removed : changed;
    return [change(rating, `${what}: ${shown(was)} -> ${shown(is)}`)];
  });
}

/** A value in the words of a report. */
export const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
