import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "@convo/client";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createConvo, defineProvider, memoryJournal } from "../src/index.ts";

// What real APIs do with a conversation's body: each is data in the record, tried with made-up vendors over real HTTP.

interface Arrived {
  method: string;
  path: string;
  body: unknown;
}
const arrived: Arrived[] = [];
let answer: (request: Arrived) => { status?: number; body?: unknown } = () => ({});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const one = {
    method: request.method ?? "",
    path: request.url ?? "",
    body: text ? JSON.parse(text) : undefined,
  };
  arrived.push(one);
  const { status = 200, body } = answer(one);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const server = createServer((request, response) => void handle(request, response));
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  arrived.length = 0;
});

/** A client of a made-up vendor with one read and one update. */
const clientOf =
  (update: string, fields?: readonly string[], empty?: true) =>
  (options?: ClientOptions): AnyClient => {
    const { port } = server.address() as AddressInfo;
    const vendor: Vendor = {
      name: "fable",
      baseUrl: `http://127.0.0.1:${port}`,
      auth: { header: "Authorization", prefix: "Bearer " },
      env: { apiKey: "FABLE_KEY" },
      requestId: [],
      operations: {
        getTalk: { route: "GET /talks/{talk}", kind: "read" },
        updateTalk: {
          route: update,
          kind: "update",
          body: "required",
          ...(fields && { fields }),
          ...(empty && { empty }),
        },
      },
    };
    return createClient<AnyClient>(vendor, options);
  };

interface Route<Body, Answer, Id = string> {
  parameters: { query?: never; path: { talk: Id } };
  requestBody: { content: { "application/json": Body } };
  responses: { 200: { content: { "application/json": Answer } } };
}
interface Talk {
  id: string;
  title: string;
  data: { [key: string]: unknown };
}
const NONE = { summary: null, marked: null, customerId: null, device: null, language: null } as const;
const UNTIMED = { createdAt: null, updatedAt: null } as const;
const writes = (): Arrived[] => arrived.filter(({ method }) => method !== "GET");
const key = { apiKey: "key-1" };

/** A server that keeps one conversation and merges a write's fields into it; `open` and `box` are the envelope. */
function keep(talk: object, box: (talk: object) => unknown, open: (body: never) => object): () => object {
  let stored: object = talk;
  answer = ({ method, body }) => {
    if (method !== "GET") stored = { ...stored, ...open(body as never) };
    return { body: box(stored) };
  };
  return () => stored;
}

