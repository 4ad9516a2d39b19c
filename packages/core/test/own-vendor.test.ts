import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "@convo/client";
import { type ArrivedRequest, type Backend, conformance } from "@convo/sandbox/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConvo, defineProvider } from "../src/index.ts";

// A vendor that neither the repository nor the sandbox knows: a record, a server of its own, and the conformance kit.

interface Talk {
  key: string;
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
      requestBody: { content: { "application/json": { title?: string; data?: { [key: string]: unknown } } } };
      responses: { 200: { content: { "application/json": Talk } } };
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
const fable = defineProvider<paths>()({
  client: (options?: ClientOptions) => createClient<AnyClient>(vendor, options),
  read: "GET /talks/{talk}",
  update: "PUT /talks/{talk}",
  id: "talk",
  idField: "key",
  returnsConversation: true,
  fields: { name: "title", summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "data", write: "replace", values: "json" },
  timestamps: { createdAt: "made", updatedAt: null },
});

const SEED: Talk = { key: "t1", title: "Once", data: { topic: "x" }, made: "2026-01-01T00:00:00Z" };
let talk = SEED;
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
  if (how !== "before") talk = { ...talk, ...JSON.parse(text) };
  if (how) request.socket.destroy();
  else reply(200, talk);
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

describe("a vendor of somebody's own", () => {
  const cases = conformance({
    provider: fable({ apiKey: null }),
    backend,
    connect() {
      const { port } = server.address() as AddressInfo;
      return createConvo({ it: fable({ apiKey: "key-1", baseUrl: `http://127.0.0.1:${port}` }) }).it;
    },
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
