/** The kept results of the last run of `pnpm bench:faults`, bench/results/faults.json, and what the documents say of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As bench/faults/report.ts writes it. */
interface FaultResults {
  readonly date: string;
  readonly node: string;
  readonly seconds: number;
  /** Good, weak and bad results of each client, by group of scenarios. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** How many scenarios of each client ended in a way, by way. */
  readonly ways: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly writes: Readonly<Record<string, number>>;
}

const TITLES: Readonly<Record<string, string>> = {
  "convo-fetch": "ours, web",
  "convo-undici": "ours, undici",
};
const titleOf = (client: string): string => TITLES[client] ?? client;
/** The vendors' own. */
const OFFICIAL = ["openai", "letta", "datagrid"];

const read = (root: string): FaultResults =>
  JSON.parse(readFileSync(join(root, "bench/results/faults.json"), "utf8")) as FaultResults;

const clientsOf = ({ writes }: FaultResults): string[] => Object.keys(writes);

/** Good, weak and bad of a client in all groups together. */
function totals(
  { groups }: FaultResults,
  client: string,
): readonly [good: number, weak: number, bad: number] {
  const sum = (at: number): number =>
    Object.values(groups).reduce((all, group) => all + (group[client]?.[at] ?? 0), 0);
  return [sum(0), sum(1), sum(2)];
}

/** How many scenarios each client was put through. Throws where they differ. */
function scenarioCount(results: FaultResults): number {
  const counts = new Set(
    clientsOf(results).map((client) => totals(results, client).reduce((sum, count) => sum + count, 0)),
  );
  const [count] = counts;
  if (counts.size !== 1 || count === undefined)
    throw new Error("bench/results/faults.json: its clients did not have the same scenarios");
  return count;
}

const tableOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.toLocaleString("en-US")).join(" | ")} |`)
    .join("\n");

/** Good, weak and bad by group, for bench/README.md. */
export function faultTable(root: string): string {
  const results = read(root);
  const clients = clientsOf(results);
  const rows = Object.entries(results.groups).map(([group, counts]) => [
    group,
    ...clients.map((client) => (counts[client] ?? []).join(" / ")),
  ]);
  const all = ["**all**", ...clients.map((client) => `**${totals(results, client).join(" / ")}**`)];
  const when = `${scenarioCount(results)} scenarios, ${results.seconds} s, ${results.date}, Node ${results.node}; good / weak / bad:`;
  return `${when}\n\n${tableOf(["group", ...clients.map(titleOf)], [...rows, all])}`;
}

/** What happened, by client, for bench/README.md. */
export function faultWays(root: string): string {
  const results = read(root);
  const clients = clientsOf(results);
  const rows = Object.entries(results.ways).map(([way, counts]) => [
    way,
    ...clients.map((client) => counts[client] ?? 0),
  ]);
  const writes = ["writes the server saw", ...clients.map((client) => results.writes[client] ?? 0)];
  return tableOf(["what happened", ...clients.map(titleOf)], [...rows, writes]);
}

/** The bad results of each client, for the chart. */
export function faultChart(root: string): {
  readonly title: string;
  readonly when: string;
  readonly bars: readonly (readonly [name: string, value: number])[];
} {
  const results = read(root);
  return {
    title: `Bad results in ${scenarioCount(results)} fault scenarios`,
    when: results.date,
    bars: clientsOf(results).map((client) => [titleOf(client), totals(results, client)[2]]),
  };
}

const SENTENCE =
  /In [\d,]+ fault scenarios our client had [\d,]+ bad results; the official SDKs had [\d,]+ to [\d,]+\./;

/** README.md with the sentence about these results as they are. Throws when the sentence is gone. */
export function withFaultSentence(root: string, readme: string): string {
  if (!SENTENCE.test(readme)) throw new Error("README.md has lost its sentence about fault scenarios");
  const results = read(root);
  const bad = (client: string): number => totals(results, client)[2];
  const ours = Math.max(bad("convo-fetch"), bad("convo-undici"));
  const theirs = OFFICIAL.map(bad);
  const range = `${Math.min(...theirs)} to ${Math.max(...theirs)}`;
  return readme.replace(
    SENTENCE,
    `In ${scenarioCount(results)} fault scenarios our client had ${ours} bad results; the official SDKs had ${range}.`,
  );
}
