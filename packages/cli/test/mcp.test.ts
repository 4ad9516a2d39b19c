import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, onTestFinished, test } from "vitest";
import { cli, place } from "./run.ts";

const { env, sandbox, start, convo } = place();
const ID = "conv_sandbox0001";
const CHANGES = { account: "openai", id: ID, changes: { metadata: { status: "resolved" } } };

interface Connected {
  readonly client: Client;
  /** What the person was asked. */
  readonly asked: string[];
}

/** A client of the SDK; `apply` is what a person answers, and without it the client cannot ask anybody. */
function createClient(mode: "legacy" | "auto", apply?: boolean): Connected {
  const asked: string[] = [];
  const options: ClientOptions = { versionNegotiation: { mode } };
  if (apply !== undefined) options.capabilities = { elicitation: { form: {} } };
  const client = new Client({ name: "test", version: "1.0.0" }, options);
  if (apply !== undefined)
    client.setRequestHandler("elicitation/create", ({ params }) => {
      asked.push(params.message);
      return { action: "accept", content: { apply } };
    });
  onTestFinished(() => client.close());
  return { client, asked };
}

async function overStdio(connected: Connected, ...args: string[]): Promise<Connected> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, "mcp", ...args],
    env,
    stderr: "pipe",
  });
  await connected.client.connect(transport);
  return connected;
}

const stored = () => (sandbox.read("openai", ID) as { metadata: Record<string, string> }).metadata;
const call = async (client: Client, name: string, args: Record<string, unknown>) => {
  const { isError, structuredContent, content } = await client.callTool({ name, arguments: args });
  return { isError, data: structuredContent as Record<string, never>, text: JSON.stringify(content) };
};

describe("tools", () => {
  test("say what they may do, and nothing writes in read-only mode", async () => {
    const { client } = await overStdio(createClient("auto"), "openai", "--read-only");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      "convo_capabilities",
      "convo_find",
      "convo_get",
      "convo_plan",
    ]);
    for (const { annotations } of tools)
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    const { data } = await call(client, "convo_plan", CHANGES);
    expect(data).not.toHaveProperty("token");
  });

  test("read: capabilities, a conversation, and what was seen", async () => {
    const { client } = await overStdio(createClient("auto"), "openai", "letta");
    const { data } = await call(client, "convo_capabilities", {});
    expect(Object.keys(data).sort()).toEqual(["letta", "openai"]);
    const got = await call(client, "convo_get", { account: "openai", id: ID });
    expect(got.data).toMatchObject({ conversation: { provider: "openai", id: ID } });
    const found = await call(client, "convo_find", { account: "openai" });
    expect(found.data).toMatchObject({ rows: [{ account: "openai", id: ID }] });
  });

  test("show no account but those that are served", async () => {
    await convo("get", "letta", "conv-00000000-0000-4000-8000-000000000001");
    const { client } = await overStdio(createClient("auto"), "openai", "--read-only");
    await call(client, "convo_get", { account: "openai", id: ID });
    const { data } = await call(client, "convo_find", {});
    expect(data.rows).toMatchObject([{ account: "openai", id: ID }]);
    const other = await call(client, "convo_find", { account: "letta" });
    expect(other).toMatchObject({ isError: true, text: expect.stringContaining("Use one of: openai.") });
  });

  test("refuse an argument that they do not have, and say where it belongs", async () => {
    const { client } = await overStdio(createClient("auto"), "openai");
    const { tools } = await client.listTools();
    for (const { name, inputSchema } of tools) {
      expect(inputSchema.additionalProperties, name).toBe(false);
      const { isError, text } = await call(client, name, { ...CHANGES, metdata: {} });
      expect(isError, name).toBe(true);
      expect(text, name).toContain("metdata");
    }
    const misplaced = await call(client, "convo_find", { metadata: { status: "open" } });
    expect(misplaced).toMatchObject({ isError: true, text: expect.stringContaining('inside \\"filter\\"') });
    const inner = await call(client, "convo_find", { filter: { status: "open" } });
    expect(inner).toMatchObject({ isError: true, text: expect.stringContaining("customerId") });
  });

  test("take the arguments that docs/guide/cli.md lists", async () => {
    const { client } = await overStdio(createClient("auto"), "openai");
    const { tools } = await client.listTools();
    const rows = tools.flatMap(({ name, inputSchema: { properties = {}, required = [] } }) =>
      Object.entries(properties as Record<string, { description: string }>).map(
        ([argument, { description }]) =>
          `| \`${name}\` | \`${argument}\`${required.includes(argument) ? "" : "?"} | ${description} |`,
      ),
    );
    const page = readFileSync(new URL("../../../docs/guide/cli.md", import.meta.url), "utf8");
    const [, table = ""] = page.split("| tool | argument | what it is |\n| --- | --- | --- |\n");
    expect(table.split("\n\n")[0]?.split("\n")).toEqual(rows);
  });

  test("an error is told with its kind and never shows the key", async () => {
    const { client } = await overStdio(createClient("auto"), "openai");
    const missing = await call(client, "convo_get", { account: "openai", id: "conv_none" });
    expect(missing.isError).toBe(true);
    expect(missing.text).toContain("not_found");
    const unknown = await call(client, "convo_get", { account: "nobody", id: ID });
    expect(unknown.text).toContain("nobody");
    expect(missing.text + unknown.text).not.toContain(env.OPENAI_API_KEY);
  });
});

