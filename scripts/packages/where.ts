/** The table "Where it runs": what `npm test` proves of the packed packages, and what nobody has tried. */
import { COMPILATIONS } from "./consumer.ts";
import type { Row } from "./run.ts";
import { STARTS } from "./smoke.ts";

/** A row, with its result: `passed`, `FAILED`, or why it was not tested. */
export type Tested = Row & { readonly result: string };

/** Places of which somebody may ask, and of which no test here can tell. */
export const NOT_TESTED: readonly Tested[] = [
  {
    group: "runtime",
    title: "React Native",
    result: "not tested on a device; a `fetch` without a body stream is, under jsdom",
  },
  { group: "runtime", title: "Firefox, Safari", result: "not tested" },
  {
    group: "test runner",
    title: "MSW over undici",
    result:
      "not possible: MSW replaces `fetch` and `node:http`, undici opens its own sockets. Use its MockAgent, or leave `undiciFetch` out in tests",
  },
];

/** The table of docs/client/runtimes.md. */
export function whereItRuns(): string {
  const rows: Tested[] = [
    ...[...STARTS, ...COMPILATIONS].map(({ group, title }) => ({ group, title, result: "tested" })),
    ...NOT_TESTED,
  ];
  const groups = [...new Set(rows.map(({ group }) => group))];
  const lines = groups.flatMap((group) =>
    rows
      .filter((row) => row.group === group)
      .map(({ title, result }) => `| ${group} | ${title} | ${result} |`),
  );
  return ["| what | where | result |", "| --- | --- | --- |", ...lines].join("\n");
}
