import type { Faults } from "./faults.ts";
import type { RequestLog } from "./log.ts";
import type { Shelf, Store } from "./store.ts";
import type { Checker } from "./validate.ts";

/** A JSON object as it travels on the wire. Keys that start with `$` are the sandbox's own and never leave it. */
export type Doc = Record<string, unknown>;

/** The five vendors, by the one name each has everywhere in the project. */
export const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"] as const;

/** One of the five vendors. */
export type VendorName = (typeof VENDORS)[number];

/** What a handler answers. `body` is sent as JSON, `text` as it stands (then `type` names its media type). */
export interface Reply {
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

/** One key the sandbox knows: the data partition it opens and what it may do there. */
export interface Account {
  /** Partition of the data; two keys of one account see the same conversations. Default `"default"`. */
  readonly account?: string;
  /** AgentSight only: a `read` key is refused writes with 403. Default `"write"`. */
  readonly role?: "read" | "write";
  /** Datagrid only: teamspaces an account-wide key may name in `Datagrid-Teamspace`. */
  readonly teamspaces?: readonly string[];
}

/** One place where a request breaks the spec. `keyword` is JSON Schema's. */
export interface Issue {
  readonly keyword: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly limit?: number;
  readonly actual?: unknown;
}

/** What can be wrong with a request before (or beside) a vendor's own rules; each vendor words it its own way. */
export type Problem =
  | { readonly kind: "route"; readonly method: string; readonly path: string }
  | { readonly kind: "method"; readonly method: string }
  | { readonly kind: "json" }
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

/** Everything a handler gets; handlers are synchronous, so that one request is one transaction. */
export interface Call {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Doc;
  readonly body: unknown;
  readonly headers: Headers;
  readonly url: URL;
  readonly store: Shelf;
  readonly account: Account;
  readonly options: SandboxOptions;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Answers one operation. */
export type Handler = (call: Call) => Reply;

/** How documents of one kind are filed: the names of the fields that hold id, parent and a second look-up key. */
export interface Kind {
  readonly id: string;
  readonly parent?: string;
  readonly alias?: string;
}

/** One vendor: where it lives, how it checks keys, how it words errors, and one handler per operation. */
export interface VendorRules {
  readonly name: VendorName;
  /** Path of the vendor's base URL on the sandbox's origin. */
  readonly mount: string;
  readonly env: { readonly apiKey: string; readonly baseUrl: string };
  /** A well-formed key, for the lines the CLI prints. */
  readonly sampleKey: string;
  readonly keyHeader: string;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Whether a body property the spec does not name is refused. */
  readonly unknownFields: "refuse" | "ignore";
  /** Reads the key and finds its account, or throws a `Refusal` with the vendor's own 401 or 403. */
  authenticate(headers: Headers, options: SandboxOptions): Account;
  explain(problem: Problem): Reply;
  /** Headers on every response, errors included. */
  headers?(call: { readonly now: number; readonly startedAt: number }): Record<string, string>;
  /** Runs before validation, for rules that come first at the vendor (id shape, rate limits). */
  before?(call: Call, state: VendorState): Readonly<Record<string, string>>;
  /** A path the spec does not know: a redirect, say. */
  stray?(method: string, url: URL): Reply | undefined;
  /** The path parameter that names a conversation. */
  readonly idParam: string;
  readonly routes: Readonly<Record<string, Handler>>;
  /** The conversation as stored, by any id the vendor accepts. */
  find(store: Shelf, id: string): Doc | undefined;
  /** What another writer does to a conversation when a fault asks for one and names no change. */
  otherWriter(doc: Doc, now: number): Doc;
  readonly seed: Readonly<Record<string, readonly Doc[]>>;
}

/** Memory of one vendor that does not survive a restart (rate-limit windows). */
export interface VendorState {
  readonly windows: Map<string, number[]>;
}

/** Rows to start with, by vendor and kind (`conversation`, `message`, ...). */
export type SeedData = Partial<Record<VendorName, Readonly<Record<string, readonly Doc[]>>>>;

/** Options of {@link createSandbox}; every one is optional. */
export interface SandboxOptions {
  /** SQLite file that keeps the state across restarts. Default: in memory. */
  readonly data?: string;
  /** Rows instead of the built-in ones: an object, or the path of a JSON file. `false` starts empty. */
  readonly seed?: SeedData | string | false;
  /** Keys by vendor. Once a vendor is named here, only these keys open it; otherwise any well-formed key does. */
  readonly accounts?: Partial<Record<VendorName, Readonly<Record<string, Account>>>>;
  /** OpenAI documents neither merge nor replace. Default `"merge"`, which its users report. */
  readonly openai?: { readonly metadata?: "merge" | "replace" };
  /** `agents`: the only agent ids that exist (default: any). `open`: no key needed, as on a self-hosted server. */
  readonly letta?: { readonly agents?: readonly string[]; readonly open?: boolean };
  /** Requests per 60 s and endpoint, `false` for no limit. Default 200. */
  readonly datagrid?: { readonly rateLimit?: number | false };
  /** Whether a PUT resets the fields it does not name. ChatDash does not say. Default `"partial"`. */
  readonly chatdash?: { readonly put?: "partial" | "full" };
  /** How many requests the log keeps. Default 10,000. */
  readonly logSize?: number;
}

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

/** A request as it arrived; `path` holds the decoded path parameters. */
export interface Incoming {
  readonly request: Request;
  readonly url: URL;
  readonly text: string;
  readonly path: Record<string, string>;
}
