import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterAll } from "vitest";
import type { ApiPromise, ConvoError, Fetch, PagePromise, Vendor } from "../src/index.ts";
import {
  type AnyClient,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
} from "../src/index.ts";
import { undiciFetch } from "../src/undici.ts";

/** A vendor as the generator would write it, with OpenAI's manners. */
export const openai: Vendor = {
  name: "openai",
  baseUrl: "https://api.openai.com/v1",
  auth: { header: "Authorization", prefix: "Bearer " },
  env: {
    apiKey: "OPENAI_API_KEY",
    baseUrl: "OPENAI_BASE_URL",
    headers: { "OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID" },
  },
  requestId: ["x-request-id", "cf-ray"],
  operations: {
    createConversation: {
      route: "POST /conversations",
      kind: "create",
      body: "optional",
      required: ["id", "metadata"],
    },
    getConversation: { route: "GET /conversations/{conversation_id}", kind: "read" },
    updateConversation: { route: "POST /conversations/{conversation_id}", kind: "update", body: "required" },
    deleteConversation: { route: "DELETE /conversations/{conversation_id}", kind: "delete" },
    listConversationItems: {
      route: "GET /conversations/{conversation_id}/items",
      kind: "read",
      page: { param: "after", cursor: "body.last_id", items: "data", more: "has_more" },
    },
  },
};

/** A vendor with AgentSight's manners: a key prefix, trailing slashes, numeric ids, numbered pages. */
export const agentsight: Vendor = {
  name: "agentsight",
  baseUrl: "https://api.agentsight.io",
  auth: { header: "Authorization", prefix: "Api-Key " },
  env: { apiKey: "AGENTSIGHT_API_KEY", baseUrl: "AGENTSIGHT_API_ENDPOINT" },
  requestId: [],
  operations: {
    updateConversation: { route: "PATCH /api/conversations/{id}/update/", kind: "update", body: "required" },
    listConversations: {
      route: "GET /api/conversations/",
      kind: "read",
      page: { param: "page", cursor: "page", items: "results", more: "next" },
    },
  },
};

export interface Conversation {
  id: string;
  metadata: Record<string, string>;
}
export interface ItemList {
  data: { id: string }[];
  has_more: boolean;
  last_id: string | null;
}
export interface Paths {
  "/conversations/{conversation_id}": {
    get: {
      parameters: { path: { conversation_id: string } };
      responses: {
        200: { content: { "application/json": Conversation } };
        default: { content: { "application/json": { error: { message: string } } } };
      };
    };
    post: {
      parameters: { path: { conversation_id: string } };
      requestBody: { content: { "application/json": { metadata: Record<string, string> } } };
      responses: {
        200: { content: { "application/json": Conversation } };
        default: { content: { "application/json": { error: { message: string } } } };
      };
    };
  };
}

/** The interface the generator would write. */
export interface OpenAIClient extends Client<Paths> {
  createConversation(
    body?: { metadata?: Record<string, string> },
    options?: CallOptions,
  ): ApiPromise<Conversation>;
  getConversation(conversationId: string, options?: CallOptions): ApiPromise<Conversation>;
  updateConversation(conversationId: string, body: unknown, options?: CallOptions): ApiPromise<Conversation>;
  deleteConversation(
    conversationId: string,
    options?: CallOptions,
  ): Promise<{ deleted: boolean } | undefined>;
  listConversationItems(
    conversationId: string,
    options?: CallOptions & {
      query?: { limit?: number; order?: "asc" | "desc"; after?: string; include?: string[] };
    },
  ): PagePromise<ItemList, ItemList["data"][number]>;
}
export interface AgentSightClient extends AnyClient {
  updateConversation(id: number, body: unknown, options?: CallOptions): Promise<{ id: number }>;
  listConversations(
    options?: CallOptions & { query?: Record<string, unknown> },
  ): PagePromise<unknown, { id: number }>;
}

export const KEY = "sk-test-0123456789abcdef";

/** Both ways to the network; every guarantee is tested on each. */
export const paths: [string, { fetch?: Fetch }][] = [
  ["web fetch", {}],
  ["undici", { fetch: undiciFetch() }],
];

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** The body as it came. */
  bytes: Buffer;
}
export type Handler = (request: Seen, response: ServerResponse, socket: Socket) => unknown;

export interface TestServer {
  readonly origin: string;
  readonly baseUrl: string;
  readonly seen: Seen[];
  /** Sockets that are open now. */
  readonly sockets: Set<Socket>;
  on(handler: Handler): void;
}

/** A real HTTP server whose handler each test sets; it answers an OpenAI conversation by default. */
export async function startServer(): Promise<TestServer> {
  let handle: Handler = (_, response) => json(response, 200, { id: "conv_1", metadata: {} });
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const bytes = Buffer.concat(chunks);
      const one = { method, url, headers, body: bytes.toString(), bytes };
      seen.push(one);
      handle(one, response, request.socket);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const origin = await listen(server);
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    origin,
    baseUrl: `${origin}/v1`,
    seen,
    sockets,
    on: (handler) => {
      handle = handler;
      seen.length = 0;
    },
  };
}

/** A TCP server that does with each connection what the test wants, after the first bytes came. */
export async function startTcp(handle: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => handle(socket));
  });
  const origin = await listen(server);
  afterAll(() => void server.close());
  return origin;
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where nobody listens: no system gives a port below 1024 to who asks for any, as a test beside this one may. */
export const REFUSING_ORIGIN = "http://127.0.0.1:2";

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export const conversation = { id: "conv_1", metadata: { topic: "x" } };

export function makeClient(baseUrl: string, options: ClientOptions = {}): OpenAIClient {
  return createClient<OpenAIClient>(openai, { baseUrl, apiKey: KEY, ...options });
}

/** The error a promise rejects with. */
export async function failure(promise: PromiseLike<unknown>): Promise<ConvoError> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error) => error,
  );
}