describe("an envelope", () => {
  interface paths {
    "/talks/{talk}": {
      get: Route<never, { talk: Talk }>;
      patch: Route<
        { change: { title?: string; data?: Talk["data"]; pinned?: boolean } },
        { result: { talk: Talk } }
      >;
    };
  }
  const fable = defineProvider<paths>()({
    client: clientOf("PATCH /talks/{talk}"),
    read: "GET /talks/{talk}",
    update: "PATCH /talks/{talk}",
    id: "talk",
    envelope: { read: "talk", update: "result.talk", request: "change" },
    idField: "id",
    returnsConversation: true,
    fields: { ...NONE, name: "title" },
    metadata: { field: "data", write: "replace", values: "json" },
    timestamps: UNTIMED,
    verbs: { archive: { field: "pinned" } },
  });
  const talk = { id: "t1", title: "Once", data: { topic: "x" } };
  const start = () =>
    keep(
      talk,
      (one) => (writes().length > 0 ? { result: { talk: one } } : { talk: one }),
      ({ change }: { change: object }) => change,
    );

  it("is opened and closed, for fields, metadata and the vendor's own", async () => {
    const stored = start();
    const convo = createConvo({ fable: fable(key) });
    const changes = {
      name: "Twice",
      metadata: { status: "done" },
      unset: ["topic"],
      native: { pinned: true },
    };
    const { conversation, confirmed, raw } = await convo.fable.update("t1", changes);
    expect(writes()).toEqual([
      {
        method: "PATCH",
        path: "/talks/t1",
        body: { change: { title: "Twice", data: { status: "done" }, pinned: true } },
      },
    ]);
    expect(conversation).toMatchObject({ id: "t1", name: "Twice", metadata: { status: "done" } });
    expect(confirmed).toBe("echo");
    expect(raw.update).toEqual({ result: { talk: stored() } });
  });

  it("is opened for what an archive asks for", async () => {
    const stored = start();
    const { raw } = await createConvo({ fable: fable(key) }).fable.archive("t1");
    expect(stored()).toMatchObject({ pinned: true });
    expect(raw).toEqual({ result: { talk: stored() } });
  });

  it("is opened for what an undo takes back, by a journal and by a result", async () => {
    let stored: object = { ...talk, pinned: false };
    answer = ({ method, body }) => {
      if (method === "GET") return { body: { talk: stored } };
      stored = { ...stored, ...(body as { change: object }).change };
      return { body: { result: { talk: stored } } };
    };
    const { fable: handle } = createConvo({ fable: fable(key) });
    const changes = { name: "Twice", native: { pinned: true } };
    const journal = memoryJournal();
    await handle.updateMany([{ id: "t1", changes }], { journal }).finish();
    expect(stored).toMatchObject({ title: "Twice", pinned: true });
    for await (const { status } of handle.undo(journal)) expect(status).toBe("restored");
    expect(stored).toEqual({ ...talk, pinned: false });
    const result = await handle.update("t1", { ...changes, metadata: { topic: "y" } });
    for await (const { status } of handle.undo(result)) expect(status).toBe("restored");
    expect(stored).toEqual({ ...talk, pinned: false });
  });

  it("is shown by a plan, and read by get", async () => {
    start();
    const convo = createConvo({ fable: fable(key) });
    const plan = await convo.fable.plan("t1", { name: "Twice" });
    expect(plan.request.body).toEqual({ change: { title: "Twice" } });
    expect(plan.before).toMatchObject({ name: "Once" });
    const got = await convo.fable.get("t1");
    expect(got).toMatchObject({ conversation: { name: "Once", metadata: { topic: "x" } } });
    expectTypeOf(got.raw.talk.title).toEqualTypeOf<string>();
  });

  it("that is missing is an answer not to be trusted", async () => {
    answer = () => ({ body: talk });
    const call = createConvo({ fable: fable(key) }).fable.update("t1", { metadata: { a: 1 } });
    await expect(call).rejects.toMatchObject({
      kind: "bad_response",
      message: expect.stringContaining("has no talk"),
    });
    expect(writes()).toEqual([]);
  });

  it("is checked against the spec", () => {
    defineProvider<paths>()({
      client: clientOf("PATCH /talks/{talk}"),
      read: "GET /talks/{talk}",
      update: "PATCH /talks/{talk}",
      id: "talk",
      envelope: { read: "talk", update: "result.talk", request: "change" },
      idField: "id",
      returnsConversation: true,
      // @ts-expect-error -- the vendor has no such field
      fields: { ...NONE, name: "titel" },
      metadata: null,
      timestamps: UNTIMED,
    });
  });
});

