import { describe, expect, test } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../../src/index.ts";
import { failure, start } from "../sandboxed.ts";

const IDS = {
  openai: "conv_sandbox0001",
  letta: "conv-00000000-0000-4000-8000-000000000001",
  datagrid: "cnv_sandbox_0001",
  chatdash: "66f0c0ffee0000000000cd01",
  agentsight: 42,
} as const;

function connect() {
  const { at, ...rest } = start();
  const convo = createConvo({
    openai: openai(at("openai")),
    letta: letta(at("letta")),
    datagrid: datagrid(at("datagrid")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
  return { convo, ...rest };
}

type Vendor = keyof typeof IDS;
const VENDORS = Object.keys(IDS) as Vendor[];

/** A handle whose types are the same for every vendor. */
const handleOf = (convo: ReturnType<typeof connect>["convo"], vendor: Vendor) =>
  convo[vendor] as unknown as {
    exists(id: string | number): Promise<boolean>;
    delete(id: string | number, options?: object): Promise<{ leaves: string | null; httpRequests: number }>;
  };

/** What each vendor keeps, as the record says. */
const KEPT = { openai: /items/, letta: /row/, agentsight: /hides/, datagrid: /^$/, chatdash: /^$/ };

describe("delete and exists", () => {
  test.each(VENDORS)("%s: a conversation is there, is deleted, and is there no more", async (vendor) => {
    const { convo, sandbox } = connect();
    const handle = handleOf(convo, vendor);
    expect(await handle.exists(IDS[vendor])).toBe(true);
    const { leaves, httpRequests } = await handle.delete(IDS[vendor]);
    // Its own answer says it, also where that is null.
    expect(httpRequests).toBe(1);
    expect(leaves ?? "").toMatch(KEPT[vendor]);
    expect(await handle.exists(IDS[vendor])).toBe(false);
    expect(sandbox.requests().filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  test.each(VENDORS)("%s: a delete whose answer is lost is done if a read says so", async (vendor) => {
    const { convo, sandbox } = connect();
    sandbox.fault({ kind: "reset-after", vendor, operation: "deleteConversation" });
    await handleOf(convo, vendor).delete(IDS[vendor]);
    expect(await handleOf(convo, vendor).exists(IDS[vendor])).toBe(false);
  });

  test("a delete that certainly did not happen is sent again; one that may have is not, if it is still there", async () => {
    const { convo, sandbox } = connect();
    sandbox.fault({ kind: "reset-before", vendor: "openai", operation: "deleteConversation" });
    const error = await failure(convo.openai.delete(IDS.openai));
    expect(error).toMatchObject({ kind: "network", outcome: "unknown" });
    expect(await convo.openai.exists(IDS.openai)).toBe(true);
  });

  test("what is not there is not_found", async () => {
    const { convo } = connect();
    expect(await failure(convo.openai.delete("conv_none"))).toMatchObject({ kind: "not_found" });
  });
});

describe("archive", () => {
  test("archives and brings back, where the vendor can", async () => {
    const { convo, stored } = connect();
    await convo.letta.archive(IDS.letta);
    expect(stored("letta", IDS.letta).archived).toBe(true);
    await convo.letta.unarchive(IDS.letta);
    expect(stored("letta", IDS.letta).archived).toBe(false);
  });

  test("is done where only the answer was lost", async () => {
    const { convo, sandbox, stored } = connect();
    sandbox.fault({ kind: "reset-after", vendor: "letta", operation: "updateConversation" });
    const { raw, httpRequests } = await convo.letta.archive(IDS.letta);
    expect(stored("letta", IDS.letta).archived).toBe(true);
    expect(raw).toMatchObject({ id: IDS.letta, archived: true });
    expect(httpRequests).toBe(2);
  });

  test("a server that does not know how is not_applied", async () => {
    const { at } = start();
    const forgetful = letta({
      ...at("letta"),
      fetch: (url, init) =>
        at("letta").fetch(url, {
          ...init,
          ...(init.body && { body: String(init.body).replace("archived", "ignored") }),
        }),
    });
    const error = await failure(createConvo({ letta: forgetful }).letta.archive(IDS.letta));
    expect(error).toMatchObject({ kind: "not_applied", fields: ["archived"] });
  });
});

describe("addMessage", () => {
  test("adds to the end, one or several in one call", async () => {
    const { convo, sandbox } = connect();
    await convo.openai.addMessage(IDS.openai, { role: "user", text: "hello" });
    await convo.chatdash.addMessage(IDS.chatdash, [
      { role: "user", text: "one" },
      { role: "assistant", text: "two" },
    ]);
    expect(sandbox.requests().filter(({ method }) => method === "POST")).toHaveLength(2);
    const items = await convo.openai.client.listConversationItems(IDS.openai, {
      query: { order: "desc", limit: 1 },
    });
    expect(items.data[0]).toMatchObject({ role: "user", content: [{ text: "hello" }] });
    const messages = await convo.chatdash.client.listConversationMessages("agent_1", IDS.chatdash);
    expect(messages.slice(-2)).toMatchObject([
      { sender: "user", content: { text: "one" } },
      { sender: "bot", content: { text: "two" } },
    ]);
  });

  test("refuses before any request an invalid message, and more than one call takes", async () => {
    const { convo, sandbox } = connect();
    const error = await failure(convo.openai.addMessage(IDS.openai, { role: "tool", text: "" } as never));
    expect(error.violations?.map(({ path }) => path)).toEqual(["messages[0].role", "messages[0].text"]);
    const many = Array.from({ length: 21 }, () => ({ role: "user", text: "a" }) as const);
    expect(await failure(convo.openai.addMessage(IDS.openai, many))).toMatchObject({ kind: "limit" });
    expect(sandbox.requests()).toEqual([]);
  });
});

describe("what a vendor lacks", () => {
  test("does not compile, and says why at run time", async () => {
    const { convo } = connect();
    // @ts-expect-error: OpenAI's API has no list.
    expect(() => convo.openai.list()).toThrow(/no operation for list.*catalogue/);
    // @ts-expect-error: nor can it archive.
    expect(() => convo.openai.archive("c")).toThrow(/no operation for archive/);
    // @ts-expect-error: a message to Letta runs the agent.
    expect(() => convo.letta.addMessage("c", { role: "user", text: "a" })).toThrow(/running a model/);
    // @ts-expect-error: Datagrid cannot archive.
    expect(() => convo.datagrid.unarchive("c")).toThrow(/no operation for unarchive/);
  });
});
