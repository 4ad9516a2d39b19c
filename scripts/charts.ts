/**
 * docs/measurements.md: what compares clients, as charts, from the kept results of the benches; and the tables of bench/README.md that come from the kept results.
 */
import { faultChart } from "./fault-results.ts";
import { type CallResults, circumstances, figure, readResults, titleOf } from "./results.ts";

type Bar = readonly [name: string, value: number];

interface Chart {
  readonly title: string;
  /** What the figure is, as the axis says. */
  readonly unit: string;
  /** What a reader should see. */
  readonly note: string;
  readonly bars: readonly Bar[];
}

function chartsOf(root: string, results: CallResults): Chart[] {
  const speed = (pick: (row: CallResults["speed"][number]) => number): Bar[] =>
    results.speed.map((row) => [titleOf(results, row.client), pick(row)]);
  const faults = faultChart(root);
  return [
    {
      title: "CPU of one call, compared with plain fetch",
      unit: "times plain fetch; less is better",
      note: "The same update against the same local server, one call at a time.",
      bars: ascending(speed(({ cpuToFetch }) => cpuToFetch)),
    },
    {
      title: "Calls a second, 64 at a time",
      unit: "calls a second; more is better",
      note: "One process for each client, one at work at a time.",
      bars: ascending(speed(({ callsPerSecond }) => callsPerSecond)).reverse(),
    },
    {
      title: faults.title,
      unit: "bad results; less is better",
      note: `Bad is harm: a hang, a wrong result, a create that is sent twice, a secret shown, a leak. Plain openapi-fetch has no timeout and no retries. From \`pnpm bench:faults\`, ${faults.when}.`,
      bars: faults.bars,
    },
    {
      title: "Time to import",
      unit: "milliseconds; less is better",
      note: "The quickest start, less that of an empty program.",
      bars: ascending(results.start.map(({ what, ms }) => [what, ms])),
    },
    {
      title: "CPU of a stream of 10,000 events",
      unit: "milliseconds; less is better",
      note: "Server-sent events, read to their end.",
      bars: ascending(results.stream.map(({ client, cpuMs }) => [client, cpuMs])),
    },
    {
      title: "Type-checking a program of 100 calls",
      unit: "milliseconds; less is better",
      note: "TypeScript 7 against the published declarations.",
      bars: ascending(results.types.map(({ what, totalMs }) => [what, totalMs])),
    },
  ];
}

const ascending = (bars: readonly Bar[]): Bar[] => bars.toSorted(([, a], [, b]) => a - b);

/** The page. Throws when results are gone. */
export function measurementsPage(root: string): string {
  const results = readResults(root);
  const sections = chartsOf(root, results).map((chart) => {
    return `## ${chart.title}\n\n${chart.note}\n\n${svg(chart)}\n`;
  });
  return `${HEAD}\n${circumstances(results)}\n\n${sections.join("\n")}`;
}

const HEAD = `<!-- Written by \`pnpm regen\` from bench/results. -->
# Measurements

Every figure comes from a command in the repository and can be measured again. Methods, goals, misses and all other tables:
[bench/README.md](https://github.com/convo-clients/convo/blob/main/bench/README.md). Unless a chart says otherwise, its run is:
`;

/** The tables of `bench:calls` in bench/README.md: every client, the goals, imports, types, streams. */
export function callTables(root: string): string {
  const results = readResults(root);
  const speed = results.speed.toSorted((a, b) => a.cpuToFetch - b.cpuToFetch);
  const rows = (head: string[], cells: (string | number)[][]): string =>
    [head, head.map((_, index) => (index ? "--:" : "---")), ...cells]
      .map(
        (line) => `| ${line.map((cell) => (typeof cell === "number" ? figure(cell) : cell)).join(" | ")} |`,
      )
      .join("\n");
  return [
    circumstances(results),
    rows(
      [
        "client",
        "CPU to plain `fetch`'s, one at a time",
        "at 64 in flight",
        "throughput to the openai SDK's, 64 in flight",
        "CPU µs a call",
        "calls a second",
      ],
      speed.map((row) => [
        titleOf(results, row.client),
        row.cpuToFetch,
        row.cpuToFetchInFlight,
        row.throughputToOpenai,
        row.cpuUs,
        row.callsPerSecond,
      ]),
    ),
    rows(
      ["goal", "limit", "measured", ""],
      results.goals.map(({ name, limit, least, value, met }) => [
        name,
        `${least ? "≥" : "≤"} ${limit}`,
        value,
        met ? "met" : "**missed**",
      ]),
    ),
    rows(
      ["import", "ms", "CPU ms"],
      results.start.map(({ what, ms, cpuMs }) => [what, ms, cpuMs]),
    ),
    rows(
      [
        "100 calls",
        "instantiations beyond an empty program's",
        "check ms",
        "whole run ms",
        "whole run to the SDK's",
      ],
      results.types.map(({ what, instantiations, checkMs, totalMs, totalToSdk }) => [
        what,
        instantiations,
        checkMs,
        totalMs,
        totalToSdk,
      ]),
    ),
    rows(
      ["stream of 10,000 events", "CPU ms", "to the letta SDK's"],
      results.stream.map(({ client, cpuMs, cpuToSdk }) => [client, cpuMs, cpuToSdk]),
    ),
  ].join("\n\n");
}

const ROW = 30;
const LABEL = 180;
const WIDTH = 440;

/** Bars with their figures as text, in the colours of the page, and readable by a screen reader. */
function svg({ title, unit, bars }: Chart): string {
  const most = Math.max(...bars.map(([, value]) => value));
  const rows = bars.flatMap(([name, value], index) => {
    const y = index * ROW;
    const width = Math.max(1, Math.round(((WIDTH - LABEL - 60) * value) / most));
    const ours = /^(?:@convo|ours)/.test(name);
    return [
      `<text x="${LABEL - 8}" y="${y + 19}" text-anchor="end" fill="currentColor">${name}</text>`,
      `<rect x="${LABEL}" y="${y + 5}" width="${width}" height="${ROW - 10}" fill="${ours ? "#3d7eff" : "#8a8f98"}"/>`,
      `<text x="${LABEL + width + 6}" y="${y + 19}" fill="currentColor">${figure(value)}</text>`,
    ];
  });
  const height = bars.length * ROW + 24;
  const label = `${title}: ${bars.map(([name, value]) => `${name} ${figure(value)}`).join(", ")}`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="100%" style="max-width: 36rem" role="img" aria-label="${label}" font-size="13">`,
    ...rows,
    `<text x="${LABEL}" y="${height - 6}" fill="currentColor">${unit}</text>`,
    "</svg>",
  ].join("\n");
}
