/**
 * The main job, whole: start the five vendors on this machine, update one conversation at each of them through
 * `@convo/core` over HTTP, then ask each vendor, and not the client, what it holds now.
 */
import { isDeepStrictEqual } from "node:util";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "@convo/core";
import { createSandbox } from "@convo/sandbox";
import Table from "cli-table3";

const sandbox = createSandbox();
const { origin } = await sandbox.listen();
Object.assign(process.env, sandbox.env()); // base URLs and keys, which the clients read as they would in production

const convo = createConvo({
  openai: openai(),
  letta: letta(),
  datagrid: datagrid(),
  chatdash: chatdash({ agentId: "agent_1" }),
  agentsight: agentsight(),
});

interface Job {
  readonly vendor: "openai" | "letta" | "datagrid" | "chatdash" | "agentsight";
  readonly id: string;
  readonly update: (id: string) => Promise<{ calls: number }>;
  /** What must be stored afterwards, in the vendor's own words; metadata keys not named here must be as before. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}

const jobs: readonly Job[] = [
  {
    vendor: "openai",
    id: "conv_sandbox0001",
    update: (id) => convo.openai.update(id, { metadata: { topic: "billing", status: "resolved" } }),
    metadata: { topic: "billing", status: "resolved" },
  },
  {
    vendor: "letta",
    id: "conv-00000000-0000-4000-8000-000000000001",
    update: (id) => convo.letta.update(id, { summary: "Invoice corrected, customer informed" }),
    fields: { summary: "Invoice corrected, customer informed" },
  },
  {
    vendor: "datagrid",
    id: "cnv_sandbox_0001",
    update: (id) => convo.datagrid.update(id, { name: "Invoice 2041", native: { agent_ids: ["billing"] } }),
    fields: { name: "Invoice 2041", agent_ids: ["billing"] },
  },
  {
    vendor: "chatdash",
    id: "66f0c0ffee0000000000cd01",
    update: (id) =>
      convo.chatdash.update(id, {
        summary: "Invoice corrected",
        metadata: { status: "resolved" },
        native: { read: true },
      }),
    fields: { summary: "Invoice corrected", read: true },
    metadata: { status: "resolved" },
  },
  {
    vendor: "agentsight",
    id: "support-session-456", // its external id; the number in the path is looked up once and remembered
    update: (id) =>
      convo.agentsight.update(id, {
        name: "RESOLVED - Account Access",
        marked: true,
        metadata: { resolution_status: "resolved", tags: ["password-reset"] },
        unset: ["draft"],
      }),
    fields: { name: "RESOLVED - Account Access", is_marked: true },
    metadata: { resolution_status: "resolved", tags: ["password-reset"] },
    unset: ["draft"],
  },
];

type Stored = Readonly<Record<string, unknown>>;

/** What the vendor holds, asked of its store over the sandbox's control API. */
async function stored({ vendor, id }: Job): Promise<Stored> {
  const response = await fetch(`${origin}/_/state/${vendor}/${encodeURIComponent(id)}`);
  if (!response.ok) throw new Error(`${vendor} ${id}: the sandbox answered ${response.status}`);
  return (await response.json()) as Stored;
}

function expected({ fields = {}, metadata, unset = [] }: Job, before: Stored): Stored {
  if (!metadata) return fields;
  const merged = { ...(before.metadata as Stored), ...metadata };
  const kept = Object.entries(merged).filter(([key]) => !unset.includes(key));
  return { ...fields, metadata: Object.fromEntries(kept) };
}

async function run(job: Job): Promise<{ row: string[]; ok: boolean }> {
  const before = await stored(job);
  const seen = sandbox.requests().length;
  const start = performance.now();
  const { calls: requests } = await job.update(job.id);
  const ms = (performance.now() - start).toFixed(0);
  const arrived = sandbox.requests().slice(seen);
  const after = await stored(job);
  const wanted = expected(job, before);
  const ok = Object.entries(wanted).every(([field, value]) => isDeepStrictEqual(after[field], value));
  const write = arrived.findLast(({ method }) => method !== "GET");
  const base = new URL(sandbox.baseUrl(job.vendor)).pathname;
  const counted = requests === arrived.length ? `${requests}` : `${arrived.length} (${requests} reported)`;
  const changes = Object.keys(wanted).flatMap((field) => changed(field, before[field], after[field]));
  const route = `${write?.method} ${write?.path.replace(base, "")}`;
  return { row: [job.vendor, route, changes.join("\n"), counted, ms, ok ? "ok" : "WRONG"], ok };
}

/** One line per changed field, and one per metadata key. */
function changed(field: string, before: unknown, after: unknown): string[] {
  if (field !== "metadata") return [`${field}: ${show(before)} -> ${show(after)}`];
  const [was, is] = [before as Stored, after as Stored];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((key) =>
    isDeepStrictEqual(was[key], is[key])
      ? `metadata.${key}: ${show(is[key])} kept`
      : `metadata.${key}: ${show(was[key])} -> ${show(is[key])}`,
  );
}

const show = (value: unknown): string => (value === undefined ? "(none)" : JSON.stringify(value));

const table = new Table({
  head: ["vendor", "verb and path", "before -> after, as the vendor holds it", "requests", "ms", ""],
  style: { head: [], border: [] },
});
const results = [];
for (const job of jobs) results.push(await run(job));
await sandbox.close();

table.push(...results.map(({ row }) => row));
console.log(table.toString());
const wrong = results.filter(({ ok }) => !ok).length;
console.log(
  wrong === 0 ? "Every vendor holds what was asked." : `${wrong} vendor(s) do not hold what was asked.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
