/**
 * A vendor in a process of its own: OpenAI's conversations with a latency and a limit. Told by IPC: `{ limit }`, `{ reset }`,
 * `{ report }`, `{ read: id }`. Every write replaces the metadata, as the strictest vendors do, so that an overlapping or
 * misordered writer shows.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Limit, LimitAtWork } from "./limit.ts";

/** What the vendor has seen. */
export interface Report {
  readonly requests: number;
  readonly refused: number;
  readonly reads: number;
  readonly writes: number;
  /** Writes that began while another one of the same conversation was under way. */
  readonly overlapping: number;
  /** Writes after which a value of the order key (`seq`) was lower than before. */
  readonly outOfOrder: number;
  /** Milliseconds from the first request to the last grant. */
  readonly ms: number;
}

/** One write, with the process that made it. */
export interface Write {
  readonly id: string;
  readonly worker: string;
  /** When the process handed it to `fetch`, in milliseconds since 1970. */
  readonly begun: number;
}

const latencyMs = Number(process.argv[2] ?? 20);
let work = new LimitAtWork({ kind: "none", requests: 0, perMs: 1 });
let changeAt = Number.POSITIVE_INFINITY;
let later: Limit | undefined;
let start: number | undefined;
let last = 0;
const documents = new Map<string, Record<string, string>>();
const underWay = new Map<string, number>();
let writesSeen: Write[] = [];
const counts = { requests: 0, granted: 0, refused: 0, reads: 0, writes: 0, overlapping: 0, outOfOrder: 0 };

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => answer(request, response, text));
});
server.keepAliveTimeout = 60_000;

function answer(request: IncomingMessage, response: ServerResponse, text: string): void {
  const now = performance.now();
  start ??= now;
  counts.requests++;
  const verdict = work.take(now - start);
  const id = decodeURIComponent(request.url?.split("/").at(-1) ?? "");
  const reply = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  if (!verdict.granted) {
    counts.refused++;
    const { retryAfterSeconds } = verdict;
    const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
    setTimeout(reply, latencyMs, 429, { error: { message: "Too many requests" } }, headers);
    return;
  }
  if (++counts.granted === changeAt && later) work.limit = later;
  last = now;
  if (request.method === "GET") {
    counts.reads++;
    // A read shows what is there when it is answered, halfway.
    setTimeout(() => {
      const shown = conversation(id);
      setTimeout(reply, latencyMs / 2, 200, shown);
    }, latencyMs / 2);
    return;
  }
  counts.writes++;
  const { "x-worker": worker = "", "x-begun": begun } = request.headers;
  writesSeen.push({ id, worker: String(worker), begun: Number(begun) });
  const others = underWay.get(id) ?? 0;
  if (others > 0) counts.overlapping++;
  underWay.set(id, others + 1);
  setTimeout(() => {
    const { metadata } = JSON.parse(text) as { metadata: Record<string, string> };
    const before = documents.get(id) ?? {};
    if (Number(metadata.seq ?? -1) < Number(before.seq ?? -1)) counts.outOfOrder++;
    documents.set(id, metadata);
    const shown = conversation(id);
    setTimeout(() => {
      underWay.set(id, (underWay.get(id) ?? 1) - 1);
      reply(200, shown);
    }, latencyMs / 2);
  }, latencyMs / 2);
}

const conversation = (id: string): object => ({
  id,
  object: "conversation",
  created_at: 1_764_460_800,
  metadata: documents.get(id) ?? { kept: "yes" },
});

/** What the bench may ask of the vendor. */
export type Wish =
  | { readonly limit: Limit; readonly later?: Limit; readonly changeAt?: number }
  | { readonly report: true }
  | { readonly documents: true }
  | { readonly writes: true };

process.on("message", (wish: Wish) => {
  if ("limit" in wish) {
    work = new LimitAtWork(wish.limit);
    later = wish.later;
    changeAt = wish.changeAt ?? Number.POSITIVE_INFINITY;
    start = undefined;
    documents.clear();
    underWay.clear();
    writesSeen = [];
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] = 0;
    process.send?.("ok");
  } else if ("documents" in wish) process.send?.(Object.fromEntries(documents));
  else if ("writes" in wish) process.send?.(writesSeen);
  else process.send?.({ ...counts, ms: last - (start ?? last) } satisfies Report);
});
process.on("disconnect", () => process.exit());

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