describe.each(["auto", "legacy"] as const)("a write, by a client that negotiates %s", (mode) => {
  test("is made after a confirmation that shows it", async () => {
    sandbox.reset();
    const { client, asked } = await overStdio(createClient(mode, true), "openai");
    const { data } = await call(client, "convo_apply", CHANGES);
    expect(data).toMatchObject({ applied: true, confirmed: "echo" });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("resolved");
    expect(stored().status).toBe("resolved");
  });

  test("is not made when the person says no", async () => {
    sandbox.reset();
    const { client, asked } = await overStdio(createClient(mode, false), "openai");
    const { data } = await call(client, "convo_apply", CHANGES);
    expect(data).toMatchObject({ applied: false });
    expect(asked).toHaveLength(1);
    expect(stored()).not.toHaveProperty("status");
  });

  test("is asked for with the token of a plan, too, and a refused plan stays refused", async () => {
    sandbox.reset();
    const { client, asked } = await overStdio(createClient(mode, false), "openai");
    expect((await call(client, "convo_apply", CHANGES)).data).toMatchObject({ applied: false });
    const { token } = (await call(client, "convo_plan", CHANGES)).data;
    expect((await call(client, "convo_apply", { token })).data).toMatchObject({ applied: false });
    expect(asked).toHaveLength(2);
    const again = await call(client, "convo_apply", { token });
    expect(again).toMatchObject({ isError: true, text: expect.stringContaining("refused this plan") });
    expect(asked).toHaveLength(2);
    expect(stored()).not.toHaveProperty("status");
  });

  test("is made from the token of a plan after a yes", async () => {
    sandbox.reset();
    const { client, asked } = await overStdio(createClient(mode, true), "openai");
    const { token } = (await call(client, "convo_plan", CHANGES)).data;
    expect((await call(client, "convo_apply", { token })).data).toMatchObject({ applied: true });
    expect(asked).toHaveLength(1);
    expect(stored().status).toBe("resolved");
  });

  test("without a token names the way, where nobody can be asked", async () => {
    const { client } = await overStdio(createClient(mode), "openai");
    const refused = await call(client, "convo_apply", CHANGES);
    expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(/convo_plan.*`token`/) });
  });

  test("is made from the token of a plan, where nobody can be asked", async () => {
    sandbox.reset();
    const { client } = await overStdio(createClient(mode), "openai");
    const plan = await call(client, "convo_plan", CHANGES);
    expect(stored()).not.toHaveProperty("status");
    const { data } = await call(client, "convo_apply", { token: plan.data.token });
    expect(data).toMatchObject({ applied: true });
    expect(stored().status).toBe("resolved");
  });
});

describe("bad input", () => {
  test("a token that was changed, and a plan that is out of date, apply nothing", async () => {
    sandbox.reset();
    const { client } = await overStdio(createClient("auto"), "openai");
    const plan = await call(client, "convo_plan", CHANGES);
    const token = String(plan.data.token);
    const forged = await call(client, "convo_apply", { token: `${token.slice(0, -2)}xx` });
    expect(forged).toMatchObject({ isError: true, text: expect.stringContaining("Plan the update again") });
    await convo("update", "openai", ID, "--set", "status=other");
    const late = await call(client, "convo_apply", { token });
    expect(late).toMatchObject({ isError: true, text: expect.stringContaining("conflict") });
    expect(stored().status).toBe("other");
  });
});

describe("over HTTP", () => {
  test("works the same, and refuses other hosts and pages of other origins", async () => {
    sandbox.reset();
    const child = start("mcp", "openai", "--http", "0");
    onTestFinished(() => void child.kill());
    const url = await urlOf(child);
    const { client, asked } = createClient("auto", true);
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    expect((await call(client, "convo_apply", CHANGES)).data).toMatchObject({ applied: true });
    expect(asked).toHaveLength(1);
    // Of an older protocol each request stands alone, so that nobody can be asked in between.
    const older = createClient("legacy", true);
    await older.client.connect(new StreamableHTTPClientTransport(new URL(url)));
    const unasked = await call(older.client, "convo_apply", CHANGES);
    expect(unasked).toMatchObject({ isError: true, text: expect.stringContaining("Call convo_plan") });
    const post = { method: "POST", body: "{}" };
    const foreign = await fetch(url, {
      ...post,
      headers: { origin: "http://evil.test", "content-type": "application/json" },
    });
    expect(foreign.status).toBe(403);
    // A name that a web page has pointed at this computer (DNS rebinding). `fetch` would not send it.
    const [rebound] = await once(get(url, { headers: { host: "evil.test" } }), "response");
    expect(rebound.resume().statusCode).toBe(403);
    expect(new URL(url).hostname).toBe("127.0.0.1");
  });
});

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", () => reject(new Error(text)));
    child.stderr?.on("data", (chunk) => {
      text += chunk;
      const [url] = /http:\S+/.exec(text) ?? [];
      if (url) resolve(url);
    });
  });
}
