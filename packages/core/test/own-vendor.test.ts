import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "@convo/client";
import { type ArrivedRequest, type Backend, conformance } from "@convo/sandbox/conformance";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createConvo, defineProvider, type Provider } from "../src/index.ts";
import { probe } from "../src/probe/probe.ts";

// A vendor that neither the repository nor the sandbox knows: a record, a server of its own, and the conformance kit.

interface Talk {
  key: string;
  tags: string[];
  title: string;
  data: { [key: string]: unknown };
  made: string;
}
interface paths {
  "/talks/{talk}": {
    get: {
      parameters: { query?: never; path: { talk: string } };
      responses: { 200: { content: { "application/json": Talk } } };
    };
    put: {
      parameters: { query?: never; path: { talk: string } };
      requestBody: {
        content: {
          "application/json": { title?: string; tags?: string[]; data?: { [key: string]: unknown } };
        };
      };
      responses: { 200: { content: { "application/json": Talk } } };
    };
  };
}

/** The same, but that a write is answered without the conversation. */
interface SilentPaths {
  "/talks/{talk}": {
    get: paths["/talks/{talk}"]["get"];
    put: Omit<paths["/talks/{talk}"]["put"], "responses"> & {
      responses: { 200: { content: { "application/json": { done: boolean } } } };
    };
  };
}

const vendor: Vendor = {
  name: "fable",
  baseUrl: "https://fable.test",
  auth: { header: "X-Fable-Key", prefix: "" },
  env: { apiKey: "FABLE_KEY" },
  requestId: [],
  operations: {
    getTalk: { route: "GET /talks/{talk}", kind: "read" },
    updateTalk: { route: "PUT /talks/{talk}", kind: "update", body: "required" },
  },
};
const record = {
  client: (options?: ClientOptions) => createClient<AnyClient>(vendor, options),
  read: "GET /talks/{talk}",
  update: "PUT /talks/{talk}",
  id: "talk",
  idField: "key",
  returnsConversation: true,
  fields: { name: "title", summary: null, marked: null, customerId: null, device: null, language: null },
  timestamps: { createdAt: "made", updatedAt: null },
} as const;
const fables = {
  replace: defineProvider<paths>()({
    ...record,
    metadata: { field: "data", write: "replace", values: "json" },
  }),
  patch: defineProvider<paths>()({ ...record, metadata: { field: "data", write: "patch", values: "json" } }),
  silent: defineProvider<SilentPaths>()({
    ...record,
    returnsConversation: false,
    metadata: { field: "data", write: "patch", values: "json" },
  }),
};

const SEED: Talk = { key: "t1", tags: [], title: "Once", data: { topic: "x" }, made: "2026-01-01T00:00:00Z" };
let talk = SEED;
let write: "replace" | "patch" = "replace";
let drop: "before" | "after" | undefined;
let meddling: Readonly<Record<string, string>> | undefined;
const requests: ArrivedRequest[] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const { method = "", url: path = "" } = request;
  const headers = request.headers as ArrivedRequest["headers"];
  requests.push({ method, path, headers, ...(text === "" ? {} : { body: JSON.parse(text) }) });
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  if (path !== `/talks/${talk.key}`) return reply(404, { message: "no such talk" });
  if (method === "GET") {
    reply(200, talk);
    talk = { ...talk, data: { ...talk.data, ...meddling } };
    meddling = undefined;
    return;
  }
  const how = drop;
  drop = undefined;
  if (how !== "before") talk = written(JSON.parse(text));
  if (how) request.socket.destroy();
  else reply(200, talk);
}

/** What a write leads to: all metadata is what it sends; or each key is, and `null` removes it. */
function written(body: Partial<Omit<Talk, "data">> & { data?: Talk["data"] | null }): Talk {
  const next = { ...talk, ...body, data: body.data ?? talk.data };
  if (body.data === null && write === "replace") next.data = {};
  if (write === "replace" || !body.data) return next;
  const data = Object.entries({ ...talk.data, ...body.data }).filter(([, value]) => value !== null);
  return { ...next, data: Object.fromEntries(data) };
}

const server = createServer((request, response) => void answer(request, response));
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const backend: Backend = {
  id: SEED.key,
  reset() {
    [talk, drop, meddling] = [SEED, undefined, undefined];
    requests.length = 0;
  },
  stored: () => ({ ...talk }),
  requests: () => requests,
  dropNextWrite(when) {
    drop = when;
  },
  writeAfterNextRead(metadata) {
    meddling = metadata;
  },
};

/** The provider, of an account: handles of several accounts take no turns with each other, as those of several processes do not. */
function fable(how: keyof typeof fables, account?: string): Provider {
  const { port } = server.address() as AddressInfo;
  const options = { apiKey: "key-1", baseUrl: `http://127.0.0.1:${port}`, ...(account && { account }) };
  return (fables[how] as (of: typeof options) => Provider)(options);
}

