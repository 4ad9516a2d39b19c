import type { Engine, Incoming, Served } from "./engine.ts";
import type { Fault } from "./faults.ts";
import { handle, parseJson } from "./handle.ts";
import { maskHeaders, type RequestRecord } from "./log.ts";
import { parseFaultHeader } from "./parse-fault.ts";
import type { VendorRules } from "./rules.ts";
import type { SpecOperation } from "./spec.ts";
import { Dropped, strikeBefore, strikeStore, Truncated } from "./strike.ts";
import type { Reply } from "./types.ts";

/** Serves one operation: faults, key, validation, the vendor's handler in a transaction, and the check of its reply. */
export async function serveOperation(
  engine: Engine,
  served: Served,
  operation: SpecOperation,
  input: { request: Request; path: Record<string, string> },
): Promise<Response> {
  const startedAt = performance.now();
  const { request, path } = input;
  const text = operation.reads ? "" : await request.text();
  const incoming: Incoming = { request, path, text, url: new URL(request.url) };
  const record = engine.log.start(describe(served, operation, incoming));
  const readsOne = operation.reads && operation.path.replace(/\/$/, "") === served.home;
  const asked = readFaultHeader(request.headers.get("x-sandbox-fault"));
  if (typeof asked === "string") {
    const reply = { status: 400, body: { sandbox_fault: asked } };
    return respond(served.rules, reply, record, { startedAt, cut: false });
  }
  const faults = [...asked, ...engine.faults.take(operation, readsOne)];
  if (faults.length > 0) record.faults = faults.map((fault) => fault.kind);
  try {
    const early = await strikeBefore(engine, served.rules, faults, request.signal);
    const reply = early ?? handle({ engine, served, operation, incoming, record });
    if (early === undefined) strikeStore(engine, served.rules, faults, incoming);
    if (faults.some((fault) => fault.kind === "reset-after")) throw new Dropped();
    const cut = faults.some((fault) => fault.kind === "truncate");
    return respond(served.rules, reply, record, { startedAt, cut });
  } finally {
    record.ms = performance.now() - startedAt;
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
export function serveStray(engine: Engine, served: Served, request: Request, reply: Reply): Response {
  const startedAt = performance.now();
  const incoming = { request, url: new URL(request.url), text: "", path: {} };
  const record = engine.log.start(describe(served, undefined, incoming));
  return respond(served.rules, reply, record, { startedAt, cut: false });
}

function describe(
  served: Served,
  operation: SpecOperation | undefined,
  { request, url, text }: Incoming,
): Omit<RequestRecord, "id" | "status" | "ms"> {
  const body = text === "" ? undefined : parseJson(text);
  return {
    at: new Date().toISOString(),
    vendor: served.rules.name,
    ...(operation ? { operation: operation.id } : {}),
    method: request.method,
    path: url.pathname,
    query: url.search,
    headers: maskHeaders(request.headers),
    ...(body === undefined ? {} : { body: "value" in body ? body.value : text }),
  };
}

/** Statuses whose responses have no body, whatever a fault says. */
const BODILESS = new Set([204, 205, 304]);

function respond(
  rules: VendorRules,
  reply: Reply,
  record: RequestRecord,
  { startedAt, cut }: { startedAt: number; cut: boolean },
): Response {
  const bodiless = reply.body === undefined || BODILESS.has(reply.status);
  const text = reply.text ?? (bodiless ? undefined : JSON.stringify(reply.body));
  const headers = new Headers(rules.headers?.({ now: Date.now(), startedAt }));
  if (text !== undefined) headers.set("content-type", reply.type ?? "application/json");
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value);
  record.status = reply.status;
  record.ms = performance.now() - startedAt;
  record.response = reply.body ?? reply.text;
  const requestId = headers.get("x-request-id");
  if (requestId !== null) record.requestId = requestId;
  const init = { status: reply.status, headers };
  if (cut && text !== undefined) throw new Truncated(text, init);
  return new Response(text ?? null, init);
}
