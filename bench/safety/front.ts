import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "./store.ts";

/** What becomes of one request; all but `reset-before` and `429` come after the store has done what was asked. */
export type Fate = "answer" | "reset-before" | "429" | "reset" | "503" | "hang";

/** Counted requests, by what they do. */
export interface Counts {
  reads: number;
  writes: number;
}

/** A store behind a network: it answers late, and sometimes not as it should. */
export interface Front {
  readonly origin: string;
  readonly counts: Counts;
  close(): Promise<void>;
}

/** How a front behaves. */
export interface FrontOptions {
  /** Milliseconds between a request and its answer, from and to; a random share of it passes before the store is reached. */
  readonly latencyMs: readonly [number, number];
  /** Some requests are delayed on their way by `ms` more: the share of them, from 0 to 1. */
  readonly slow?: { readonly share: number; readonly ms: number };
  /** Decides over each write. Default: all are answered. */
  fate?(): Fate;
  /** Runs after a write whose answer will not come, before the writer can know. */
  between?(): Promise<void>;
}

/** Serves a store over real HTTP on 127.0.0.1, on a free port. */
export async function openFront(store: Store, options: FrontOptions): Promise<Front> {
  const counts: Counts = { reads: 0, writes: 0 };
  const server: Server = createServer((incoming, outgoing) => {
    counts[incoming.method === "GET" ? "reads" : "writes"] += 1;
    serve(store, options, incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500).end(String(error));
    });
  });
  // As many writers as come connect at once.
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    counts,
    async close() {
      server.close();
      server.closeAllConnections();
      await store.close();
    },
  };
}

const JSON_TYPE = { "content-type": "application/json" };
const REFUSAL = '{"error":{"message":"try again"}}';

async function serve(
  store: Store,
  { latencyMs: [from, to], slow, fate, between }: FrontOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const total = from + Math.random() * (to - from);
  const there = total * Math.random();
  const held = slow && Math.random() < slow.share ? slow.ms : 0;
  const { method = "GET", url = "/", headers } = incoming;
  const body = await textOf(incoming);
  const end = method === "GET" ? "answer" : (fate?.() ?? "answer");
  await sleep(there + held);
  if (end === "reset-before" || end === "429") {
    await between?.();
    if (end === "reset-before") incoming.socket.resetAndDestroy();
    else outgoing.writeHead(429, { ...JSON_TYPE, "retry-after-ms": "100" }).end(REFUSAL);
    return;
  }
  const request = new Request(`http://sandbox.test${url}`, {
    method,
    headers: plain(headers),
    ...(body && { body }),
  });
  const response = await store.handle(request);
  const text = await response.text();
  if (end !== "answer") await between?.();
  if (end === "reset") incoming.socket.resetAndDestroy();
  if (end === "reset" || end === "hang") return;
  await sleep(total - there);
  outgoing.writeHead(end === "503" ? 503 : response.status, JSON_TYPE);
  outgoing.end(end === "503" ? REFUSAL : text);
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
  return text;
}

function plain(headers: IncomingMessage["headers"]): Record<string, string> {
  const { connection, host, "transfer-encoding": chunked, ...rest } = headers;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}
