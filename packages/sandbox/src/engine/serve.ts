import { type ArmedFault, type Fault, type Faults, overLimit } from "./faults.ts";
import { maskHeaders, type RequestLog, type RequestRecord } from "./log.ts";
import type { SpecOperation } from "./spec.ts";
import type { Store } from "./store.ts";
import {
  type Account,
  type Call,
  type Doc,
  Refusal,
  type Reply,
  type SandboxOptions,
  type VendorRules,
  type VendorState,
} from "./types.ts";
import type { Checker } from "./validate.ts";

/** What all requests of a sandbox share. */
export interface Engine {
  readonly store: Store;
  readonly options: SandboxOptions;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Aborted when the sandbox closes, so that hanging requests end. */
  readonly closing: AbortSignal;
}

/** One vendor, ready to serve. */
export interface Served {
  readonly rules: VendorRules;
  readonly checker: Checker;
  readonly state: VendorState;
}

/** The connection is to be dropped instead of answered; in fetch-only mode it is what `fetch` rejects with. */
export class Dropped extends TypeError {
  constructor() {
    super("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
    this.name = "TypeError";
  }
}

interface Incoming {
  readonly request: Request;
  readonly url: URL;
  readonly text: string;
  readonly path: Record<string, string>;
}

/** Serves one operation: faults, key, validation, the vendor's handler in a transaction, and the check of its reply. */
export async function serveOperation(
  engine: Engine,
  served: Served,
  operation: SpecOperation,
  input: { request: Request; path: Record<string, string> },
): Promise<Response> {
  const { rules } = served;
  const startedAt = performance.now();
  const text = operation.reads ? "" : await input.request.text();
  const incoming: Incoming = { ...input, text, url: new URL(input.request.url) };
  const record = engine.log.start(describe(served, operation, incoming));
  const conversation = operation.reads && /conversations\/\{\w+\}\/?$/.test(operation.path);
  const faults = engine.faults.take(operation, input.request.headers.get("x-sandbox-fault"), conversation);
  if (faults.length > 0) record.faults = faults.map((fault) => fault.kind);
  const finish = (): void => {
    record.ms = performance.now() - startedAt;
  };
  try {
    const early = await meetEarly(engine, rules, faults, input.request.signal);
    const reply = early ?? answer(engine, served, operation, incoming, record);
    if (early === undefined) meetOtherWriter(engine, rules, faults, incoming);
    if (faults.some((fault) => fault.kind === "reset-after")) throw new Dropped();
    const cut = faults.some((fault) => fault.kind === "truncate");
    return respond(rules, reply, record, { startedAt, cut });
  } finally {
    finish();
  }
}

/** Answers a request that is no operation of the spec. */
export function serveStray(engine: Engine, served: Served, request: Request, reply: Reply): Response {
  const url = new URL(request.url);
  const startedAt = performance.now();
  const record = engine.log.start(describe(served, undefined, { request, url, text: "", path: {} }));
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

const parseJson = (text: string): { value: unknown } | { broken: true } => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { broken: true };
  }
};

/** Faults that strike before the request is processed. */
async function meetEarly(
  engine: Engine,
  rules: VendorRules,
  faults: readonly (Fault | ArmedFault)[],
  signal: AbortSignal,
): Promise<Reply | undefined> {
  for (const fault of faults) {
    if (fault.kind === "latency") await pause(fault.ms ?? 1000, [signal, engine.closing]);
    if (fault.kind === "hang") await pause(undefined, [signal, engine.closing]);
    if (fault.kind === "reset-before") throw new Dropped();
    if (fault.kind === "status") {
      const status = fault.status ?? 503;
      const reply = rules.explain(
        status === 429 ? { kind: "rate", retryAfter: fault.retryAfter ?? 1 } : { kind: "status", status },
      );
      const wait = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      return {
        ...reply,
        ...(fault.body === undefined ? {} : { body: fault.body }),
        headers: { ...reply.headers, ...wait },
      };
    }
    if (fault.kind === "rate-limit") {
      const retryAfter = overLimit(fault, Date.now());
      if (retryAfter !== undefined) return rules.explain({ kind: "rate", retryAfter });
    }
  }
  return undefined;
}

