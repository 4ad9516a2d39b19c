import type { Account, SandboxOptions } from "../options.ts";
import type { Collection, Kind } from "../store/store.ts";
import type { Doc, Issue, Operation, Problem, Reply, VendorName } from "./types.ts";

/** Everything a handler gets; handlers are synchronous, so that one request is one transaction. */
export interface Call {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Doc;
  readonly body: unknown;
  readonly headers: Headers;
  readonly url: URL;
  readonly store: Collection;
  readonly account: Account;
  readonly options: SandboxOptions;
  /** What is wrong with a value by a schema of the vendor's spec; undefined if nothing is. */
  check(schema: string, value: unknown): Issue | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Answers one operation. */
export type Handler = (call: Call) => Reply;

/** One vendor: where it lives, how it checks keys, how it words errors, and one handler per operation. */
export interface VendorRules {
  readonly name: VendorName;
  /** Path of the vendor's base URL on the sandbox's origin. */
  readonly mount: string;
  readonly env: { readonly apiKey: string; readonly baseUrl: string };
  /** A well-formed key, for the lines the CLI prints. */
  readonly sampleKey: string;
  /** Other variables that lead to the rows of the seed, such as the agent they are of. */
  readonly sampleEnv?: Readonly<Record<string, string>>;
  readonly keyHeader: string;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Whether a body property the spec does not name is refused. */
  readonly unknownFields: "refuse" | "ignore";
  /** Reads the key and finds its account, or throws a `Refusal` with the vendor's own 401 or 403. */
  authenticate(headers: Headers, options: SandboxOptions): Account;
  errorResponse(problem: Problem): Reply;
  /** Headers on every response, errors included. */
  headers?(call: { readonly now: number; readonly startedAt: number }): Record<string, string>;
  /** Runs before validation, for rules that come first at the vendor (id shape, rate limits). */
  before?(call: Call, state: VendorState): Readonly<Record<string, string>>;
  /** A path the spec does not know: a redirect, say. */
  unmatched?(method: string, url: URL): Reply | undefined;
  /** The path parameter that names a conversation. */
  readonly idParam: string;
  readonly routes: Readonly<Record<string, Handler>>;
  /** The conversation as stored, by any id the vendor accepts. */
  find(store: Collection, id: string): Doc | undefined;
  /** What another writer changes in a conversation when a fault asks for one and names no change; metadata is merged. */
  otherWriter(now: number): Doc;
  /** How a conversation is created, for the page: a path below the mount, and a body to begin with. */
  readonly newConversation?: { readonly path: string; readonly body: Doc };
  readonly seed: Readonly<Record<string, readonly Doc[]>>;
}

/** Memory of one vendor that does not survive a restart (rate-limit windows). */
export interface VendorState {
  readonly windows: Map<string, number[]>;
}
