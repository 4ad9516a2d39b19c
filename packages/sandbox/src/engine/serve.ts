import { readBody } from "./body.ts";
import type { Engine, Incoming, Served } from "./engine.ts";
import { frames, type StreamFault, toStream } from "./events.ts";
import type { Fault } from "./faults.ts";
import { handle, parseJson } from "./handle.ts";
import { applyOtherWriter, BrokenResponse, ConnectionDropped, halfOf, injectBefore } from "./inject.ts";
import type { RequestRecord } from "./log.ts";
import { parseFaultHeader } from "./parse-fault.ts";
import type { SpecOperation } from "./spec.ts";
import type { Reply } from "./types.ts";

/** Bytes of a request body unless the options say otherwise. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A reply on its way out. */
interface Outgoing {
  readonly engine: Engine;
  readonly served: Served;
  readonly incoming: Incoming;
  readonly record: RequestRecord;
  readonly startedAt: number;
  readonly faults: readonly Fault[];
}

/** Serves one operation: faults, key, validation, the vendor's handler in a transaction, and the check of its reply. */
export async function serveOperation(
  engine: Engine,
  served: Served,
  operation: SpecOperation,
  input: { request: Request; path: Record<string, string> },
): Promise<Response> {
  const startedAt = performance.now();
  const { request, path } = input;
  const limit = engine.options.maxBodyBytes ?? MAX_BODY_BYTES;
  const body = operation.reads ? { text: "" } : await readBody(request, limit);
  const incoming: Incoming = { request, path, ...body, url: new URL(request.url) };
  const record = startRecord(engine, served, operation, incoming);
  const asked = readFaultHeader(request.headers.get("x-sandbox-fault"));
  if (typeof asked === "string") {
    const reply = { status: 400, body: { sandbox_fault: asked } };
    return respond(reply, { engine, served, incoming, record, startedAt, faults: [] });
  }
  const faults = [...asked, ...engine.faults.take(operation)];
  if (faults.length > 0) record.faults = faults.map((fault) => fault.kind);
  try {
    const early = await injectBefore(engine, served.rules, faults, request.signal);
    // The state it was sent to is gone once the sandbox is reset.
    engine.closing.throwIfAborted();
    const reply = early ?? handle({ engine, served, operation, incoming, record });
    const wasRead = early === undefined && reply.status < 300;
    const spoilt = wasRead ? applyOtherWriter(engine, served.rules, faults, incoming) : undefined;
    if (spoilt !== undefined) record.contractViolation = spoilt;
    if (faults.some((fault) => fault.kind === "reset-after")) throw new ConnectionDropped();
    return respond(reply, { engine, served, incoming, record, startedAt, faults });
  } catch (dropped) {
    record.ms = performance.now() - startedAt;
    if (record.pending) engine.log.finish(record, incoming.text.length);
    throw dropped;
  }
}

/** The fault a header asks for, or why it cannot be understood. */
function readFaultHeader(header: string | null): readonly Fault[] | string {
  try {
    return header === null ? [] : [parseFaultHeader(header)];
  } catch (error) {
    return `x-sandbox-fault: ${(error as Error).message}`;
  }
}

/** Answers a request that is no operation of the spec. */
export function serveUnmatched(engine: Engine, served: Served, request: Request, reply: Reply): Response {
  const startedAt = performance.now();
  const incoming = { request, url: new URL(request.url), text: "", path: {} };
  const record = startRecord(engine, served, undefined, incoming);
  return respond(reply, { engine, served, incoming, record, startedAt, faults: [] });
}

function startRecord(
  engine: Engine,
  served: Served,
  operation: SpecOperation | undefined,
  { request, url, text, problem }: Incoming,
): RequestRecord {
  const body = text === "" ? undefined : problem ? { broken: true } : parseJson(text);
  return engine.log.start({
    at: new Date().toISOString(),
    vendor: served.rules.name,
    ...(operation ? { operation: operation.id } : {}),
    method: request.method,
    path: url.pathname,
    query: url.search,
    headers: request.headers,
    ...(body === undefined ? {} : { body: "value" in body ? body.value : text }),
  });
}

/** Statuses whose responses have no body, whatever a fault says. */
const BODILESS = new Set([204, 205, 304]);

function respond(reply: Reply, outgoing: Outgoing): Response {
  const { engine, served, incoming, record, startedAt, faults } = outgoing;
  const bodiless = reply.body === undefined || BODILESS.has(reply.status);
  const text = reply.text ?? (bodiless ? undefined : JSON.stringify(reply.body));
  const headers = new Headers(served.rules.headers?.({ now: Date.now(), startedAt }));
  if (reply.events) headers.set("content-type", "text/event-stream");
  else if (text !== undefined) headers.set("content-type", reply.type ?? "application/json");
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value);
  record.status = reply.status;
  record.ms = performance.now() - startedAt;
  record.response = reply.events?.map(({ data }) => data) ?? reply.body ?? reply.text;
  const requestId = headers.get("x-request-id");
  if (requestId !== null) record.requestId = requestId;
  engine.log.finish(record, incoming.text.length + charactersOf(reply, text, record));
  if (reply.events) return stream(reply, headers, outgoing);
  const cut = faults.some((fault) => fault.kind === "truncate");
  if (cut && text !== undefined) throw halfOf(text, reply.status, headers);
  return new Response(text ?? null, { status: reply.status, headers });
}

/** What the log keeps of a reply, and of the conversation before and after it. */
function charactersOf({ events }: Reply, text: string | undefined, { before, after }: RequestRecord): number {
  const kept = [events, before, after].filter((value) => value !== undefined);
  return kept.reduce<number>((sum, value) => sum + JSON.stringify(value).length, text?.length ?? 0);
}

/** Sends events as they come due. A stream that is to be truncated breaks off after half of them. */
function stream(reply: Reply, headers: Headers, { engine, incoming, faults }: Outgoing): Response {
  const events = reply.events ?? [];
  headers.set("cache-control", "no-cache");
  const fault = streamFault(faults, events.length);
  const left = new AbortController();
  const plan = {
    intervalMs: engine.options.eventIntervalMs ?? 5,
    end: reply.end ?? "",
    signals: [incoming.request.signal, engine.closing, left.signal],
    ...(fault ? { fault } : {}),
  };
  const encoder = new TextEncoder();
  async function* bytes(): AsyncGenerator<Uint8Array, void> {
    for await (const frame of frames(events, plan)) yield encoder.encode(frame);
  }
  if (fault?.kind === "break-stream") throw new BrokenResponse(reply.status, headers, bytes());
  const body = toStream(bytes(), { closing: engine.closing, leave: () => left.abort() });
  return new Response(body, { status: reply.status, headers });
}

function streamFault(faults: readonly Fault[], events: number): StreamFault | undefined {
  for (const { kind, after = 1 } of faults) {
    if (kind === "break-stream" || kind === "stall-stream") return { kind, after };
    if (kind === "truncate") return { kind: "break-stream", after: Math.floor(events / 2) };
  }
  return undefined;
}
