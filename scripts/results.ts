/** The kept results of the last run of `pnpm bench:calls`: bench/results/calls.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As bench/calls.ts writes it with `--json`. */
export interface CallResults {
  readonly date: string;
  readonly node: string;
  readonly processors: number;
  readonly load: number;
  readonly quick: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly goals: readonly {
    readonly name: string;
    readonly value: number;
    readonly limit: number;
    readonly least?: true;
    readonly met: boolean;
  }[];
  readonly speed: readonly {
    readonly client: string;
    readonly cpuUs: number;
    readonly cpuToFetch: number;
    readonly callsPerSecond: number;
    readonly throughputToOpenai: number;
    readonly cpuToFetchInFlight: number;
  }[];
  readonly start: readonly { readonly what: string; readonly ms: number; readonly cpuMs: number }[];
  readonly types: readonly {
    readonly what: string;
    readonly instantiations: number;
    readonly checkMs: number;
    readonly totalMs: number;
    readonly totalToSdk: number;
  }[];
  readonly stream: readonly { readonly client: string; readonly cpuMs: number; readonly cpuToSdk: number }[];
}

export const readResults = (root: string): CallResults =>
  JSON.parse(readFileSync(join(root, "bench/results/calls.json"), "utf8")) as CallResults;

const PACKAGES: Readonly<Record<string, readonly [title: string, package_?: string]>> = {
  "convo-undici": ["@convo/openai, undici"],
  "convo-fetch": ["@convo/openai, web fetch"],
  openai: ["openai SDK", "openai"],
  letta: ["letta SDK", "@letta-ai/letta-client"],
  datagrid: ["datagrid SDK", "datagrid-ai"],
  "openapi-fetch": ["openapi-fetch", "openapi-fetch"],
  "hey-api": ["hey-api", "@hey-api/openapi-ts"],
  "fetch-limited": ["fetch with a time limit"],
  fetch: ["plain fetch"],
};

/** What a reader calls a client of the results, with its version where it is not ours. */
export function titleOf({ versions }: CallResults, client: string): string {
  const [title, name] = PACKAGES[client] ?? [client];
  return name ? `${title} ${versions[name]}` : title;
}

/** When, where and how the run was made. */
export function circumstances({ date, node, processors, load, quick }: CallResults): string {
  const rough = quick ? " A quick run (`--quick`): its figures are rough." : "";
  return `${date}, Node ${node}, ${processors} processors, load ${load} in the minute before.${rough}`;
}

/** Digits that are worth reading. */
export function figure(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

const SENTENCE =
  /CPU of a call compared with plain `fetch`, one at a time and with 64 in flight: [^|]*?\d\.(?=\s)/;

/** README.md with the sentence about these results as they are. Throws when the sentence is gone. */
export function withCallSentence(root: string, readme: string): string {
  if (!SENTENCE.test(readme)) throw new Error("README.md has lost its sentence about the CPU of a call");
  const { speed } = readResults(root);
  const cpu = (name: string, client: string): string => {
    const row = speed.find((candidate) => candidate.client === client);
    if (!row) throw new Error(`bench/results/calls.json has no ${client}`);
    return `${name} ${figure(row.cpuToFetch)} and ${figure(row.cpuToFetchInFlight)}`;
  };
  const ours = `${cpu("ours", "convo-fetch")}, ${cpu("over undici", "convo-undici")}`;
  const theirs = ["openai", "letta", "datagrid"].map((client) => cpu(`the ${client} SDK`, client)).join(", ");
  return readme.replace(
    SENTENCE,
    `CPU of a call compared with plain \`fetch\`, one at a time and with 64 in flight: ${ours}; ${theirs}.`,
  );
}
