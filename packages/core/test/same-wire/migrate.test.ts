/** docs/migrate.md, run: the two sides of every row arrive the same, and no conversation call of an SDK is without a row. */
import { readFileSync } from "node:fs";
import { createDatagridClient } from "@convo/datagrid";
import { createLettaClient } from "@convo/letta";
import { createOpenAIClient } from "@convo/openai";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { Letta } from "@letta-ai/letta-client";
import Datagrid from "datagrid-ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives, methodsOf, official, type Setup } from "./pair.ts";

const page = readFileSync(new URL("../../../../docs/migrate.md", import.meta.url), "utf8");

/** What the rows of one vendor's table call, on both sides. */
function rowsOf(vendor: string): [theirs: string, ours: string][] {
  const [, section = ""] = page.split(`\n## ${vendor}\n`);
  const rows = section.split("\n## ")[0]?.matchAll(/^\| `(\w+\..+?)` \| `(\w+\..+?)` \|$/gm) ?? [];
  return [...rows].map(([, theirs = "", ours = ""]) => [theirs, ours]);
}

/** An expression of the page, with the names that the page uses. */
const evaluate = (expression: string, names: Readonly<Record<string, unknown>>): PromiseLike<unknown> =>
  new Function(...Object.keys(names), `return ${expression};`)(...Object.values(names));

const vendors = {
  openai: {
    apiKey: "sk-sandbox-0001",
    theirs: (setup: Setup) => new OpenAI(official(setup)),
    ours: (setup: Setup) => createOpenAIClient({ ...setup, retry: "never" }),
    names: {
      id: "conv_sandbox0001",
      itemId: "msg_sandbox0001",
      metadata: { status: "open" },
      items: [{ type: "message", role: "user", content: "hi" }],
    },
  },
  letta: {
    apiKey: "sk-let-0001",
    theirs: (setup: Setup) => new Letta(official(setup)),
    ours: (setup: Setup) => createLettaClient({ ...setup, retry: "never" }),
    names: {
      id: "conv-00000000-0000-4000-8000-000000000001",
      agent_id: "agent-00000000-0000-4000-8000-000000000001",
      summary: "Asked for a refund",
      input: "hello",
    },
  },
  datagrid: {
    apiKey: "dg-0001",
    theirs: (setup: Setup) => new Datagrid(official(setup)),
    ours: (setup: Setup) => createDatagridClient({ ...setup, retry: "never" }),
    names: { id: "cnv_sandbox_0001", messageId: "msg_sandbox_0001", name: "Invoice 2041" },
  },
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = createSandbox({ eventIntervalMs: 0 });
  await sandbox.listen();
});
afterAll(() => sandbox.close());

describe.each(Object.keys(vendors) as (keyof typeof vendors)[])("docs/migrate.md: %s", (vendor) => {
  const { apiKey, theirs, ours, names } = vendors[vendor];
  const setup = (): Setup => ({ apiKey, baseUrl: sandbox.baseUrl(vendor) });

  it("every conversation call of the SDK has a row", () => {
    const called = rowsOf(vendor).map(([call]) => /\.conversations\.([\w.]+)\(/.exec(call)?.[1]);
    expect([...new Set(called)].sort()).toEqual(methodsOf(theirs(setup()).conversations).sort());
  });

  it.each(rowsOf(vendor))("%s", async (theirCall, ourCall) => {
    const run = (call: string, client: unknown) => () => evaluate(call, { ...names, [vendor]: client });
    const sent = await arrives(sandbox, run(theirCall, theirs(setup())));
    expect(sent).toEqual([expect.objectContaining({ operation: expect.any(String) })]);
    expect(await arrives(sandbox, run(ourCall, ours(setup())))).toEqual(sent);
  });
});
