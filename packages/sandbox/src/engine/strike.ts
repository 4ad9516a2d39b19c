import type { Engine, Incoming } from "./engine.ts";
import { type ArmedFault, type Fault, overLimit } from "./faults.ts";
import type { VendorRules } from "./rules.ts";
import { asDoc } from "./tools.ts";
import type { Doc, Reply } from "./types.ts";

/** The connection is to be dropped instead of answered; in fetch-only mode it is what `fetch` rejects with. */
export class Dropped extends TypeError {
  constructor() {
    super("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
    this.name = "TypeError";
  }
}

/** Faults that strike before the request is processed. Returns the reply that takes the place of the vendor's. */
export async function strikeBefore(
  engine: Engine,
  rules: VendorRules,
  faults: readonly (Fault | ArmedFault)[],
  signal: AbortSignal,
): Promise<Reply | undefined> {
  for (const fault of faults) {
    if (fault.kind === "latency") await pause(fault.ms ?? 1000, [signal, engine.closing]);
    if (fault.kind === "hang") await pause(undefined, [signal, engine.closing]);
    if (fault.kind === "reset-before") throw new Dropped();
    if (fault.kind === "status") return statusReply(rules, fault);
    const wait = fault.kind === "rate-limit" ? overLimit(fault, Date.now()) : undefined;
    if (wait !== undefined) return rules.explain({ kind: "rate", retryAfter: wait });
  }
  return undefined;
}

/** The vendor's own body for the status, unless the fault brings one. */
function statusReply(rules: VendorRules, fault: Fault): Reply {
  const { status = 503, retryAfter, body } = fault;
  const reply = rules.explain(
    status === 429 ? { kind: "rate", retryAfter: retryAfter ?? 1 } : { kind: "status", status },
  );
  return {
    ...reply,
    ...(body === undefined ? {} : { body }),
    headers: { ...reply.headers, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) },
  };
}

/** Waits `ms`, or for ever; a caller who leaves ends it with the abort reason, like `fetch`. */
function pause(ms: number | undefined, signals: readonly AbortSignal[]): Promise<void> {
  const signal = AbortSignal.any([...signals]);
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const go = (): void => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(go, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** Another writer changes the conversation that was just read. */
export function strikeStore(
  engine: Engine,
  rules: VendorRules,
  faults: readonly Fault[],
  { request, path }: Incoming,
): void {
  for (const fault of faults) {
    if (fault.kind !== "other-writer") continue;
    const store = engine.store.shelf(rules.name, partition(engine, rules, request.headers), rules.kinds);
    const stored = rules.find(store, path[rules.idParam] ?? "");
    if (!stored) continue;
    const change = fault.change ?? rules.otherWriter(Date.now());
    engine.store.transaction(() => store.put("conversation", changedBy(stored, change)));
  }
}

function changedBy(stored: Doc, change: Doc): Doc {
  if (change.metadata === undefined) return { ...stored, ...change };
  return { ...stored, ...change, metadata: { ...asDoc(stored.metadata), ...asDoc(change.metadata) } };
}

/** The account of the request; a request with a bad key was refused, and so has none to change anything in. */
function partition(engine: Engine, rules: VendorRules, headers: Headers): string {
  try {
    return rules.authenticate(headers, engine.options).account ?? "default";
  } catch {
    return "default";
  }
}

/** The response is to break off half-way: the edge that knows the connection sends `head` and drops the rest. */
export class Truncated extends Dropped {
  readonly status: number;
  readonly headers: Headers;
  readonly head: Uint8Array;
  constructor(text: string, init: { readonly status: number; readonly headers: Headers }) {
    super();
    const bytes = new TextEncoder().encode(text);
    this.status = init.status;
    this.headers = init.headers;
    this.headers.set("content-length", String(bytes.length));
    this.head = bytes.subarray(0, Math.ceil(bytes.length / 2));
  }

  /** The broken response, for callers without a socket. */
  response(): Response {
    const { head } = this;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(head),
      pull: (controller) => controller.error(new TypeError("terminated")),
    });
    return new Response(body, { status: this.status, headers: this.headers });
  }
}
