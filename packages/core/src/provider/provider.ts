import type { CallOptions, ClientOptions, FieldLimits, Target } from "@convo/client";
import type { Listener } from "../observe/listener.ts";
import type { CommonField } from "../types/conversation.ts";
import type { StandardSchema } from "../types/schema.ts";
import type { Shape } from "../types/shape.ts";
import type { Lookup } from "./lookup.ts";
import type { MetadataRules, ProviderData } from "./record.ts";

/** Anything that lets one holder at a time in: a mutex, a Postgres advisory lock, a Redis lock. */
export interface Lock {
  /**
   * Runs `fn` while nobody else holds `key`, and settles as `fn` does.
   * @param key names vendor, base URL, account and conversation
   * @param signal aborted when no caller waits for the result any more
   */
  withLock<T>(key: string, fn: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Options that every provider takes, beside those of its client. */
export interface ProviderOptions extends ClientOptions {
  /** Tells accounts apart whose conversations may share ids. Updates are queued per vendor, base URL, account and conversation. */
  account?: string | undefined;
  /** Held from the read to the last check of every update: with it, nothing is lost across processes either. */
  lock?: Lock | undefined;
  /** Told of every step; wins over that of `createConvo`. */
  observe?: Listener | undefined;
}

/** A configured provider: a record, a client, and what the caller chose. `createConvo` takes it. */
export interface Provider<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly name: string;
  /** The record that it was made of. */
  readonly data: ProviderData;
  /** The vendor's own typed client, over the same transport. */
  readonly client: S["client"];
  /** What the caller chose, without `fields`, `encode` and `schema`. */
  readonly options: ProviderOptions;
  /** Where each common field goes on the wire: a field, `metadata.<key>`, or nowhere. */
  readonly fields: Readonly<Record<CommonField, string | null>>;
  /** How the vendor keeps metadata; `null` where it has none. */
  readonly metadata: MetadataRules | null;
  /** What the record calls a field of an answer, and where it is there, where the two differ. */
  readonly answerNames: readonly (readonly [name: string, path: string])[];
  /** Those of the record's names that lead into an object: `properties.subject`. */
  readonly nested: readonly string[];
  /** Fields that every write repeats from the read before it. */
  readonly resend: readonly string[];
  /** Whether any JSON value may be kept where the vendor holds strings only. */
  readonly encode: boolean;
  /** Path parameters besides the id. */
  readonly path: Readonly<Record<string, string>>;
  /** Limits of the fields of the update's body, from the spec. */
  readonly limits: Readonly<Record<string, FieldLimits>>;
  /** Finds the id in the path from another one that the vendor knows; `undefined` where there is no other. */
  readonly lookup: Lookup | undefined;
  /** What tells conversations with one id apart, but for where requests go: vendor, account, further path parameters. */
  readonly scope: string;
  /** Receives every step. */
  readonly observe?: Listener;
  /** Where requests with these options go, and as whom; a promise only if a key function has to be called. Throws `ConvoError`. */
  resolveTarget(options: CallOptions): Target | Promise<Target>;
  /** What the metadata must fit, where the vendor has any. */
  readonly schema?: StandardSchema;
  /** Only for the type checker; not there at run time. */
  readonly shape?: S;
}

/** Providers under the names the caller gave them. */
export type Providers = { readonly [name: string]: Provider };

/** The shape of a provider. */
export type ShapeIn<P> = P extends Provider<infer S> ? S : never;
