import { maskHeaders, maskQuery } from "./mask.ts";
import type { Doc, VendorName } from "./types.ts";

/** One request the sandbox answered, or refused to. */
export interface RequestRecord {
  /** Counts from 1 since the start or the last reset. */
  readonly id: number;
  /** Counts every beginning and every end of a request: what is above the last one seen is new or has ended since. */
  revision: number;
  /** Whether the request is still under way: nothing of the answer is known yet. */
  pending: boolean;
  /** ISO 8601 time of arrival. */
  readonly at: string;
  /** Whose operation it is. */
  readonly vendor: VendorName;
  /** operationId, absent when no operation has this route. */
  readonly operation?: string;
  /** Upper case. */
  readonly method: string;
  /** Path on the sandbox's origin, as sent, without the query. */
  readonly path: string;
  /** The query with its `?`; keys are masked. */
  readonly query: string;
  /** Lower-case names; keys are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text if it was not JSON. */
  readonly body?: unknown;
  /** 0 while it is pending, and when the connection was dropped before a status was sent. */
  status: number;
  /** Milliseconds until the answer. */
  ms: number;
  /** The request id that the answer had, where the vendor sends one. */
  requestId?: string;
  /** Parsed JSON, text, or the events of a stream. */
  response?: unknown;
  /** The conversation before a write. */
  before?: Doc;
  /** The conversation after a write. */
  after?: Doc;
  /** Kinds of the faults that met it. */
  faults?: readonly string[];
  /** Set when our own response broke the spec or a handler failed: a defect of the sandbox. */
  contractViolation?: string;
}

/** The newest requests, oldest first. */
export interface RequestLog {
  /** Begins a record. Headers and query are given as they came; keys in them are masked. */
  start(
    entry: Omit<RequestRecord, "id" | "revision" | "pending" | "status" | "ms" | "headers"> & {
      readonly headers: Headers;
    },
  ): RequestRecord;
  /** Says that a request has ended and how many characters of bodies its record holds. */
  finish(record: RequestRecord, characters: number): void;
  all(): readonly RequestRecord[];
}

/** Characters that a record without any body is taken to need. */
const BASE = 1000;

/** A log of the newest `most` requests, and of fewer where their bodies together exceed `characters`. */
export function createLog(most: number, characters: number): RequestLog {
  let entries: (RequestRecord | undefined)[] = [];
  const sizes = new WeakMap<RequestRecord, number>();
  let first = 0;
  let total = 0;
  let count = 0;
  let revision = 0;
  const sizeOf = (record: RequestRecord): number => sizes.get(record) ?? BASE;
  /** Entries before `first` are gone; they are cut off in blocks, since shifting thousands at every request costs more. */
  function trim(): void {
    while (first < entries.length - 1 && (total > characters || entries.length - first > most)) {
      total -= sizeOf(entries[first] as RequestRecord);
      entries[first] = undefined;
      first += 1;
    }
    if (first === 0 || first < entries.length / 2) return;
    entries = entries.slice(first);
    first = 0;
  }
  return {
    start({ headers, query, ...entry }) {
      count += 1;
      const masked = { headers: maskHeaders(headers), query: maskQuery(query) };
      revision += 1;
      const record = { id: count, revision, pending: true, ...entry, ...masked, status: 0, ms: 0 };
      entries.push(record);
      total += BASE;
      trim();
      return record;
    },
    finish(record, length) {
      revision += 1;
      Object.assign(record, { revision, pending: false });
      // Gone already, with what was cleared or trimmed.
      if (record.id < (entries[first]?.id ?? Number.POSITIVE_INFINITY)) return;
      total += length + BASE - sizeOf(record);
      sizes.set(record, length + BASE);
      trim();
    },
    all: () => entries.slice(first) as RequestRecord[],
  };
}
