import type { FetchInit } from "@convo/client";
import { describe, expect, test, vi } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../../src/index.ts";
import type { HttpOptions } from "../../src/types/update.ts";
import { failure, start } from "../sandboxed.ts";

const OPENAI = "conv_sandbox0001";
const LETTA = "conv-00000000-0000-4000-8000-000000000001";
const DATAGRID = "cnv_sandbox_0001";
const CHATDASH = "66f0c0ffee0000000000cd01";
const MESSAGE = { role: "user", text: "hello" } as const;

/** All vendors of a sandbox, and how many requests are under way. */
function connect() {
  const { at, ...rest } = start();
  let underWay = 0;
  let sent = 0;
  const counted = (vendor: Parameters<typeof at>[0]) => ({
    ...at(vendor),
    async fetch(url: string, init: FetchInit) {
      underWay += 1;
      sent += 1;
      try {
        return (await at(vendor).fetch(url, init)) as never;
      } finally {
        underWay -= 1;
      }
    },
  });
  const convo = createConvo({
    openai: openai(counted("openai")),
    letta: letta(counted("letta")),
    datagrid: datagrid(counted("datagrid")),
    chatdash: chatdash({ ...counted("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(counted("agentsight")),
  });
  return { convo, underWay: () => underWay, sent: () => sent, ...rest };
}

type Convo = ReturnType<typeof connect>["convo"];

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

const DOCUMENT = {
  kind: "convo_export",
  version: 1,
  exportedAt: "2026-01-01T00:00:00Z",
  source: { provider: "openai", account: "[]", id: OPENAI },
  conversation: { provider: "openai", id: OPENAI },
  raw: {},
  messages: [{ ...MESSAGE, raw: {} }],
  attachments: [],
} as const;

const VERBS: readonly [verb: string, call: (convo: Convo, options: HttpOptions) => Promise<unknown>][] = [
  ["exists", (convo, options) => convo.openai.exists(OPENAI, options)],
  ["create", (convo, options) => convo.openai.create({}, options)],
  ["list", (convo, options) => all(convo.agentsight.list(options))],
  ["messages", (convo, options) => all(convo.openai.messages(OPENAI, options))],
  ["addMessage", (convo, options) => convo.chatdash.addMessage(CHATDASH, MESSAGE, options)],
  ["archive", (convo, options) => convo.letta.archive(LETTA, options)],
  ["delete", (convo, options) => convo.datagrid.delete(DATAGRID, options)],
  ["export", (convo, options) => convo.openai.export(OPENAI, options)],
  ["import", (convo, options) => convo.openai.import(DOCUMENT, options)],
  ["planErase", (convo, options) => convo.all.planErase({ openai: OPENAI }, options)],
];

describe.each(VERBS)("%s", (verb, call) => {
  test("a 429 is waited for and sent again", async () => {
    const { convo, sandbox, sent } = connect();
    sandbox.fault({ kind: "status", status: 429, retryAfter: 0 });
    await call(convo, {});
    expect(sent()).toBeGreaterThan(1);
  });

  test("a 500 that stays is an error of kind server", async () => {
    const { convo, sandbox } = connect();
    sandbox.fault({ kind: "status", status: 500, times: null });
    expect(await failure(call(convo, { maxRetries: 0 }))).toMatchObject({ kind: "server" });
  });

  test("a vendor that hangs is a timeout at the deadline, and leaves nothing running", async () => {
    const { convo, sandbox, underWay, sent } = connect();
    sandbox.fault({ kind: "hang", times: null });
    expect(await failure(call(convo, { deadlineMs: 50 }))).toMatchObject({ kind: "timeout" });
    // Archiving is an update, and the write of an update that is out holds the conversation's turn until it has ended.
    if (verb !== "archive") await vi.waitFor(() => expect(underWay()).toBe(0));
    const before = sent();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent()).toBe(before);
  });

  test("an abort rejects at once, and leaves nothing running", async () => {
    const { convo, sandbox, underWay, sent } = connect();
    sandbox.fault({ kind: "hang", times: null });
    const stop = new AbortController();
    const failed = failure(call(convo, { signal: stop.signal }));
    await vi.waitFor(() => expect(underWay()).toBe(1));
    stop.abort();
    expect(await failed).toMatchObject({ kind: "aborted" });
    await vi.waitFor(() => expect(underWay()).toBe(0));
    expect(sent()).toBe(1);
  });
});

describe("an answer that is lost", () => {
  test("of a create, an addMessage: the outcome is unknown, and it is not sent again", async () => {
    const { convo, sandbox, sent } = connect();
    sandbox.fault({ kind: "reset-after", times: null });
    expect(await failure(convo.datagrid.create({}))).toMatchObject({ kind: "network", outcome: "unknown" });
    expect(await failure(convo.chatdash.addMessage(CHATDASH, MESSAGE))).toMatchObject({ outcome: "unknown" });
    expect(sent()).toBe(2);
  });

  test("of an erase's delete: the read afterwards says what became of it", async () => {
    const { convo, sandbox } = connect();
    sandbox.fault({ kind: "reset-after", vendor: "datagrid", operation: "deleteConversation" });
    sandbox.fault({ kind: "reset-before", vendor: "chatdash", operation: "deleteConversation" });
    const { entries } = await convo.all.erase({ datagrid: DATAGRID, chatdash: CHATDASH });
    expect(entries.map(({ outcome }) => outcome)).toEqual(["gone", "failed"]);
    expect(await convo.chatdash.exists(CHATDASH)).toBe(true);
  });
});

describe("a 404 in the middle", () => {
  test("of a list or of messages is an error, not the end", async () => {
    const { convo, sandbox } = connect();
    for (let n = 0; n < 102; n++) await convo.agentsight.create({}, { externalId: `x${n}` });
    const pages = convo.agentsight.list().pages()[Symbol.asyncIterator]();
    const { value: first } = await pages.next();
    expect(first.cursor).toBeDefined();
    sandbox.fault({ kind: "status", status: 404, vendor: "agentsight" });
    expect(await failure(pages.next())).toMatchObject({ kind: "not_found" });
    // And the cursor of the page before goes on.
    expect((await all(convo.agentsight.list({ cursor: first.cursor }))).length).toBeGreaterThan(0);
  });

  test("of an export: it is gone, and there is no half document", async () => {
    const { convo, sandbox } = connect();
    sandbox.fault({ kind: "status", status: 404, vendor: "openai", operation: "listConversationItems" });
    expect(await failure(convo.openai.export(OPENAI))).toMatchObject({ kind: "not_found" });
  });
});

test("an erase at a vendor that hangs keeps to its deadline for each conversation, and says which it left", async () => {
  const { convo, sandbox, underWay } = connect();
  const plan = await convo.all.planErase({ datagrid: DATAGRID, chatdash: CHATDASH });
  sandbox.fault({ kind: "hang", vendor: "datagrid", times: null });
  const receipt = await convo.all.erase(plan, { deadlineMs: 500 });
  expect(receipt.entries[0]?.outcome).toBe("failed");
  expect(receipt.finishedAt).toBeUndefined();
  await vi.waitFor(() => expect(underWay()).toBe(0));
});