describe("fields inside of others, and under other names in answers", () => {
  interface paths {
    "/talks/{talk}": {
      get: Route<
        never,
        { id: string; properties: { [key: string]: string }; friendly_name: string; made: { at: string } }
      >;
      patch: Route<
        { properties?: { [key: string]: string }; FriendlyName?: string },
        { id: string; properties: { [key: string]: string }; friendly_name: string; made: { at: string } }
      >;
    };
  }
  const fable = defineProvider<paths>()({
    client: clientOf("PATCH /talks/{talk}"),
    read: "GET /talks/{talk}",
    update: "PATCH /talks/{talk}",
    id: "talk",
    idField: "id",
    returnsConversation: true,
    answerNames: { FriendlyName: "friendly_name" },
    fields: { ...NONE, name: "FriendlyName", summary: "properties.subject" },
    metadata: null,
    timestamps: { createdAt: "made.at", updatedAt: null },
  });

  it("are sent where the vendor takes them, and read where it tells them", async () => {
    const at = "2026-01-01T00:00:00Z";
    let talk = { id: "t1", friendly_name: "Once", properties: { subject: "old", stage: "1" }, made: { at } };
    answer = ({ body }) => {
      const { FriendlyName, properties } = Object(body);
      talk = {
        ...talk,
        friendly_name: FriendlyName ?? talk.friendly_name,
        properties: { ...talk.properties, ...properties },
      };
      return { body: talk };
    };
    const convo = createConvo({ fable: fable(key) });
    const result = await convo.fable.update("t1", { name: "Twice", summary: "new" });
    expect(writes()).toMatchObject([{ body: { FriendlyName: "Twice", properties: { subject: "new" } } }]);
    expect(result.conversation).toMatchObject({ name: "Twice", summary: "new", createdAt: at });
    expect(result.confirmed).toBe("echo");
    expect(talk.properties).toEqual({ subject: "new", stage: "1" });
  });

  it("collide with the object they are in", async () => {
    const call = createConvo({ fable: fable(key) }).fable.update("t1", {
      summary: "new",
      native: { properties: { subject: "other" } },
    });
    await expect(call).rejects.toThrow("native.properties and summary are the same field");
    expect(arrived).toEqual([]);
  });
});

describe("a write that must repeat what is there", () => {
  interface Whole {
    id: string;
    title: string;
    tags?: string[] | null;
    settings: { color: string; mood: string };
  }
  interface paths {
    "/talks/{talk}": {
      get: Route<never, Whole & { seen: number }>;
      put: Route<
        { id: string; title?: string; tags?: string[]; settings?: { color?: string; mood?: string } },
        Whole
      >;
    };
  }
  const record = {
    read: "GET /talks/{talk}",
    update: "PUT /talks/{talk}",
    id: "talk",
    idField: "id",
    returnsConversation: true,
    metadata: null,
    timestamps: UNTIMED,
  } as const;
  const talk = { id: "t1", title: "Once", tags: ["a"], settings: { color: "red", mood: "calm" }, seen: 3 };
  const stored = () => {
    let now: object = talk;
    answer = ({ method, body }) => {
      if (method === "PUT") now = body as object;
      return { body: { seen: 3, ...now } };
    };
  };

  it("reads first, and sends the fields that the vendor demands", async () => {
    stored();
    const fable = defineProvider<paths>()({
      ...record,
      client: clientOf("PUT /talks/{talk}"),
      resend: ["id"],
      fields: { ...NONE, name: "title" },
    });
    await createConvo({ fable: fable(key) }).fable.update("t1", { name: "Twice" });
    expect(arrived.map(({ method }) => method)).toEqual(["GET", "PUT"]);
    expect(writes()[0]?.body).toEqual({ id: "t1", title: "Twice" });
  });

  it("sends the whole conversation where a write replaces it, nested fields included", async () => {
    stored();
    const fable = defineProvider<paths>()({
      ...record,
      client: clientOf("PUT /talks/{talk}", ["id", "title", "tags", "settings"]),
      fields: { ...NONE, name: "title", summary: "settings.mood" },
    });
    const { conversation } = await createConvo({ fable: fable(key) }).fable.update("t1", {
      summary: "cross",
    });
    expect(writes()[0]?.body).toEqual({
      id: "t1",
      title: "Once",
      tags: ["a"],
      settings: { color: "red", mood: "cross" },
    });
    expect(conversation).toMatchObject({ summary: "cross" });
    const plan = await createConvo({ fable: fable(key) }).fable.plan("t1", { summary: "calm" });
    expect(plan.request.body).toMatchObject({ title: "Once", settings: { color: "red", mood: "calm" } });
  });

  it("repeats what another writer has written by then", async () => {
    let now = talk;
    answer = ({ method, body }) => {
      if (method === "PUT") now = { ...(body as typeof talk), seen: 3 };
      return { body: now };
    };
    const fable = defineProvider<paths>()({
      ...record,
      client: clientOf("PUT /talks/{talk}", ["id", "title", "tags", "settings"]),
      fields: { ...NONE, name: "title", summary: "settings.mood" },
    });
    const convo = createConvo({ fable: fable(key) });
    await convo.fable.update("t1", { summary: "cross" });
    now = { ...now, title: "Changed elsewhere" };
    await convo.fable.update("t1", { summary: "calm" });
    expect(writes().at(-1)?.body).toMatchObject({ title: "Changed elsewhere" });
  });
});

