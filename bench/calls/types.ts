import { type Project, run } from "./project.ts";
import { type Goal, goal, median, ratio } from "./statistics.ts";

/** What it takes TypeScript to check a program of 100 calls. */
export interface TypesRow {
  readonly what: string;
  /** Instantiations beyond those of an empty program. */
  readonly instantiations: number;
  readonly checkMs: number;
  /** Reading, checking and all. */
  readonly totalMs: number;
  readonly totalToSdk: number;
}

const hundred = (call: (id: string) => string): string =>
  Array.from({ length: 100 }, (_, n) => `export const c${n} = await ${call(`"conv_${n}"`)};`).join("\n");

const PROGRAMS: Readonly<Record<string, string>> = {
  nothing: "export {};",
  "openai SDK": `import OpenAI from "openai";
const client = new OpenAI();
${hundred((id) => `client.conversations.update(${id}, { metadata: { topic: "billing" } })`)}`,
  "@convo/openai": `import { createOpenAIClient } from "@convo/openai";
const client = createOpenAIClient();
${hundred((id) => `client.updateConversation(${id}, { metadata: { topic: "billing" } })`)}`,
  "@convo/core": `import { createConvo, openai } from "@convo/core";
const convo = createConvo({ openai: openai() });
${hundred((id) => `convo.openai.update(${id}, { metadata: { topic: "billing" } })`)}`,
};

const OPTIONS =
  "--noEmit --strict --skipLibCheck --target es2022 --module nodenext --types node --ignoreConfig";

/** Checks each program in turn with the repository's TypeScript, declarations as published. */
export function measureTypes(project: Project, rounds: number): TypesRow[] {
  const runs = Object.entries(PROGRAMS).map(([what, text], index) => ({
    what,
    file: project.write(`types-${index}.ts`, text),
    found: [] as Diagnostics[],
  }));
  for (let round = -1; round < rounds; round++)
    for (const { file, found } of runs) {
      const one = check(file, project.folder);
      if (round >= 0) found.push(one);
    }
  const [empty, sdk] = runs as [(typeof runs)[0], (typeof runs)[0]];
  const totals = ({ found }: (typeof runs)[0]): number[] => found.map(({ totalMs }) => totalMs);
  return runs.slice(1).map((one) => ({
    what: one.what,
    instantiations: (one.found[0]?.instantiations ?? 0) - (empty.found[0]?.instantiations ?? 0),
    checkMs: median(one.found.map(({ checkMs }) => checkMs)),
    totalMs: median(totals(one)),
    totalToSdk: ratio(totals(one), totals(sdk)),
  }));
}

interface Diagnostics {
  readonly instantiations: number;
  readonly checkMs: number;
  readonly totalMs: number;
}

function check(file: string, folder: string): Diagnostics {
  const text = run("tsc", [...OPTIONS.split(" "), "--extendedDiagnostics", file], folder);
  const number = (label: string): number => Number(new RegExp(`${label}:\\s+([\\d.]+)`).exec(text)?.[1]);
  return {
    instantiations: number("Instantiations"),
    checkMs: number("Check time") * 1000,
    totalMs: number("Total time") * 1000,
  };
}

export const typesGoals = (rows: readonly TypesRow[]): Goal[] => [
  goal(
    "type-checking 100 calls of @convo/openai: time to the openai SDK's",
    rows[1]?.totalToSdk ?? Number.NaN,
    1,
  ),
];