describe.each(["replace", "patch"] as const)("a vendor of somebody's own whose write is a %s", (how) => {
  beforeEach(() => {
    write = how;
  });
  const cases = conformance({
    provider: how === "patch" ? fables.patch({ apiKey: null }) : fables.replace({ apiKey: null }),
    backend,
    connect: () => createConvo({ it: fable(how) }).it,
    id: SEED.key,
    missing: "t2",
    write: { method: "PUT", path: "/talks/t1", headers: { "x-fable-key": /^key-1$/ } },
    field: { name: "name", value: "Twice" },
  });
  for (const { name, run } of cases) it(name, run);

  it("is put through all of it", () => {
    expect(cases.length).toBeGreaterThan(20);
  });
});

describe("a vendor that takes each key by itself, and null removes one", () => {
  const connect = (account?: string) => createConvo({ it: fable("patch", account) }).it;
  beforeEach(() => {
    write = "patch";
    return backend.reset();
  });

  it("gets one request, without a read, of what is to change alone", async () => {
    const result = await connect().update("t1", { metadata: { a: 1 }, unset: ["topic", "not there"] });
    expect(result).toMatchObject({ calls: 1, guarantee: "atomic", confirmed: "echo", diff: null });
    expect(result.conversation.metadata).toEqual({ a: 1 });
    expect(requests.map(({ method, body }) => [method, body])).toEqual([
      ["PUT", { data: { a: 1, topic: null, "not there": null } }],
    ]);
  });

  it("tells no caller of a shared write a diff: nobody knows what was there", async () => {
    const handle = connect();
    const results = await Promise.all([1, 2].map((n) => handle.update("t1", { metadata: { k: n } })));
    expect(results.map(({ diff }) => diff)).toEqual([null, null]);
    expect(requests).toHaveLength(1);
  });

  it("loses nothing of writers in several processes, none of whom verifies", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        connect(`process ${n % 4}`).update("t1", { metadata: { [`k${n}`]: n } }),
      ),
    );
    expect(Object.keys(talk.data)).toHaveLength(41);
    expect(requests.map(({ method }) => method)).not.toContain("GET");
  });

  it("takes null as a removal in a deep merge alone", async () => {
    const handle = connect();
    await expect(handle.update("t1", { metadata: { topic: null } })).rejects.toMatchObject({
      kind: "invalid",
      violations: [{ path: "metadata.topic" }],
    });
    expect(requests).toEqual([]);
    await handle.update("t1", { metadata: { topic: null, a: 1 } }, { merge: "deep" });
    expect(talk.data).toEqual({ a: 1 });
  });

  it("protects its keys, but no list: that is written whole", async () => {
    const changes = { metadata: { a: 1 }, lists: { tags: { add: ["x"] } } };
    expect(await connect().update("t1", changes as never)).toMatchObject({
      guarantee: "best_effort",
    });
    expect(talk).toMatchObject({ tags: ["x"], data: { topic: "x", a: 1 } });
  });

  it("that answers nothing: what is told was read before, with the change in it", async () => {
    const handle = createConvo({ it: fable("silent") }).it;
    // What it answers is not looked at.
    const changes = { metadata: { topic: { more: 1 }, a: 1 }, unset: ["gone"] };
    talk = { ...SEED, data: { topic: {}, gone: 1, stays: 2 } };
    const { conversation, confirmed } = await handle.update("t1", changes, { merge: "deep" });
    expect(confirmed).toBe("none");
    expect(conversation.metadata).toEqual({ topic: { more: 1 }, a: 1, stays: 2 });
    expect(talk.data).toEqual(conversation.metadata);
  });

  it("takes a key back that an earlier caller of the same write set, when a later one replaces all", async () => {
    const handle = connect();
    await Promise.all([
      handle.update("t1", { metadata: { k: 1 } }, { merge: "deep" }),
      handle.update("t1", { metadata: { only: 1 } }, { merge: "replace" }),
    ]);
    expect(talk.data).toEqual({ only: 1 });
    expect(requests.map(({ method }) => method)).toEqual(["GET", "PUT"]);
  });

  it("is read first where what is there decides: a deep merge, a replacement", async () => {
    const handle = connect();
    await handle.update("t1", { metadata: { topic: { deep: 1 } } });
    const deep = await handle.update("t1", { metadata: { topic: { more: 2 } } }, { merge: "deep" });
    expect(talk.data).toEqual({ topic: { deep: 1, more: 2 } });
    expect(deep).toMatchObject({ calls: 2, guarantee: "best_effort" });
    const replaced = await handle.update("t1", { metadata: { only: 1 } }, { merge: "replace" });
    expect(talk.data).toEqual({ only: 1 });
    expect(replaced).toMatchObject({ calls: 2, guarantee: "best_effort" });
  });

  it("is told from others by what null does; a probe leaves nothing in a conversation that was given", async () => {
    const { facts, differs, scratch } = await probe(fable("patch"), { id: "t1" });
    const measured = Object.fromEntries(facts.map((one) => [one.name, one.measured]));
    expect(measured).toMatchObject({ metadata_write: "merge", null_value: "removes_key" });
    expect(differs).toEqual([]);
    expect(scratch).toEqual([{ id: "t1", created: false, clean: true }]);
    expect(talk.data).toEqual(SEED.data);
    write = "replace";
    expect((await probe(fable("patch"), { id: "t1" })).differs.map(({ name }) => name)).toContain(
      "null_value",
    );
  });
});
