import type { SpecOperation } from "./spec.ts";
import type { Doc, VendorName } from "./types.ts";

/**
 * What a fault can do:
 * - `status`: answers `status` (default 503) in the vendor's own words, with `retryAfter` seconds if given;
 * - `latency`: waits `ms` first, then goes on as usual;
 * - `reset-before`, `reset-after`: drops the connection before, or after, the request was processed;
 * - `truncate`: processes the request, then sends half of the response and drops the connection;
 * - `hang`: never answers;
 * - `break-stream`, `stall-stream`: sends `after` events of a stream, then drops the connection, or sends nothing more;
 * - `rate-limit`: 429 from request `limit` + 1 on within `windowMs`, until cleared;
 * - `other-writer`: after this read, another writer changes the conversation (`change`, or a default of the vendor).
 */
export const FAULT_KINDS = [
  "status",
  "latency",
  "reset-before",
  "reset-after",
  "truncate",
  "hang",
  "break-stream",
  "stall-stream",
  "rate-limit",
  "other-writer",
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to inject. Without `vendor` and `operation` it meets every request. */
export interface Fault {
  /** What happens. */
  readonly kind: FaultKind;
  /** Only requests to this vendor. Default: every vendor. */
  readonly vendor?: VendorName;
  /** An operationId, or a route such as `"PATCH /v1/conversations/{conversation_id}"`. */
  readonly operation?: string;
  /** How many requests it meets, 1 or more; `null`: all of them until it is taken back. Default 1; `rate-limit` always stays. */
  readonly times?: number | null;
  /** Status of the answer under `status`, 200 to 599. Default 503. */
  readonly status?: number;
  /** Seconds for the `Retry-After` header. */
  readonly retryAfter?: number;
  /** Response body of `status` instead of the vendor's own. */
  readonly body?: unknown;
  /** Milliseconds of `latency`; default 1000. */
  readonly ms?: number;
  /** Events that `break-stream` and `stall-stream` let through; default 1. */
  readonly after?: number;
  /** Requests per window of `rate-limit`; default 5. */
  readonly limit?: number;
  /** Window of `rate-limit` in milliseconds; default 10,000. */
  readonly windowMs?: number;
  /** Fields `other-writer` sets; `metadata` is merged. */
  readonly change?: Doc;
}

/** A fault waiting for requests. */
export interface ArmedFault extends Fault {
  readonly id: number;
  left: number | null;
  readonly hits: number[];
}

/** The faults of one sandbox. */
export interface Faults {
  add(fault: Fault): ArmedFault;
  list(): readonly ArmedFault[];
  clear(id?: number): void;
  /** The faults that meet this request; each is used up once. */
  take(operation: SpecOperation): readonly ArmedFault[];
}

/** What an operation must do for a fault of these kinds to have anything to act on. */
const NEEDS: Partial<Record<FaultKind, { readonly what: string; has(operation: SpecOperation): boolean }>> = {
  "other-writer": { what: "reads one conversation", has: ({ id }) => id === "getConversation" },
  "break-stream": { what: "can answer with a stream", has: streams },
  "stall-stream": { what: "can answer with a stream", has: streams },
};

function streams({ responses }: SpecOperation): boolean {
  return Object.values(responses).some(({ eventPointer }) => eventPointer !== undefined);
}

/** Why a fault of this kind takes no effect on any of these operations; `undefined` if it does on one. */
export function pointless(kind: FaultKind, operations: readonly SpecOperation[]): string | undefined {
  const need = NEEDS[kind];
  if (need === undefined || operations.some(need.has)) return undefined;
  return `${kind} needs an operation that ${need.what}`;
}

export function createFaults(): Faults {
  let armed: ArmedFault[] = [];
  let count = 0;
  return {
    add(fault) {
      count += 1;
      const left = fault.times === undefined ? 1 : fault.times;
      const entry = { ...fault, id: count, left: fault.kind === "rate-limit" ? null : left, hits: [] };
      armed.push(entry);
      return entry;
    },
    list: () => armed,
    clear: (id) => {
      armed = id === undefined ? [] : armed.filter((fault) => fault.id !== id);
    },
    take(operation) {
      const met: ArmedFault[] = [];
      for (const fault of armed) {
        if (fault.vendor !== undefined && fault.vendor !== operation.vendor) continue;
        if (fault.operation !== undefined && ![operation.id, operation.route].includes(fault.operation))
          continue;
        if (pointless(fault.kind, [operation])) continue;
        if (fault.left !== null) fault.left -= 1;
        met.push(fault);
      }
      armed = armed.filter((fault) => fault.left === null || fault.left > 0);
      return met;
    },
  };
}

/** Seconds to wait if this request is over the fault's window, else undefined; counts the request. */
export function overLimit(fault: Fault | ArmedFault, now: number): number | undefined {
  if (!("hits" in fault)) return fault.retryAfter ?? 1;
  return windowWait(fault.hits, now, fault.limit ?? 5, fault.windowMs ?? 10_000);
}

/** A sliding window: drops old hits, then either counts this one or says how many seconds to wait. */
export function windowWait(hits: number[], now: number, limit: number, windowMs: number): number | undefined {
  while (hits.length > 0 && (hits[0] ?? 0) <= now - windowMs) hits.shift();
  if (hits.length < limit) {
    hits.push(now);
    return undefined;
  }
  return Math.max(1, Math.ceil(((hits[0] ?? now) + windowMs - now) / 1000));
}
