/** Every example does what it says, against the sandbox over HTTP. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox } from "@convo/sandbox";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TrackedSession } from "../agents-session.ts";
import { backfill } from "../backfill.ts";
import { erase } from "../erase.ts";
import { GET, PATCH } from "../next-route.ts";
import { label } from "../own-vendor.ts";
import { createThreadList } from "../thread-list.ts";
import { webhook } from "../webhook.ts";
import worker from "../worker.ts";

const sandbox = createSandbox();
const folder = mkdtempSync(join(tmpdir(), "convo-examples-"));
const IDS = { openai: "conv_sandbox0001", chatdash: "66f0c0ffee0000000000cd01", agentsight: 42 } as const;

beforeAll(async () => {
  await sandbox.listen();
  Object.assign(process.env, sandbox.env());
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const metadata = (vendor: keyof typeof IDS) =>
  (sandbox.read(vendor, IDS[vendor]) as { metadata: Record<string, unknown> }).metadata;

test("webhook: a solved ticket is marked at every vendor", async () => {
  const solved = (conversations: object) => ({
    method: "POST",
    body: JSON.stringify({ ticket: "T-7", conversations }),
  });
  expect((await webhook.request("/solved", solved(IDS))).status).toBe(204);
  for (const vendor of ["openai", "chatdash", "agentsight"] as const)
    expect(metadata(vendor)).toMatchObject({ ticket: "T-7", status: "resolved" });
  expect((await webhook.request("/solved", solved({ ...IDS, openai: "conv_none" }))).status).toBe(422);
});

test("Next.js route: reads and changes a conversation", async () => {
  const context = (id: string) => ({ params: Promise.resolve({ id }) });
  const body = JSON.stringify({ topic: "billing" });
  const request = new Request("http://localhost", { method: "PATCH", body });
  expect(await (await PATCH(request, context(IDS.openai))).json()).toMatchObject({
    metadata: { topic: "billing", owner: "ada" },
  });
  expect((await GET(new Request("http://localhost"), context("conv_none"))).status).toBe(404);
});

test("Cloudflare Worker: sets the topic", async () => {
  const { OPENAI_API_KEY = "", OPENAI_BASE_URL = "" } = sandbox.env();
  const request = new Request(`https://worker.example/${IDS.openai}/billing`, { method: "PUT" });
  const response = await worker.fetch(request, { OPENAI_API_KEY, OPENAI_BASE_URL });
  expect(await response.json()).toEqual({ confirmed: "echo" });
  expect(metadata("openai")).toMatchObject({ topic: "billing", owner: "ada" });
});

test("backfill: every row once, also when it is run again", async () => {
  const file = join(folder, "topics.csv");
  writeFileSync(file, `id,topic\n${IDS.openai},billing\nconv_none,x\n`);
  const failed: string[] = [];
  const report = (text: string): number => failed.push(text);
  expect(await backfill(file, report)).toMatchObject({ updated: 1, failed: 1 });
  expect(failed).toEqual([expect.stringContaining("row 2: [openai]")]);
  expect(await backfill(file, report)).toMatchObject({ resumed: 2, updated: 0 });
});

test("erase: the receipt says what is gone, and is in the file", async () => {
  const file = join(folder, "receipt.json");
  const receipt = await erase(IDS, file);
  expect(receipt.entries.map(({ outcome }) => outcome)).toEqual(["gone", "gone", "hidden"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(receipt);
});

test("Agents SDK session: the metadata follows the turns", async () => {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = sandbox.env();
  const session = new TrackedSession({ client: new OpenAI({ apiKey, baseURL }) });
  const content = [{ type: "input_text" as const, text: "Hello" }];
  await session.addItems([{ type: "message", role: "user", content }]);
  await session.addItems([{ type: "message", role: "user", content }]);
  const stored = sandbox.read("openai", await session.getSessionId()) as { metadata: object };
  expect(stored.metadata).toMatchObject({ turns: "json:2", last_role: "user" });
});

test("your own vendor: renamed and labelled, with its other labels kept", async () => {
  let thread = { id: "t1", title: "Old", labels: { kept: "yes" }, created: "2026-01-01T00:00:00Z" };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    thread = { ...thread, ...JSON.parse(text || "{}") };
    response.setHeader("content-type", "application/json").end(JSON.stringify(thread));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.THREADS_API_KEY = "key";
  process.env.THREADS_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await label("t1", "New", { topic: "billing" })).toMatchObject({
    name: "New",
    metadata: { kept: "yes", topic: "billing" },
  });
  server.closeAllConnections();
  server.close();
});

test("thread list: list, create, rename, archive, delete", async () => {
  const threads = createThreadList("agent-00000000-0000-4000-8000-000000000001");
  const { remoteId } = await threads.initialize("local-1");
  const find = async () => (await threads.list()).threads.find((thread) => thread.remoteId === remoteId);
  await threads.rename(remoteId, "Invoice");
  await threads.archive(remoteId);
  expect(await find()).toEqual({ status: "archived", remoteId, title: "Invoice" });
  await threads.unarchive(remoteId);
  expect((await find())?.status).toBe("regular");
  await threads.delete(remoteId);
  expect(await find()).toBeUndefined();
});
