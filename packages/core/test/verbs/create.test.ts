import { describe, expect, test } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../../src/index.ts";
import { failure, start } from "../sandboxed.ts";

/** An agent of the seed. */
const AGENT = "agent-00000000-0000-4000-8000-000000000001";

describe("create", () => {
  test("begins with common fields, metadata and the vendor's own fields, under their wire names", async () => {
    const { at, stored } = start();
    const convo = createConvo({
      openai: openai({ ...at("openai"), encode: true }),
      letta: letta(at("letta")),
      datagrid: datagrid(at("datagrid")),
      chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
      agentsight: agentsight(at("agentsight")),
    });
    const first = await convo.openai.create({ metadata: { turns: 3, topic: "billing" } });
    expect(first).toMatchObject({ provider: "openai", existed: false, httpRequests: 1, warnings: [] });
    expect(first.parsedMetadata ?? first.conversation.metadata).toEqual({ turns: 3, topic: "billing" });
    expect(stored("openai", first.id).metadata).toEqual({ turns: "json:3", topic: "billing" });

    const second = await convo.letta.create({ summary: "Invoice" }, { query: { agent_id: AGENT } });
    expect(second.conversation).toMatchObject({ provider: "letta", summary: "Invoice" });

    const third = await convo.datagrid.create({ name: "Invoice 2041" });
    expect(stored("datagrid", third.id)).toMatchObject({ name: "Invoice 2041" });

    const fourth = await convo.chatdash.create({
      summary: "Short",
      native: { read: true },
      metadata: { a: [1] },
    });
    expect(stored("chatdash", fourth.id)).toMatchObject({
      summary: "Short",
      read: true,
      metadata: { a: [1] },
    });

    const fifth = await convo.agentsight.create(
      { name: "Call", metadata: { a: 1 } },
      { externalId: "call-7" },
    );
    expect(fifth).toMatchObject({ existed: false, conversation: { name: "Call", metadata: { a: 1 } } });
    expect(stored("agentsight", fifth.id)).toMatchObject({ conversation_id: "call-7", name: "Call" });
  });

  test("needs nothing where the vendor needs nothing", async () => {
    const { at, stored } = start();
    const convo = createConvo({ openai: openai(at("openai")) });
    const { id } = await convo.openai.create({});
    expect(stored("openai", id).metadata).toEqual({});
  });

  test("finds the first conversation with an externalId, and changes nothing in it", async () => {
    const { at, stored } = start();
    const convo = createConvo({
      chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
      agentsight: agentsight(at("agentsight")),
    });
    const externalId = "x-1";
    for (const [vendor, create] of [
      ["chatdash", (text: string) => convo.chatdash.create({ summary: text }, { externalId })],
      ["agentsight", (text: string) => convo.agentsight.create({ name: text }, { externalId })],
    ] as const) {
      const first = await create("one");
      expect(first.existed).toBe(false);
      const before = stored(vendor, first.id);
      expect(await create("two")).toMatchObject({ id: first.id, existed: true });
      expect(stored(vendor, first.id)).toEqual(before);
    }
  });

  test("finds what a lost answer has created, by its externalId", async () => {
    const { at, sandbox } = start();
    sandbox.fault({ kind: "reset-after", vendor: "chatdash", operation: "createConversation", times: 1 });
    const convo = createConvo({ chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }) });
    const created = await convo.chatdash.create({ summary: "one" }, { externalId: "x-2" });
    expect(created).toMatchObject({ existed: false, conversation: { summary: "one" } });
  });

  test("two at once with one externalId create one conversation, where the vendor keeps it unique", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const create = () => convo.agentsight.create({}, { externalId: "x-3" });
    const [one, two] = await Promise.all([create(), create()]);
    expect(one.id).toBe(two.id);
  });

  test("says that it was created where reading it fails", async () => {
    const { at, sandbox } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    sandbox.fault({
      kind: "status",
      status: 400,
      vendor: "agentsight",
      operation: "GET /api/conversations/{id}/",
    });
    const error = await failure(convo.agentsight.create({}, { externalId: "x-4" }));
    expect(error).toMatchObject({ outcome: "unknown" });
    expect(error.message).toMatch(/conversation \d+ was created, and reading it failed/);
  });

  test("says that it may have been done where no id of the caller's can tell", async () => {
    const { at, sandbox } = start();
    sandbox.fault({ kind: "reset-after", vendor: "openai", operation: "createConversation", times: 1 });
    const convo = createConvo({ openai: openai(at("openai")) });
    const error = await failure(convo.openai.create({ metadata: { a: "b" } }));
    expect(error).toMatchObject({ kind: "network", outcome: "unknown" });
    expect(error.message).toContain("may have been created");
  });

  test("refuses before anything is sent what cannot be created, all reasons at once", async () => {
    const { at, sandbox } = start();
    const convo = createConvo({
      openai: openai(at("openai")),
      agentsight: agentsight(at("agentsight")),
      letta: letta(at("letta")),
    });
    const calls: [Promise<unknown>, string, RegExp][] = [
      [convo.openai.create({ metadata: { a: "x".repeat(600) } }), "limit", /512/],
      [convo.openai.create({ unset: ["a"] } as never), "invalid", /unset means nothing/],
      [convo.openai.create("x" as never), "invalid", /must be an object/],
      [
        convo.openai.create({}, { externalId: "a" } as never),
        "invalid",
        /openai: keep your id in the metadata/,
      ],
      [convo.openai.create({ externalId: "a" } as never), "invalid", /openai: keep your id in the metadata/],
      [
        convo.letta.create({ externalId: "a" } as never, { query: { agent_id: AGENT } }),
        "invalid",
        /letta: it has no metadata either, so keep your id on your side/,
      ],
      [
        convo.agentsight.create({ externalId: "a", name: "n" } as never, {} as never),
        "invalid",
        /^\[agentsight\] Nothing was sent: externalId is not a change: give it as an option: `create\(changes, \{ externalId \}\)`\.?$/,
      ],
      [
        convo.agentsight.create({ native: { conversation_id: "a" } } as never, { externalId: "a" }),
        "invalid",
        /native\.conversation_id is the external id: give it as an option/,
      ],
      [
        convo.agentsight.update(42, { externalId: "a" } as never),
        "invalid",
        /externalId is not a field of an update/,
      ],
      [
        convo.agentsight.create({ name: "a" }, {} as never),
        "invalid",
        /externalId is required.*`create\(changes, \{ externalId \}\)`/,
      ],
      [
        convo.agentsight.create({ marked: true } as never, { externalId: "a" }),
        "invalid",
        /update it afterwards/,
      ],
      [
        convo.letta.create({ metadata: {} } as never, { query: { agent_id: "a" } }),
        "unsupported",
        /metadata/,
      ],
    ];
    for (const [call, kind, message] of calls) {
      const error = await failure(call);
      expect(error.kind).toBe(kind);
      expect(error.message).toMatch(message);
    }
    expect(sandbox.requests()).toEqual([]);
  });
});
