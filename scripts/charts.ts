/**
 * docs/measurements.md: the tables of bench/README.md that compare clients, as charts. The figures stay in that one document, so a new run
 * changes one place.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Chart {
  readonly title: string;
  /** The head of the table in bench/README.md, from its beginning. */
  readonly table: string;
  /** The column of the figures, from 1. */
  readonly column: number;
  /** What the figure is, as the axis says. */
  readonly unit: string;
  /** What a reader should see. */
  readonly note: string;
  /** Only this row, whose columns are compared. */
  readonly row?: string;
}

const CHARTS: readonly Chart[] = [
  {
    title: "CPU of one call, compared with plain fetch",
    table: "| | CPU to plain `fetch`'s",
    column: 1,
    unit: "times plain fetch; less is better",
    note: "The same update against the same local server, one call at a time.",
  },
  {
    title: "Calls a second, 64 at a time",
    table: "| | CPU to plain `fetch`'s",
    column: 5,
    unit: "calls a second; more is better",
    note: "One process, two cores.",
  },
  {
    title: "Bad results in 322 fault scenarios",
    table: "| | ours, web | ours, undici | openai | letta | datagrid | openapi-fetch |",
    column: 3,
    row: "all",
    unit: "bad results; less is better",
    note: "Bad is harm: a hang, a wrong result, a create that is sent twice, a secret shown, a leak. Plain openapi-fetch has no timeout and no retries.",
  },
  {
    title: "Time to import",
    table: "| | ms | CPU ms |",
    column: 1,
    unit: "milliseconds; less is better",
    note: "The quickest of 21 starts, over that of an empty program.",
  },
];

type Bar = readonly [name: string, value: number];

/** The page, from the tables of bench/README.md. Throws when one of them is gone. */
export function measurementsPage(root: string): string {
  const source = readFileSync(join(root, "bench/README.md"), "utf8");
  const sections = CHARTS.map((chart) => {
    const bars = barsOf(source, chart);
    return `## ${chart.title}\n\n${chart.note}\n\n${svg(chart, bars)}\n`;
  });
  return `${HEAD}\n${sections.join("\n")}`;
}

const HEAD = `<!-- Written by \`pnpm regen\` from bench/README.md. -->
# Measurements

Every figure comes from a command in the repository and can be measured again. Machine, versions, dates, methods, misses and all other tables:
[bench/README.md](https://github.com/convo-clients/convo/blob/main/bench/README.md).
`;

function barsOf(source: string, { table, column, row }: Chart): Bar[] {
  const lines = source.slice(Math.max(0, source.indexOf(table))).split("\n");
  if (!source.includes(table)) throw new Error(`bench/README.md has lost the table ${table}`);
  const rows = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith("|")),
    )
    .map(cellsOf);
  const [head = [], , ...body] = rows;
  if (row === undefined) return body.map((cells) => [cells[0] ?? "", numberOf(cells[column] ?? "")]);
  const cells = body.find(([name]) => name === row) ?? [];
  return head
    .slice(1)
    .map((name, index) => [name, numberOf((cells[index + 1] ?? "").split("/")[column - 1] ?? "")]);
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.replace(/[*`]/g, "").trim());

function numberOf(text: string): number {
  const value = Number(text.replaceAll(",", ""));
  if (text.trim() === "" || Number.isNaN(value))
    throw new Error(`bench/README.md: "${text}" is not a number`);
  return value;
}

const ROW = 30;
const LABEL = 180;
const WIDTH = 440;

/** Bars with their figures as text, in the colours of the page, and readable by a screen reader. */
function svg({ title, unit }: Chart, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(([, value]) => value));
  const rows = bars.flatMap(([name, value], index) => {
    const y = index * ROW;
    const width = Math.max(1, Math.round(((WIDTH - LABEL - 60) * value) / most));
    const ours = /^(?:@convo|ours)/.test(name);
    return [
      `<text x="${LABEL - 8}" y="${y + 19}" text-anchor="end" fill="currentColor">${name}</text>`,
      `<rect x="${LABEL}" y="${y + 5}" width="${width}" height="${ROW - 10}" fill="${ours ? "#3d7eff" : "#8a8f98"}"/>`,
      `<text x="${LABEL + width + 6}" y="${y + 19}" fill="currentColor">${value.toLocaleString("en-US")}</text>`,
    ];
  });
  const height = bars.length * ROW + 24;
  const label = `${title}: ${bars.map(([name, value]) => `${name} ${value}`).join(", ")}`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="100%" style="max-width: 36rem" role="img" aria-label="${label}" font-size="13">`,
    ...rows,
    `<text x="${LABEL}" y="${height - 6}" fill="currentColor">${unit}</text>`,
    "</svg>",
  ].join("\n");
}
