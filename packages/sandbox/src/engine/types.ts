/** A JSON object as it travels on the wire. Keys that start with `$` are the sandbox's own and never leave it. */
export type Doc = Record<string, unknown>;

/** The five vendors, by the one name each has everywhere in the project. */
export const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"] as const;

/** One of the five vendors. */
export type VendorName = (typeof VENDORS)[number];

/** One server-sent event: its name, if it has one, and what it carries as JSON. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/**
 * What a handler answers. `body` is sent as JSON, `text` as it stands (then `type` names its media type), `events` as a
 * stream of server-sent events that ends with the text `end`.
 */
export interface Reply {
  readonly events?: readonly StreamEvent[];
  readonly end?: string;
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by handlers to refuse a request: nothing the handler wrote is kept, and the reply is sent. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.name = "Refusal";
    this.reply = reply;
  }
}

/** One place where a request breaks the spec. `keyword` is JSON Schema's. */
export interface Issue {
  readonly keyword: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly limit?: number;
  /** The only values that are right, where there is such a list. */
  readonly allowed?: readonly unknown[];
  readonly actual?: unknown;
}

/** What can be wrong with a request before (or beside) a vendor's own rules; each vendor words it its own way. */
export type Problem =
  | { readonly kind: "route"; readonly method: string; readonly path: string }
  | { readonly kind: "method"; readonly method: string }
  | { readonly kind: "json" }
  | { readonly kind: "too_large"; readonly limit: number }
  | { readonly kind: "too_deep"; readonly limit: number }
  | { readonly kind: "invalid"; readonly where: "path" | "query" | "body"; readonly issue: Issue }
  | { readonly kind: "rate"; readonly retryAfter: number }
  | { readonly kind: "status"; readonly status: number };

/** One operation of a spec, found by its route. */
export interface Operation {
  readonly vendor: VendorName;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** `"PATCH /v1/conversations/{conversation_id}"` */
  readonly route: string;
  readonly reads: boolean;
}
