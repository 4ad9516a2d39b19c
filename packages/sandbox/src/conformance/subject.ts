import type { Doc } from "../engine/types.ts";

/** What the suite reads of a conversation. */
export interface ConformanceConversation {
  /** The vendor's name. */
  readonly provider: string;
  /** The id. */
  readonly id: string | number;
  /** The whole metadata document; absent where the vendor has none. */
  readonly metadata?: object;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  /** ISO 8601, UTC. */
  readonly updatedAt?: string;
}

/** What the suite reads of the result of an update. */
export interface ConformanceResult {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The conversation after the update. */
  readonly conversation: ConformanceConversation;
  /** What proves the change: the answer, a read, or the status alone. */
  readonly confirmed: "echo" | "read" | "none";
  /** Calls of the client: look-up, read, write, read-back. */
  readonly calls: number;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
  /** What the caller should know. */
  readonly warnings: readonly { readonly field: string }[];
  /** What the update did to the metadata; `null` if it did not touch it. */
  readonly diff: { readonly added: object; readonly changed: object; readonly removed: object } | null;
}

/** A client of one vendor's conversations: what `createConvo({ it: provider }).it` of `@convo/core` is. */
export interface ConformanceClient {
  // Methods, so that a client whose types know its vendor better fits as well.
  /** Reads a conversation. */
  get(
    id: string | number,
  ): Promise<{ readonly conversation: ConformanceConversation; readonly raw: unknown }>;
  /** Changes a conversation. */
  update(id: string | number, changes: object, options?: object): Promise<ConformanceResult>;
}

/** What the suite calls of a client whose subject says how to create a conversation. */
export interface ConformanceVerbs {
  /** Creates a conversation. */
  create(
    changes: object,
    options?: object,
  ): Promise<{ readonly id: string | number; readonly existed: boolean }>;
  /** Whether a read finds it. */
  exists(id: string | number): Promise<boolean>;
  /** Deletes it. */
  delete(id: string | number): Promise<unknown>;
  /** Called only where the subject says that its vendor can list. */
  list(): AsyncIterable<{ readonly id: string | number }>;
  /** Reads it with its messages. */
  export(id: string | number): Promise<{
    readonly conversation: ConformanceConversation;
    readonly messages: readonly { readonly role: string; readonly text: string }[];
  }>;
}

/** A request as it arrived at the vendor. */
export interface ArrivedRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON. */
  readonly body?: unknown;
}

/** The vendor's side of the wire: a vendor of the sandbox (`sandboxBackend`), or a server of your own. */
export interface Backend {
  /** The conversation's id as it stands in the path. */
  readonly id: string | number;
  /** Back to the same conversation, no fault, and an empty log. */
  reset(): void | Promise<void>;
  /** The conversation as it is kept, behind the API's back. */
  stored(): Doc;
  /** What arrived since the reset, oldest first. */
  requests(): readonly ArrivedRequest[];
  /** Drops the connection of the next write: `before` it is done, or `after`, so that only its answer is lost. */
  dropNextWrite(when: "before" | "after"): void;
  /** Adds to the metadata as another writer would, right after the next read of the conversation. */
  writeAfterNextRead(metadata: Readonly<Record<string, string>>): void;
}

/** What must stand in each header, by its lower-case name. */
type Headers = Readonly<Record<string, RegExp>>;

/** A provider under test: how to reach it, and what must be true of it. */
export interface Subject {
  /** What the provider says of itself: a provider of `@convo/core` as it is. */
  readonly provider: {
    readonly name: string;
    /** Where each common field goes on the wire; `null`: nowhere. */
    readonly fields: Readonly<Record<string, string | null>>;
    /** The wire field that holds the metadata; `null`: the vendor has none. */
    readonly metadata: { readonly field: string; readonly write?: string } | null;
    /** Which fields of an answer are times; `null`: the vendor does not tell. */
    readonly timestamps?: { readonly createdAt: string | null };
  };
  /** The vendor's side of the wire. */
  readonly backend: Backend;
  /** Makes a client that talks to the backend; called for every case. */
  connect(): ConformanceClient;
  /** The conversation as callers name it. */
  readonly id: string | number;
  /** An id of the right form that no conversation has. */
  readonly missing: string | number;
  /** How an update must arrive, by the vendor's documentation; of the headers, the one with the key at least. */
  readonly write: { readonly method: string; readonly path: string; readonly headers: Headers };
  /** A common field that holds text, with a new value; left out where the vendor has metadata only. */
  readonly field?: { readonly name: string; readonly value: string };
  /** How a conversation is created, and whether the vendor can list; left out where the client has no verb for it. */
  readonly creation?: { readonly changes: object; readonly options?: object; readonly listed: boolean };
  /** Whether the vendor answers an update with the conversation, or what was sent of it. Default true. */
  readonly echo?: boolean;
  /** Requests that look the id up before the first use. Default: none, ids are put into the path. */
  readonly lookups?: number;
  /** Reads before every write, of a vendor that demands or replaces fields that a caller does not name. Default: none. */
  readonly reads?: number;
  /** The conversation of a raw answer, where that is more than the conversation. */
  readonly open?: (raw: unknown) => Doc;
  /** How many keys the metadata holds. Default: any number. */
  readonly maxKeys?: number;
}

/** One thing that must hold. */
export interface ConformanceCase {
  /** The vendor and the requirement. */
  readonly name: string;
  /** Resets the backend, and tries. Rejects with an `AssertionError` when it does not hold. One at a time per backend. */
  run(): Promise<void>;
}
