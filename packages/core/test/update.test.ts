/** What an update writes, and what it says when the vendor did something else. */
import { describe, expect, it, onTestFinished } from "vitest";
import { agentsight, createConvo, datagrid, openai } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";
import { serve } from "./server.ts";

const OPEN = "conv_sandbox0001";

describe("a vendor that merges though the whole document was sent", () => {
  it("is told apart by its answer: not_applied names the keys that stayed", async () => {
    const { at } = start({ openai: { metadata: "merge" } });
    const convo = createConvo({ openai: openai(at("openai")) });
    const unset = convo.openai.update(OPEN, { unset: ["owner"] });
    await expect(unset).rejects.toMatchObject({
      kind: "not_applied",
      fields: ["metadata.owner"],
      retryable: false,
    });
    const replace = convo.openai.update(OPEN, { metadata: { a: "1" } }, { merge: "replace" });
    await expect(replace).rejects.toMatchObject({
      kind: "not_applied",
      fields: ["metadata.topic", "metadata.owner"],
    });
    await expect(unset).rejects.toThrow(
      /^\[openai\] The update of .* was accepted but not applied to metadata\.owner/,
    );
  });

  it("fails only those who asked for what did not take", async () => {
    const { at, stored, writes } = start({ openai: { metadata: "merge" } });
    const convo = createConvo({ openai: openai(at("openai")) });
    const [bad, good] = await Promise.allSettled([
      convo.openai.update(OPEN, { unset: ["owner"] }),
      convo.openai.update(OPEN, { metadata: { b: "2" } }),
    ]);
    expect([bad?.status, good?.status]).toEqual(["rejected", "fulfilled"]);
    expect(writes()).toHaveLength(1);
    expect(stored("openai", OPEN).metadata).toMatchObject({ b: "2" });
  });
});

describe("lists", () => {
  it("get items added and removed, whoever else does so", async () => {
    const { sandbox, at, stored } = start();
    const convo = createConvo({ datagrid: datagrid(at("datagrid")) });
    await Promise.all([
      convo.datagrid.update("cnv_sandbox_0001", { lists: { agent_ids: { add: ["a", "b"] } } }),
      convo.datagrid.update("cnv_sandbox_0001", {
        lists: { agent_ids: { add: ["c"], remove: ["agent_1", "nobody"] } },
      }),
    ]);
    expect(stored("datagrid", "cnv_sandbox_0001").agent_ids).toEqual(["a", "b", "c"]);
    sandbox.fault({ kind: "reset-before", operation: "updateConversation" });
    sandbox.fault({ kind: "other-writer", change: { agent_ids: ["a", "theirs"] } });
    await convo.datagrid.update("cnv_sandbox_0001", { lists: { agent_ids: { add: ["d"], remove: ["a"] } } });
    expect(stored("datagrid", "cnv_sandbox_0001").agent_ids).toEqual(["theirs", "d"]);
  });
});

describe("a user's map", () => {
  it("is written and read back the same way", async () => {
    const { at, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ openai: openai({ ...at("openai"), fields: { name: "metadata.title" } }) });
    const { conversation } = await convo.openai.update(OPEN, { name: "Invoice", metadata: { a: "1" } });
    expect(conversation).toMatchObject({
      name: "Invoice",
      metadata: { title: "Invoice", topic: "project-x", a: "1" },
    });
    expect(stored("openai", OPEN).metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      title: "Invoice",
      a: "1",
    });
    expect((await convo.openai.get(OPEN)).conversation.name).toBe("Invoice");
    await expect(convo.openai.update(OPEN, { name: "x", metadata: { title: "y" } })).rejects.toThrow(
      "the same place",
    );
  });
});

