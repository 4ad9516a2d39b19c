import type { Doc, VendorName } from "./types.ts";

/** One request the sandbox answered, or refused to. */
export interface RequestRecord {
  readonly id: number;
  /** ISO 8601 time of arrival. */
  readonly at: string;
  readonly vendor: VendorName;
  /** operationId, absent when no operation has this route. */
  readonly operation?: string;
  readonly method: string;
  /** Path on the sandbox's origin, as sent, without the query. */
  readonly path: string;
  readonly query: string;
  /** Lower-case names; the key is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text if it was not JSON. */
  readonly body?: unknown;
  /** 0 when the connection was dropped before a status was sent. */
  status: number;
  ms: number;
  requestId?: string;
  response?: unknown;
  /** The conversation before and after a write. */
  before?: Doc;
  after?: Doc;
  faults?: readonly string[];
  /** Set when our own response broke the spec or a handler failed: a defect of the sandbox. */
  breach?: string;
}

/** The newest requests, oldest first. */
export interface RequestLog {
  start(entry: Omit<RequestRecord, "id" | "status" | "ms">): RequestRecord;
  all(): readonly RequestRecord[];
  clear(): void;
}

export function createLog(size: number): RequestLog {
  let entries: RequestRecord[] = [];
  let count = 0;
  return {
    start(entry) {
      count += 1;
      const record: RequestRecord = { id: count, ...entry, status: 0, ms: 0 };
      entries.push(record);
      // Cut in blocks: shifting an array of thousands at every request would cost more than the request.
      if (entries.length > size * 2) entries = entries.slice(-size);
      return record;
    },
    all: () => (entries.length > size ? entries.slice(-size) : entries),
    clear: () => {
      entries = [];
    },
  };
}

const SECRET = new Set(["authorization", "x-bare-password", "cookie", "proxy-authorization", "x-api-key"]);

/** Headers for the log. Of a secret only its scheme word (`Bearer`, `Api-Key`) is kept. */
export function maskHeaders(headers: Headers): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of headers) {
    const scheme = /^([A-Za-z-]+) ./.exec(value)?.[1];
    out[name] = !SECRET.has(name) ? value : scheme === undefined ? "***" : `${scheme} ***`;
  }
  return out;
}