/** Waits `ms`, or for ever; a caller who leaves ends it with the abort reason, like `fetch`. */
function pause(ms: number | undefined, signals: readonly AbortSignal[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const signal = AbortSignal.any([...signals]);
  const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
  const stop = (): void => {
    clearTimeout(timer);
    reject(signal.reason);
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return promise.finally(() => signal.removeEventListener("abort", stop));
}

function meetOtherWriter(
  engine: Engine,
  rules: VendorRules,
  faults: readonly Fault[],
  { request, path }: Incoming,
): void {
  for (const fault of faults) {
    if (fault.kind !== "other-writer") continue;
    const account = accountName(authenticate(rules, request.headers, engine.options));
    const store = engine.store.shelf(rules.name, account, rules.kinds);
    const stored = rules.find(store, path[rules.idParam] ?? "");
    if (!stored) continue;
    const changed = fault.change
      ? { ...stored, ...fault.change, ...mergedMetadata(stored, fault.change) }
      : rules.otherWriter(stored, Date.now());
    engine.store.transaction(() => store.put("conversation", changed));
  }
}

const mergedMetadata = (stored: Doc, change: Doc): Doc =>
  change.metadata === undefined
    ? {}
    : { metadata: { ...(stored.metadata as Doc), ...(change.metadata as Doc) } };

const accountName = (account: Account | undefined): string => account?.account ?? "default";

function authenticate(rules: VendorRules, headers: Headers, options: SandboxOptions): Account | undefined {
  try {
    return rules.authenticate(headers, options);
  } catch {
    return undefined;
  }
}

/** The reply of the vendor, with what the log wants to know about it. */
function answer(
  engine: Engine,
  served: Served,
  operation: SpecOperation,
  incoming: Incoming,
  record: RequestRecord,
): Reply {
  let reply: Reply;
  try {
    reply = handle(engine, served, operation, incoming, record);
  } catch (error) {
    if (!(error instanceof Refusal))
      return defect(record, `handler failed: ${(error as Error).stack ?? error}`);
    reply = error.reply;
  }
  const breach = served.checker.response(operation, reply);
  return breach === undefined ? reply : defect(record, `response breaks the spec: ${breach}`);
}

/** A mistake of the sandbox itself. It is told apart from every vendor's errors, and recorded for the tests. */
function defect(record: RequestRecord, message: string): Reply {
  record.breach = message;
  return { status: 500, body: { sandbox_defect: message }, headers: { "x-sandbox-defect": "true" } };
}

function handle(
  engine: Engine,
  served: Served,
  operation: SpecOperation,
  incoming: Incoming,
  record: RequestRecord,
): Reply {
  const { rules, state } = served;
  const { request, url, path } = incoming;
  const account = rules.authenticate(request.headers, engine.options);
  const store = engine.store.shelf(rules.name, accountName(account), rules.kinds);
  const query = served.checker.query(operation, url.searchParams);
  const base = { operation, path, headers: request.headers, url, store, account, options: engine.options };
  const call: Call = { ...base, query: query.values, body: undefined, now: Date.now() };
  const extra = rules.before?.(call, state);
  const withExtra = (reply: Reply): Reply =>
    extra ? { ...reply, headers: { ...extra, ...reply.headers } } : reply;
  try {
    const body = validate(served, operation, incoming, query.issue);
    const handler = rules.routes[operation.route];
    if (!handler) throw new Error(`no handler for ${operation.route}`);
    if (operation.reads) return withExtra(handler({ ...call, body }));
    return withExtra(engine.store.transaction(() => write(rules, handler, { ...call, body }, record)));
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withExtra(error.reply));
    throw error;
  }
}

/** Checks the request against the spec and returns its body; throws the vendor's refusal. */
function validate(
  served: Served,
  operation: SpecOperation,
  { path, text }: Incoming,
  queryIssue: ReturnType<Checker["query"]>["issue"],
): unknown {
  const { rules, checker } = served;
  const pathIssue = checker.path(operation, path);
  if (pathIssue) throw new Refusal(rules.explain({ kind: "invalid", where: "path", issue: pathIssue }));
  if (queryIssue) throw new Refusal(rules.explain({ kind: "invalid", where: "query", issue: queryIssue }));
  if (!operation.body) return undefined;
  const parsed = text === "" ? { value: undefined } : parseJson(text);
  if (!("value" in parsed)) throw new Refusal(rules.explain({ kind: "json" }));
  const issue = checker.body(operation, parsed.value) ?? unknownField(rules, operation, parsed.value);
  if (issue) throw new Refusal(rules.explain({ kind: "invalid", where: "body", issue }));
  return parsed.value;
}

function unknownField(
  rules: VendorRules,
  operation: SpecOperation,
  body: unknown,
): ReturnType<Checker["body"]> {
  const known = operation.body?.schema.properties as Doc | undefined;
  if (rules.unknownFields === "ignore" || !known || typeof body !== "object" || body === null)
    return undefined;
  const name = Object.keys(body).find((key) => !Object.hasOwn(known, key));
  if (name === undefined) return undefined;
  return { keyword: "additionalProperties", path: [name], message: "is not a known field" };
}

function write(rules: VendorRules, handler: (call: Call) => Reply, call: Call, record: RequestRecord): Reply {
  const id = call.operation.path.includes("conversations/{") ? call.path[rules.idParam] : undefined;
  const before = id === undefined ? undefined : rules.find(call.store, id);
  const reply = handler(call);
  const after = id === undefined ? undefined : rules.find(call.store, id);
  if (before) record.before = before;
  if (after) record.after = after;
  return reply;
}

function respond(
  rules: VendorRules,
  reply: Reply,
  record: RequestRecord,
  { startedAt, cut }: { startedAt: number; cut: boolean },
): Response {
  const json = reply.body === undefined ? undefined : JSON.stringify(reply.body);
  const text = reply.text ?? json;
  const headers = new Headers(rules.headers?.({ now: Date.now(), startedAt }));
  if (text !== undefined) headers.set("content-type", reply.type ?? "application/json");
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value);
  record.status = reply.status;
  record.ms = performance.now() - startedAt;
  record.response = reply.body ?? reply.text;
  const requestId = headers.get("x-request-id");
  if (requestId !== null) record.requestId = requestId;
  if (!cut || text === undefined) return new Response(text ?? null, { status: reply.status, headers });
  headers.set("content-length", String(Buffer.byteLength(text)));
  return new Response(halfOf(text), { status: reply.status, headers });
}

/** Half of the bytes, then the connection breaks. */
function halfOf(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(new TypeError("terminated"));
      sent = true;
      controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    },
  });
}