describe("the codec", () => {
  it("lets a vendor of strings hold any JSON value, and gives it back", async () => {
    const { at, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ openai: openai({ ...at("openai"), encode: true }) });
    const metadata = { count: 3, done: false, tags: ["a"], nested: { x: null }, text: "json:3" };
    const result = await convo.openai.update(OPEN, { metadata });
    expect(result.confirmed).toBe("echo");
    expect(
      Object.values(stored("openai", OPEN).metadata as object).every((one) => typeof one === "string"),
    ).toBe(true);
    expect((await convo.openai.get(OPEN)).conversation.metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      ...metadata,
    });
    await convo.openai.update(OPEN, { metadata: { nested: { y: 1 } } }, { merge: "deep" });
    expect((await convo.openai.get(OPEN)).conversation.metadata).toMatchObject({ nested: { x: null, y: 1 } });
  });
});

describe("text that a vendor spells back in its own way", () => {
  /** A vendor that shows the name like this, whatever it is sent. */
  async function showing(name: string) {
    const server = await serve(() => ({ body: { id: 42, name, metadata: {} } }));
    onTestFinished(() => server.close());
    return createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) }).agentsight;
  }

  it.each([{}, { verify: { settleMs: 1 } }])(
    "is applied where only the space around it is gone: %o",
    async (options) => {
      const handle = await showing("Ada Lovelace");
      const result = await handle.update(42, { name: "  Ada Lovelace\n" }, options);
      expect(result).toMatchObject({ confirmed: "verify" in options ? "read" : "echo", warnings: [] });
    },
  );

  it("is applied where it is the same instant, and not where it is another", async () => {
    const handle = await showing("2026-01-01T01:00:00+01:00");
    expect(await handle.update(42, { name: "2026-01-01T00:00:00.000Z" })).toMatchObject({
      confirmed: "echo",
    });
    for (const name of ["2026-01-01T00:00:01Z", "January 1, 2026 00:00 UTC"])
      await expect(handle.update(42, { name })).rejects.toMatchObject({ kind: "not_applied" });
  });

  it("is not where the space within it is", async () => {
    const handle = await showing("AdaLovelace");
    await expect(handle.update(42, { name: "Ada Lovelace" })).rejects.toMatchObject({
      kind: "not_applied",
      fields: ["name"],
    });
  });
});

describe("a conversation that is locked while an agent replies (OpenAI's conversation_locked)", () => {
  const locked = {
    error: { message: "Retry in a few seconds.", type: "invalid_request_error", code: "conversation_locked" },
  };
  /** A vendor that is locked for so many writes. */
  async function lockedFor(times: number) {
    let writes = 0;
    let metadata: unknown = { topic: "x" };
    const server = await serve(({ method, body }) => {
      if (method !== "GET" && ++writes <= times) return { status: 400, body: locked };
      if (method !== "GET") metadata = body.metadata;
      return { body: { id: OPEN, object: "conversation", created_at: 1, metadata } };
    });
    onTestFinished(() => server.close());
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
    return { handle: convo.openai, writes: () => writes, stored: () => metadata };
  }

  it("gets the update once it is free, made from a new read", async () => {
    const { handle, writes, stored } = await lockedFor(2);
    const result = await handle.update(OPEN, { metadata: { a: "1" } });
    expect(result).toMatchObject({ confirmed: "echo", warnings: [] });
    expect(stored()).toEqual({ topic: "x", a: "1" });
    expect(writes()).toBe(3);
  });

  it("is a conflict that can be tried again, and certainly no update, where it stays locked", async () => {
    const { handle, writes, stored } = await lockedFor(Number.POSITIVE_INFINITY);
    const error = await failure(handle.update(OPEN, { metadata: { a: "1" } }, { maxRetries: 1 }));
    expect(error).toMatchObject({ kind: "conflict", status: 400, retryable: true });
    expect(error.outcome).toBeUndefined();
    expect(stored()).toEqual({ topic: "x" });
    expect(writes()).toBe(2);
  });

  it("blames none of those who share the write", async () => {
    const { handle, writes } = await lockedFor(Number.POSITIVE_INFINITY);
    const calls = Array.from({ length: 8 }, (_, n) =>
      failure(handle.update(OPEN, { metadata: { [`k${n}`]: "1" } }, { maxRetries: 0 })),
    );
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ kind: "conflict" });
    expect(writes()).toBe(1);
  });
});