it("an id that is a number in the path and text in the answer is one conversation", async () => {
  interface paths {
    "/talks/{talk}": {
      get: Route<never, Talk, number>;
      patch: Route<{ title?: string }, Talk, number>;
    };
  }
  const fable = defineProvider<paths>()({
    client: clientOf("PATCH /talks/{talk}"),
    read: "GET /talks/{talk}",
    update: "PATCH /talks/{talk}",
    id: "talk",
    idType: "integer",
    idField: "id",
    returnsConversation: true,
    fields: { ...NONE, name: "title" },
    metadata: null,
    timestamps: UNTIMED,
  });
  answer = ({ body }) => ({ body: { id: "481", title: "Once", ...Object(body) } });
  const convo = createConvo({ fable: fable(key) });
  const { conversation } = await convo.fable.update(481, { name: "Twice" });
  expect(conversation).toMatchObject({ name: "Twice" });
  expect(writes()[0]?.path).toBe("/talks/481");
  // @ts-expect-error -- one id must not have two spellings
  await expect(convo.fable.update("481", { name: "x" })).rejects.toThrow(
    "id must be a positive whole number",
  );
});

it("an update may be a POST below the conversation, and its union of bodies has the fields of all", async () => {
  interface paths {
    "/talks/{talk}": { get: Route<never, Talk & { topic?: string }> };
    "/talks/{talk}/rename": { post: Route<{ title?: string } | { topic?: string; locked?: boolean }, Talk> };
  }
  const fable = defineProvider<paths>()({
    client: clientOf("POST /talks/{talk}/rename"),
    read: "GET /talks/{talk}",
    update: "POST /talks/{talk}/rename",
    id: "talk",
    idField: "id",
    returnsConversation: true,
    fields: { ...NONE, name: "title", summary: "topic" },
    metadata: null,
    timestamps: UNTIMED,
  });
  answer = ({ body }) => ({ body: { id: "t1", title: "Once", data: {}, ...Object(body) } });
  const changes = { name: "Twice", summary: "x", native: { locked: true } };
  await createConvo({ fable: fable(key) }).fable.update("t1", changes);
  expect(writes()).toEqual([
    { method: "POST", path: "/talks/t1/rename", body: { title: "Twice", topic: "x", locked: true } },
  ]);
});

it("an update that answers nothing at all costs one request", async () => {
  interface paths {
    "/talks/{talk}": {
      get: Route<never, Talk>;
      patch: Omit<Route<{ title?: string }, Talk>, "responses"> & { responses: { 204: { content?: never } } };
    };
  }
  const fable = defineProvider<paths>()({
    client: clientOf("PATCH /talks/{talk}", undefined, true),
    read: "GET /talks/{talk}",
    update: "PATCH /talks/{talk}",
    id: "talk",
    idField: "id",
    returnsConversation: false,
    fields: { ...NONE, name: "title" },
    metadata: null,
    timestamps: UNTIMED,
  });
  answer = () => ({ status: 204 });
  const { confirmed, calls } = await createConvo({ fable: fable(key) }).fable.update("t1", { name: "Twice" });
  expect({ confirmed, calls }).toEqual({ confirmed: "none", calls: 1 });
});
