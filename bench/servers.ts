/**
 * `pnpm bench:servers [--only letta|ogx|agentsight] [--json <file>]`: what real servers do, next to the sandbox. Letta's
 * last open-source server and an OpenAI-compatible one (ogx), each from PyPI with a store of its own, are asked what the
 * documentation leaves open, by plain HTTP, by our clients, by core and by the probe. AgentSight's own Python client runs
 * against the sandbox. Prints one table for each; exit code 1 when a difference is not explained, a call of ours fails, or
 * something could not be measured.
 *
 * The first run installs about a gigabyte into a cache folder. What cannot be installed is named, with the reason.
 */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { install } from "./servers/environment.ts";
import { lettaQuestions, openaiQuestions, type Question, sender } from "./servers/questions.ts";
import { type RunningServer, startLetta, startOgx, startSandbox } from "./servers/start.ts";
import { type CallResult, coreCalls, lettaCalls, openaiCalls } from "./servers/ways.ts";

interface Row {
  readonly asked: string;
  readonly server: string;
  readonly sandbox: string;
  readonly verdict: string;
}
interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const runPython = promisify(execFile);
const SAME = "same";
const DIFFERS = "DIFFERS";
const NOT_MEASURED = "not measured";

async function answers(questions: readonly Question[], server: RunningServer): Promise<string[]> {
  const send = sender(server);
  const results: string[] = [];
  for (const { ask } of questions) results.push(await ask(send));
  return results;
}

/** Both sides' answers to the same questions, in order. */
function compare(questions: readonly Question[], server: string[], sandbox: string[]): Row[] {
  return questions.map(({ topic, explained }, index) => {
    const [ours = "", theirs = ""] = [sandbox[index], server[index]];
    const verdict = ours === theirs ? SAME : (explained ?? DIFFERS);
    return { asked: topic, server: theirs, sandbox: ours, verdict };
  });
}

/** Our calls must work on both sides. What the probe measures may differ, and is shown. */
function compareCalls(server: readonly CallResult[], sandbox: readonly CallResult[]): Row[] {
  return server.map(({ call, result }) => {
    const ours = sandbox.find((other) => other.call === call)?.result ?? "-";
    const different = call.startsWith("probe:") ? "shown" : DIFFERS;
    return { asked: call, server: result, sandbox: ours, verdict: ours === result ? SAME : different };
  });
}

type Ways = (server: RunningServer) => Promise<readonly CallResult[]>;

interface Comparison {
  readonly vendor: "openai" | "letta";
  readonly server: RunningServer;
  readonly questions: (server: RunningServer) => Promise<readonly Question[]>;
  readonly ways: Ways;
}

/** One server and the sandbox beside it. */
async function beside({ vendor, server, questions, ways }: Comparison): Promise<Table[]> {
  const sandbox = await startSandbox(vendor);
  try {
    const [theirs, ours] = [await questions(server), await questions(sandbox)];
    const asked = compare(theirs, await answers(theirs, server), await answers(ours, sandbox));
    const calls = compareCalls(await ways(server), await ways(sandbox));
    return [
      { title: `${server.title} and the sandbox, by plain HTTP`, rows: asked },
      { title: `${server.title} and the sandbox, by @convo/${vendor}, core and the probe`, rows: calls },
    ];
  } finally {
    await sandbox.stop();
  }
}

const SANDBOX_AGENT = "agent-00000000-0000-4000-8000-000000000001";

/** An agent whose model nobody asks. */
async function lettaAgent(server: RunningServer): Promise<string> {
  if (server.title === "sandbox") return SANDBOX_AGENT;
  const nowhere = { endpoint_type: "openai", endpoint: "http://127.0.0.1:9/v1" };
  const { body } = await sender(server)("POST /v1/agents/", {
    name: "bench",
    include_base_tools: false,
    llm_config: {
      model: "none",
      model_endpoint_type: nowhere.endpoint_type,
      model_endpoint: nowhere.endpoint,
      context_window: 8000,
    },
    embedding_config: {
      embedding_model: "none",
      embedding_endpoint_type: nowhere.endpoint_type,
      embedding_endpoint: nowhere.endpoint,
      embedding_dim: 8,
    },
  });
  return String((body as { id: string }).id);
}

async function ogx(): Promise<Table[]> {
  const server = await startOgx();
  if ("missing" in server) return missing("ogx", server.missing);
  const ways: Ways = async (one) => [...(await openaiCalls(one)), ...(await coreCalls("openai", one, ""))];
  try {
    return await beside({ vendor: "openai", server, questions: async () => openaiQuestions, ways });
  } finally {
    await server.stop();
  }
}

async function lettaServer(): Promise<Table[]> {
  const server = await startLetta();
  if ("missing" in server) return missing("letta", server.missing);
  const ways: Ways = async (one) => {
    const agent = await lettaAgent(one);
    return [...(await lettaCalls(one, agent)), ...(await coreCalls("letta", one, agent))];
  };
  try {
    const questions = async (one: RunningServer) => lettaQuestions(await lettaAgent(one));
    return await beside({ vendor: "letta", server, questions, ways });
  } finally {
    await server.stop();
  }
}

async function agentsight(): Promise<Table[]> {
  const version = "0.1.4";
  const installed = install({
    name: "agentsight",
    pythons: ["python3.11", "python3.12", "python3"],
    packages: [`agentsight==${version}`],
    before: "2026-11-25",
  });
  if ("missing" in installed) return missing("agentsight", installed.missing);
  const sandbox = await startSandbox("agentsight");
  const script = join(import.meta.dirname, "servers", "agentsight-client.py");
  const { stdout, stderr } = await runPython(installed.python, [script, sandbox.baseUrl, sandbox.apiKey]);
  await sandbox.stop();
  const lines = stdout
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CallResult);
  if (lines.length === 0) throw new Error(stderr);
  const rows = lines.map(({ call, result }) => ({
    asked: call,
    server: "-",
    sandbox: result,
    verdict: result.startsWith("ok") ? "works" : DIFFERS,
  }));
  const worked = rows.filter(({ verdict }) => verdict !== DIFFERS).length;
  return [
    { title: `agentsight ${version} (Python) on the sandbox: ${worked} of ${rows.length} calls work`, rows },
  ];
}

const missing = (name: string, why: string): Table[] => [
  {
    title: `${name}: ${NOT_MEASURED}`,
    rows: [{ asked: name, server: why, sandbox: "-", verdict: NOT_MEASURED }],
  },
];

function print({ title, rows }: Table): void {
  console.log(`\n### ${title}\n\n| asked | server | sandbox | |\n|---|---|---|---|`);
  for (const { asked, server, sandbox, verdict } of rows)
    console.log(
      `| ${[asked, server, sandbox, verdict].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
    );
}

const SUBJECTS = { ogx, letta: lettaServer, agentsight };
const tables: Table[] = [];
console.log(`What each server really does, ${new Date().toISOString().slice(0, 10)}`);
for (const [name, measure] of Object.entries(SUBJECTS)) {
  if (values.only !== undefined && values.only !== name) continue;
  const measured = await measure();
  for (const table of measured) print(table);
  tables.push(...measured);
}
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ date: new Date().toISOString(), tables }, null, 2)}\n`);
const count = (wanted: string): number =>
  tables.flatMap(({ rows }) => rows.filter(({ verdict }) => verdict === wanted)).length;
console.log(`\n${count(DIFFERS)} differences that nothing explains, ${count(NOT_MEASURED)} ${NOT_MEASURED}`);
process.exitCode = count(DIFFERS) + count(NOT_MEASURED) === 0 ? 0 : 1;
