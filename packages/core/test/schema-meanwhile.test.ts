/** Schemas that take their time, and what others write in the meantime. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { agentsight, createConvo, openai } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";
import { gate } from "./server.ts";
import { ticket } from "./ticket.ts";

describe("an asynchronous schema", () => {
  const slow = z
    .object({})
    .catchall(z.unknown())
    .refine(async (document) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return !Object.values(document).includes("bad");
    });

  it("is waited for, and refuses only those of a shared write whose part breaks it", async () => {
    const { at, stored, writes } = start();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema: slow }) });
    const settled = await Promise.allSettled(
      ["1", "bad", "3"].map((value, index) =>
        convo.agentsight.update(42, { metadata: { [`k${index}`]: value } }),
      ),
    );
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(stored("agentsight", 42).metadata).toMatchObject({ k0: "1", k2: "3" });
    expect(stored("agentsight", 42).metadata).not.toHaveProperty("k1");
    expect(writes()).toHaveLength(1);
    expect((await convo.agentsight.get(42)).parsedMetadata).toMatchObject({ k0: "1" });
  });

  it("writes nothing of a caller who gave up meanwhile", async () => {
    const { at, stored } = start();
    const controller = new AbortController();
    const schema = z.any().refine(async (document) => {
      if (document.last) controller.abort();
      return true;
    });
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
    const { signal } = controller;
    const [first, second] = await Promise.allSettled([
      convo.agentsight.update(42, { metadata: { first: 1 } }, { signal }),
      convo.agentsight.update(42, { metadata: { last: 1 } }),
    ]);
    expect(first).toMatchObject({ reason: { kind: "aborted" } });
    expect((first as PromiseRejectedResult).reason.outcome).toBeUndefined();
    expect(second?.status).toBe("fulfilled");
    expect(stored("agentsight", 42).metadata).toHaveProperty("last");
    expect(stored("agentsight", 42).metadata).not.toHaveProperty("first");
  });

  it("that never answers holds up nobody but its callers", async () => {
    const { at, stored } = start();
    let hang = true;
    const schema = z.any().refine(() => (hang ? new Promise<boolean>(() => {}) : true));
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
    const stuck = failure(convo.agentsight.update(42, { metadata: { a: 1 } }, { deadlineMs: 30 }));
    expect(await stuck).toMatchObject({ kind: "timeout" });
    hang = false;
    await convo.agentsight.update(42, { metadata: { b: 1 } });
    expect(stored("agentsight", 42).metadata).toHaveProperty("b");
    expect(stored("agentsight", 42).metadata).not.toHaveProperty("a");
  });

  it.each(["get", "plan", "create"] as const)(
    "that never answers ends %s at its deadline, or when the caller gives up",
    async (operation) => {
      const { at } = start();
      const controller = new AbortController();
      let asked = (): void => {};
      const schema = z.any().refine(() => {
        asked();
        return new Promise<boolean>(() => {});
      });
      const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
      const run = (options: { deadlineMs?: number; signal?: AbortSignal }): Promise<unknown> => {
        if (operation === "get") return convo.agentsight.get(42, options);
        if (operation === "plan") return convo.agentsight.plan(42, { metadata: { a: 1 } }, options);
        return convo.agentsight.create({ metadata: { a: 1 } }, { externalId: "new", ...options });
      };
      expect(await failure(run({ deadlineMs: 200 }))).toMatchObject({ kind: "timeout" });
      asked = () => controller.abort();
      expect(await failure(run({ signal: controller.signal }))).toMatchObject({ kind: "aborted" });
    },
  );
});

it("a schema that does not answer once a conversation is created: the error says that it is, and names it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { sandbox, at } = start();
  const created = gate();
  let asked = 0;
  const schema = z.any().refine(() => {
    if (++asked === 1) return true;
    created.open();
    return new Promise<boolean>(() => {});
  });
  const convo = createConvo({ openai: openai({ ...at("openai"), schema }) });
  const call = failure(convo.openai.create({ metadata: { a: "1" } }, { deadlineMs: 500 }));
  await created.opened;
  await vi.advanceTimersByTimeAsync(500);
  const error = await call;
  expect(error).toMatchObject({ kind: "timeout", outcome: "unknown" });
  const [id] = sandbox
    .conversations("openai")
    .map((one) => (one as { id: string }).id)
    .filter((one) => one !== "conv_sandbox0001");
  expect(error.message).toContain(`"${id}" was created`);
});

describe("other writers", () => {
  /** A convo whose every write is followed by one of somebody else who knows no schema. */
  function disturbed(metadata: Record<string, unknown>, times: number) {
    const { sandbox, at, stored } = start();
    const other = createConvo({ agentsight: agentsight(at("agentsight")) });
    let left = times;
    const fetch = async (url: string, init: { method: string }) => {
      const response = await sandbox.fetch(url, init);
      if (init.method === "PATCH" && left-- > 0)
        await other.agentsight.client.updateConversation(42, { metadata });
      return response;
    };
    return {
      convo: createConvo({ agentsight: agentsight({ ...at("agentsight"), fetch, schema: ticket }) }),
      stored,
    };
  }
  const verify = { verify: { settleMs: 1 } } as const;

  it("who break the document after the write: the update is done, and a warning says so", async () => {
    const { convo } = disturbed({ topic: "t", owner: 5, count: 1 }, 1);
    const result = await convo.agentsight.update(42, { metadata: { count: 1 } }, verify);
    expect(result).toMatchObject({ confirmed: "read", parsedMetadata: undefined });
    const warning = { code: "breaks_schema", field: "metadata.owner", provider: "agentsight" };
    expect(result.warnings).toContainEqual(expect.objectContaining(warning));
    expect(result.conversation.metadata).toEqual({ topic: "t", owner: 5, count: 1 });
  });

  it("who leave nothing a change may be merged onto: it fails, and their document stands", async () => {
    const { convo, stored } = disturbed({ topic: "t", owner: 5 }, 1);
    const error = await failure(convo.agentsight.update(42, { metadata: { count: 1 } }, verify));
    expect(error).toMatchObject({ kind: "invalid", violations: [{ path: "metadata.owner" }] });
    expect(error.issues).toHaveLength(1);
    expect(stored("agentsight", 42).metadata).toEqual({ topic: "t", owner: 5 });
  });
});
