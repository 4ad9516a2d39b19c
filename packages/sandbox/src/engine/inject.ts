import { openCollection, Unservable } from "./collection.ts";
import type { Engine, Incoming } from "./engine.ts";
import { toStream } from "./events.ts";
import { type ArmedFault, type Fault, overLimit } from "./faults.ts";
import { pause } from "./pause.ts";
import type { VendorRules } from "./rules.ts";
import { asDoc } from "./tools.ts";
import type { Doc, Reply } from "./types.ts";

/** The connection is to be dropped instead of answered; in fetch-only mode it is what `fetch` rejects with. */
export class ConnectionDropped extends TypeError {
  constructor() {
    super("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
    this.name = "TypeError";
  }
}

/** Faults that take effect before the request is processed. Returns the reply that takes the place of the vendor's. */
export async function injectBefore(
  engine: Engine,
  rules: VendorRules,
  faults: readonly (Fault | ArmedFault)[],
  signal: AbortSignal,
): Promise<Reply | undefined> {
  for (const fault of faults) {
    if (fault.kind === "latency") await pause(fault.ms ?? 1000, [signal, engine.closing]);
    if (fault.kind === "hang") await pause(undefined, [signal, engine.closing]);
    if (fault.kind === "reset-before") throw new ConnectionDropped();
    if (fault.kind === "status") return statusReply(rules, fault);
    const wait = fault.kind === "rate-limit" ? overLimit(fault, Date.now()) : undefined;
    if (wait !== undefined) return rules.errorResponse({ kind: "rate", retryAfter: wait });
  }
  return undefined;
}

/** The vendor's own body for the status, unless the fault brings one. */
function statusReply(rules: VendorRules, fault: Fault): Reply {
  const { status = 503, retryAfter, body } = fault;
  const reply = rules.errorResponse(
    status === 429 ? { kind: "rate", retryAfter: retryAfter ?? 1 } : { kind: "status", status },
  );
  return {
    ...reply,
    ...(body === undefined ? {} : { body }),
    headers: { ...reply.headers, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) },
  };
}

/**
 * Another writer changes the conversation that was just read, so by a key that is good. Returns why not, where the
 * change would leave a conversation that could not be served.
 */
export function applyOtherWriter(
  engine: Engine,
  rules: VendorRules,
  faults: readonly Fault[],
  { request, path }: Incoming,
): string | undefined {
  for (const fault of faults) {
    if (fault.kind !== "other-writer") continue;
    const { account } = rules.authenticate(request.headers, engine.options);
    const store = openCollection(engine.store, rules, account);
    const stored = rules.find(store, path[rules.idParam] ?? "");
    if (!stored) continue;
    const change = fault.change ?? rules.otherWriter(Date.now());
    try {
      engine.store.transaction(() => store.put("conversation", changedBy(stored, change)));
    } catch (error) {
      if (error instanceof Unservable) return `the fault other-writer: ${error.message}`;
      throw error;
    }
  }
  return undefined;
}

function changedBy(stored: Doc, change: Doc): Doc {
  if (change.metadata === undefined) return { ...stored, ...change };
  return { ...stored, ...change, metadata: { ...asDoc(stored.metadata), ...asDoc(change.metadata) } };
}

/** The response is to break off: the edge that knows the connection sends `chunks` and drops it then. */
export class BrokenResponse extends ConnectionDropped {
  readonly status: number;
  readonly headers: Headers;
  readonly chunks: AsyncIterable<Uint8Array>;
  constructor(status: number, headers: Headers, chunks: AsyncIterable<Uint8Array>) {
    super();
    this.status = status;
    this.headers = headers;
    this.chunks = chunks;
  }

  /** The broken response, for callers without a socket. */
  response(): Response {
    const { chunks } = this;
    async function* broken(): AsyncGenerator<Uint8Array, void> {
      yield* chunks;
      throw new TypeError("terminated");
    }
    return new Response(toStream(broken()), { status: this.status, headers: this.headers });
  }
}

/** The first half of a response whose length is announced in full. */
export function halfOf(text: string, status: number, headers: Headers): BrokenResponse {
  const bytes = new TextEncoder().encode(text);
  headers.set("content-length", String(bytes.length));
  async function* head(): AsyncGenerator<Uint8Array, void> {
    yield bytes.subarray(0, Math.ceil(bytes.length / 2));
  }
  return new BrokenResponse(status, headers, head());
}
