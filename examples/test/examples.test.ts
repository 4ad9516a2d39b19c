/** Every example does what it says, against the sandbox over HTTP. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
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

/** A server on this machine for one test. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** What the helpdesk gets when it calls. */
const callWebhook = async (conversations: object): Promise<number> => {
  const body = JSON.stringify({ ticket: "T-7", conversations });
  return (await webhook.request("/solved", { method: "POST", body })).status;
};

test("webhook: a solved ticket is marked at every vendor", async () => {
  expect(await callWebhook(IDS)).toBe(204);
  for (const vendor of ["openai", "chatdash", "agentsight"] as const)
    expect(metadata(vendor)).toMatchObject({ ticket: "T-7", status: "resolved" });
});

test("webhook: it is called again until nothing is left that may pass", async () => {
  const ids = { ...IDS, chatdash: "66f0c0ffee00000000000000" };
  // A read tries three times.
  sandbox.fault({ kind: "status", vendor: "openai", status: 503, retryAfter: 0, times: 3 });
  expect(await callWebhook(ids)).toBe(503);
  expect(await callWebhook(ids)).toBe(422);
  expect(metadata("openai")).toMatchObject({ ticket: "T-7", status: "resolved" });
});

test("Next.js route: reads and changes a conversation", async () => {
  const context = (id: string) => ({ params: Promise.resolve({ id }) });
  const body = JSON.stringify({ topic: "billing" });
  const request = new Request("http://localhost", { method: "PATCH", body });
  expect(await (await PATCH(request, context(IDS.openai))).json()).toMatchObject({
    metadata: { topic: "billing", owner: "ada" },
  });
  expect((await GET(new Request("http://localhost"), context("conv_none"))).status).toBe(404);
  const wrong = new Request("http://localhost", { method: "PATCH", body: JSON.stringify({ topic: 7 }) });
  expect((await PATCH(wrong, context(IDS.openai))).status).toBe(422);
});

/** What the Worker answers to a request with this path; `baseUrl` is that of its vendor. */
const callWorker = (path: string, { method = "PUT", baseUrl = sandbox.baseUrl("openai") } = {}) =>
  worker.fetch(new Request(`https://worker.example${path}`, { method }), {
    OPENAI_API_KEY: sandbox.env().OPENAI_API_KEY ?? "",
    OPENAI_BASE_URL: baseUrl,
  });

test("Cloudflare Worker: sets the topic, which may have any character", async () => {
  expect(await (await callWorker(`/${IDS.openai}/new%20invoice%2F7`)).json()).toEqual({ confirmed: "echo" });
  expect(metadata("openai")).toMatchObject({ topic: "new invoice/7", owner: "ada" });
  expect((await callWorker("/conv_none/billing")).status).toBe(404);
});

test("Cloudflare Worker: what it cannot read is refused", async () => {
  for (const path of ["/favicon.ico", "/", `/${IDS.openai}/100%`])
    expect((await callWorker(path)).status).toBe(400);
  expect((await callWorker(`/${IDS.openai}/billing`, { method: "GET" })).status).toBe(400);
  expect(sandbox.requests()).toEqual([]);
});

test.each([
  ["a login page that comes with 200", 200],
  ["a success without a body", 204],
  ["a refused key", 401],
])("Cloudflare Worker: %s at the vendor is a failure of its own", async (_name, status) => {
  const vendor = await serve((_request, response) =>
    response.writeHead(status, { "content-type": "text/html" }).end(status === 204 ? "" : "<h1>Log in</h1>"),
  );
  expect((await callWorker(`/${IDS.openai}/billing`, { baseUrl: vendor.url })).status).toBe(502);
  vendor.close();
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
  const client = new OpenAI({ apiKey, baseURL });
  const content = [{ type: "input_text" as const, text: "Hello" }];
  const say = (session: TrackedSession) => session.addItems([{ type: "message", role: "user", content }]);
  const stored = async (session: TrackedSession) =>
    (sandbox.read("openai", await session.getSessionId()) as { metadata: object }).metadata;

  const session = new TrackedSession({ client });
  await say(session);
  await say(session);
  expect(await stored(session)).toMatchObject({ turns: "json:2", last_role: "user" });

  const resumed = new TrackedSession({ client, conversationId: await session.getSessionId() });
  await say(resumed);
  expect(await stored(resumed)).toMatchObject({ turns: "json:3" });

  await resumed.clearSession();
  await say(resumed);
  expect(await stored(resumed)).toMatchObject({ turns: "json:1" });
});

test("your own vendor: renamed and labelled, with its other labels kept", async () => {
  let thread = { id: "t1", title: "Old", labels: { kept: "yes" }, created: "2026-01-01T00:00:00Z" };
  const server = await serve(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    thread = { ...thread, ...JSON.parse(text || "{}") };
    response.setHeader("content-type", "application/json").end(JSON.stringify(thread));
  });
  process.env.THREADS_API_KEY = "key";
  process.env.THREADS_BASE_URL = server.url;
  expect(await label("t1", "New", { topic: "billing" })).toMatchObject({
    name: "New",
    metadata: { kept: "yes", topic: "billing" },
  });
  server.close();
});

test("thread list: list, create, rename, archive, delete", async () => {
  const threads = createThreadList("agent-00000000-0000-4000-8000-000000000001");
  const others = createThreadList("agent-00000000-0000-4000-8000-000000000002");
  const { remoteId } = await threads.initialize("local-1");
  const find = async () => (await threads.list()).threads.find((thread) => thread.remoteId === remoteId);
  await threads.rename(remoteId, "Invoice");
  await threads.archive(remoteId);
  expect(await find()).toEqual({ status: "archived", remoteId, title: "Invoice" });
  expect((await others.list()).threads).toEqual([]);
  await threads.unarchive(remoteId);
  expect((await find())?.status).toBe("regular");
  await threads.delete(remoteId);
  expect(await find()).toBeUndefined();
});
