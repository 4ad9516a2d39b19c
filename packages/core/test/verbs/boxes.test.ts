import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "@convo/client";
import { afterAll, beforeAll, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createConvo, defineProvider } from "../../src/index.ts";

// Verbs at a vendor whose bodies are boxes, whose fields are inside of others or called otherwise, and whose list is a field of an answer.

interface Chat {
  key: string;
  info: { title?: string };
  language_code?: string;
  data: { [key: string]: unknown };
  turns?: { by: { bot?: boolean }; says: string }[];
}
type Fields = { info?: { title?: string }; LanguageCode?: string };
interface paths {
  "/chats": {
    get: {
      parameters: { query?: { language?: string } };
      responses: { 200: { content: { "application/json": { chats: Chat[]; total: number } } } };
    };
    post: {
      parameters: { query?: never };
      requestBody: { content: { "application/json": { chat: Fields & { team?: string } } } };
      responses: { 201: { content: { "application/json": { made: Chat } } } };
    };
  };
  "/chats/{key}": {
    get: {
      parameters: { query?: never; path: { key: string } };
      responses: { 200: { content: { "application/json": Chat } } };
    };
    put: {
      parameters: { query?: never; path: { key: string } };
      requestBody: {
        content: { "application/json": Fields & { data?: { [key: string]: unknown } } };
      };
      responses: { 200: { content: { "application/json": Chat } } };
    };
  };
}

const vendor: Vendor = {
  name: "boxes",
  baseUrl: "https://boxes.test",
  auth: { header: "X-Key", prefix: "" },
  env: { apiKey: "BOXES_KEY" },
  requestId: [],
  operations: {
    listChats: { route: "GET /chats", kind: "read" },
    createChat: { route: "POST /chats", kind: "create", body: "required" },
    getChat: { route: "GET /chats/{key}", kind: "read" },
    updateChat: { route: "PUT /chats/{key}", kind: "update", body: "required" },
  },
};
const boxes = defineProvider<paths>()({
  client: (options?: ClientOptions) => createClient<AnyClient>(vendor, options),
  read: "GET /chats/{key}",
  update: "PUT /chats/{key}",
  id: "key",
  idField: "key",
  returnsConversation: true,
  answerNames: { LanguageCode: "language_code" },
  fields: {
    name: "info.title",
    summary: null,
    marked: null,
    customerId: null,
    device: null,
    language: "LanguageCode",
  },
  metadata: { field: "data", write: "replace", values: "json" },
  timestamps: { createdAt: null, updatedAt: null },
  verbs: {
    create: {
      route: "POST /chats",
      request: { in: "chat" },
      returns: { in: "made" },
      lacks: ["metadata"],
    },
    list: { route: "GET /chats", in: "chats", queries: [{}], filters: { language: "language" } },
    messages: {
      route: "GET /chats/{key}",
      in: "turns",
      id: null,
      role: "by.bot",
      roles: { true: "assistant", false: "user", undefined: "user" },
      text: "says",
      createdAt: null,
    },
  },
});

const SEED: Chat = { key: "c1", info: { title: "Old" }, language_code: "de", data: { a: 1 } };
const turns = [
  { by: { bot: true }, says: "Hello" },
  { by: {}, says: "Hi" },
];
const CHATS: Record<string, object> = {
  "/chats/c1": SEED,
  "/chats/c4": { ...SEED, key: "c4", turns },
  "/chats/c5": { chat: SEED },
};
let bodies: unknown[] = [];
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  if (text !== "") bodies.push(JSON.parse(text));
  const { LanguageCode, info } = Object(bodies.at(-1)).chat ?? {};
  const answer =
    request.method === "POST"
      ? { made: { key: "c2", info, language_code: LanguageCode, data: {} } }
      : (CHATS[request.url ?? ""] ?? {
          chats: [SEED, { ...SEED, key: "c3", language_code: "fr" }],
          total: 2,
        });
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(() => {
  bodies = [];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
const options = () => ({
  apiKey: "key-1",
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});

test("a create puts each field where the vendor has it, and reads the answer the same way", async () => {
  const { it } = createConvo({ it: boxes(options()) });
  const made = await it.create({ name: "Invoice", language: "es", native: { team: "north" } });
  expect(bodies).toEqual([{ chat: { info: { title: "Invoice" }, LanguageCode: "es", team: "north" } }]);
  expect(made.conversation).toMatchObject({ id: "c2", name: "Invoice", language: "es" });
});

test("a create that takes no metadata refuses it, also under a field's name", async () => {
  const convo = createConvo({
    it: boxes(options()),
    mapped: boxes({ ...options(), fields: { summary: "metadata.summary" } }),
  });
  expectTypeOf<Parameters<typeof convo.it.create>[0]>().not.toHaveProperty("metadata");
  // @ts-expect-error The record says that a create lacks it.
  await expect(convo.it.create({ metadata: { a: 1 } })).rejects.toMatchObject({
    kind: "invalid",
    violations: [{ path: "metadata" }],
  });
  await expect(convo.mapped.create({ summary: "s" })).rejects.toMatchObject({
    violations: [{ path: "summary" }],
  });
  expect(bodies).toEqual([]);
});

test("a list that is a field of one answer is read from it, rows in our words", async () => {
  const { it } = createConvo({ it: boxes(options()) });
  const rows = [];
  for await (const row of it.list({ filter: { language: "de" } })) rows.push(row);
  expect(rows).toMatchObject([{ id: "c1", name: "Old", language: "de", metadata: { a: 1 }, raw: SEED }]);
  expect(rows).toHaveLength(1);
});

test("messages that a read shows in the conversation are read there, who speaks further in; no field, no messages", async () => {
  const { it } = createConvo({ it: boxes(options()) });
  const said = async (id: string) => {
    const found = [];
    for await (const { role, text } of it.messages(id)) found.push(`${role}: ${text}`);
    return found;
  };
  expect(await said("c4")).toEqual(["assistant: Hello", "user: Hi"]);
  expect(await said("c1")).toEqual([]);
  await expect(said("c5")).rejects.toMatchObject({ kind: "bad_response" });
});
