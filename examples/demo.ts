import { agentsight, chatdash, createConvo, datagrid, letta, openai, type UpdateResult } from "@convo/core";
import { createSandbox } from "@convo/sandbox";
import Table from "cli-table3";

const sandbox = createSandbox();
const { origin } = await sandbox.listen();
Object.assign(process.env, sandbox.env()); // base URLs and keys, read by the clients as they would be in production

const convo = createConvo({
  openai: openai(),
  letta: letta(),
  datagrid: datagrid(),
  chatdash: chatdash({ agentId: "agent_1" }),
  agentsight: agentsight(),
});

interface Job {
  readonly vendor: keyof typeof convo & string;
  readonly id: string;
  readonly update: (id: string) => Promise<UpdateResult>;
  /** What the vendor must hold afterwards, in its own words. */
  readonly expected: Readonly<Record<string, unknown>>;
}

const jobs: Job[] = [
  {
    vendor: "openai",
    id: "conv_sandbox0001",
    update: (id) => convo.openai.update(id, { metadata: { topic: "billing", status: "resolved" } }),
    expected: { metadata: { topic: "billing", owner: "ada", status: "resolved" } },
  },
  {
    vendor: "letta",
    id: "conv-00000000-0000-4000-8000-000000000001",
    update: (id) => convo.letta.update(id, { summary: "Invoice corrected, customer informed" }),
    expected: { summary: "Invoice corrected, customer informed" },
  },
  {
    vendor: "datagrid",
    id: "cnv_sandbox_0001",
    update: (id) =>
      convo.datagrid.update(id, { name: "Invoice 2041", native: { agent_ids: ["agent_billing"] } }),
    expected: { name: "Invoice 2041", agent_ids: ["agent_billing"] },
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
    expected: { summary: "Invoice corrected", read: true },
  },
  {
    vendor: "agentsight",
    id: "support-session-456",
    update: (id) =>
      convo.agentsight.update(id, {
        name: "RESOLVED - Account Access",
        marked: true,
        metadata: { resolution_status: "resolved", tags: ["password-reset"] },
        unset: ["draft"],
      }),
    expected: { name: "RESOLVED - Account Access", is_marked: true },
  },
];

const table = new Table({
  head: ["vendor", "verb and path", "before -> after (as stored)", "requests", "ms", ""],
  colWidths: [12, 44, 74, 10, 8, 6],
  wordWrap: true,
  wrapOnWordBoundary: false,
});
let wrong = 0;
for (const job of jobs) {
  const { row, ok } = await run(job);
  table.push(row);
  if (!ok) wrong += 1;
}
await sandbox.close();
console.log(table.toString());
console.log(
  wrong === 0 ? "Every vendor holds what was asked." : `${wrong} vendor(s) do not hold what was asked.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
