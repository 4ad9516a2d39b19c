import { describe, expect, test } from "vitest";
import { agentsight, chatdash, createConvo, letta, openai } from "../../src/index.ts";
import type { ExportDocument } from "../../src/types/transfer.ts";
import { failure, start } from "../sandboxed.ts";

function connect() {
  const { at, ...rest } = start();
  const convo = createConvo({
    openai: openai({ ...at("openai"), encode: true }),
    letta: letta(at("letta")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
  return { convo, ...rest };
}

const textsOf = ({ messages }: ExportDocument) => messages.map(({ role, text }) => [role, text]);

describe("export", () => {
  test("is one JSON document with conversation, messages and where they come from", async () => {
    const { convo } = connect();
    const document = await convo.agentsight.export("support-session-456");
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document).toMatchObject({
      kind: "convo_export",
      version: 1,
      source: { provider: "agentsight", id: 42 },
      conversation: { metadata: { topic: "project-x" } },
    });
    expect(document.messages.length).toBeGreaterThan(0);
    expect(JSON.stringify(document)).not.toMatch(/ags_/);
  });
});

describe("import", () => {
  test("carries a conversation of one vendor to another, and says what it could not carry", async () => {
    const { convo } = connect();
    const document = await convo.agentsight.export(42);
    const result = await convo.openai.import(document);
    const copy = await convo.openai.export(result.id as string);
    expect(copy.conversation.metadata).toEqual(document.conversation.metadata);
    expect(textsOf(copy)).toEqual(textsOf(document).filter(([, text]) => text !== ""));
    expect(result.notCarried).toContainEqual({
      path: "conversation.marked",
      reason: "openai cannot hold it",
    });
  });

  test("adds more messages than one call takes, in order", async () => {
    const { convo } = connect();
    const { id } = await convo.chatdash.create({ summary: "Long" });
    const messages = Array.from({ length: 45 }, (_, n) => ({ role: "user", text: `message ${n}` }) as const);
    await convo.chatdash.addMessage(id as string, messages);
    const document = await convo.chatdash.export(id as string);
    const result = await convo.openai.import(document);
    expect(result.messages).toBe(45);
    expect(textsOf(await convo.openai.export(result.id as string))).toEqual(textsOf(document));
  });

  test("a call whose answer was lost is not repeated if its messages are there", async () => {
    const { convo, sandbox } = connect();
    const document = await convo.agentsight.export(42);
    sandbox.fault({ kind: "reset-after", vendor: "openai", operation: "createConversationItems" });
    const { id } = await convo.openai.import(document);
    expect(textsOf(await convo.openai.export(id as string))).toEqual(textsOf(document));
  });

  test("an import that is repeated with its externalId goes on where it was cut off, and adds nothing twice", async () => {
    const { convo, sandbox } = connect();
    const { id } = await convo.openai.create({});
    const lines = Array.from({ length: 101 }, (_, n) => ({ role: "user", text: `message ${n}` }) as const);
    for (let n = 0; n < lines.length; n += 20)
      await convo.openai.addMessage(id as string, lines.slice(n, n + 20));
    const document = await convo.openai.export(id as string);
    const options = { externalId: "copy-1" };
    sandbox.fault({
      kind: "status",
      status: 400,
      vendor: "chatdash",
      operation: "POST /agents/{agentId}/conversations/{conversationId}/messages",
    });
    await failure(convo.chatdash.import(document, options));
    const second = await convo.chatdash.import(document, options);
    expect(second).toMatchObject({ existed: true, messages: 101 });
    expect(await convo.chatdash.import(document, options)).toMatchObject({ id: second.id, messages: 0 });
    expect(textsOf(await convo.chatdash.export(second.id as string))).toEqual(textsOf(document));
    const other = { ...document, messages: document.messages.slice(50) };
    expect(await failure(convo.chatdash.import(other, options))).toMatchObject({ kind: "conflict" });
  });

  test("what fails halfway says which conversation was created and how far it came", async () => {
    const { convo, sandbox } = connect();
    sandbox.fault({
      kind: "status",
      status: 400,
      vendor: "openai",
      operation: "createConversationItems",
      times: null,
    });
    const error = await failure(convo.openai.import(await convo.agentsight.export(42)));
    expect(error.message).toMatch(/Conversation "conv_\w+" was created, and 0 of \d+ messages are in it/);
  });

  test("a document that is not an export, or of another version, is refused before any request", async () => {
    const { convo, sandbox } = connect();
    const document = await convo.agentsight.export(42);
    const before = sandbox.requests().length;
    for (const [wrong, message] of [
      [{}, /must be what `export` returned/],
      [{ ...document, version: 2 }, /version 2/],
      [{ ...document, messages: null }, /no conversation, messages/],
      [{ ...document, messages: [null] }, /no conversation, messages/],
    ] as const)
      expect((await failure(convo.openai.import(wrong as never))).message).toMatch(message);
    expect(sandbox.requests()).toHaveLength(before);
    // @ts-expect-error: a message to Letta runs the agent, so it cannot import.
    expect(() => convo.letta.import(document)).toThrow(/no operation for import/);
  });
});
