import { type AllProviders, createAll } from "./all.ts";
import type { BulkOptions, BulkRun } from "./bulk/bulk.ts";
import type { JournalStore } from "./bulk/journal.ts";
import type { BulkLine } from "./bulk/targets.ts";
import type { UndoResult } from "./bulk/undo.ts";
import { invalid } from "./errors.ts";
import { createHandle } from "./handle.ts";
import type { Listener } from "./observe/listener.ts";
import type { Plan } from "./plan.ts";
import type { ProbeOptions, ProbeReport } from "./probe/probe.ts";
import type { Provider } from "./provider/provider.ts";
import type { StandardSchema } from "./types/schema.ts";
import type { ChangesUnder, Merge, MetadataIn, Shape, Under, Unsupported } from "./types/shape.ts";
import type { GetResult, HttpOptions, UpdateOptions, UpdateResult } from "./types/update.ts";

/** What one vendor can do. */
export interface Handle<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly provider: string;
  /** The vendor's own typed client, over the same transport. */
  readonly client: S["client"];
  /**
   * Reads a conversation.
   *
   * @throws ConvoError `bad_response` if the answer is not the conversation asked for; `invalid` if its metadata breaks the schema:
   * an `UpdateError` with every path in `violations` and what was read in `result`
   */
  get(id: S["id"], options?: HttpOptions): Promise<GetResult<S["raw"], MetadataIn<S>>>;
  /**
   * Changes a conversation: common fields, metadata (merged), fields of the vendor's own. Updates of one conversation run one after the
   * other, and those that wait share one write.
   *
   * @throws ConvoError before any request for changes that cannot be made (`invalid`, `unsupported`, `limit`); afterwards
   * `not_applied` if the vendor's answer shows that it did not do it, `conflict` if other writers keep undoing it, or a kind of the transport
   */
  update<P extends Unsupported = "error", M extends Merge = "shallow">(
    id: S["id"],
    changes: ChangesUnder<S, P, M>,
    options?: UpdateOptions<P, M>,
  ): Promise<ResultIn<S>>;
  /** Reads the conversation and says what an update would send and change; sends no write. Throws as `update` does. */
  plan<P extends Unsupported = "error", M extends Merge = "shallow">(
    id: S["id"],
    changes: ChangesUnder<S, P, M>,
    options?: UpdateOptions<P, M>,
  ): Promise<Plan>;
  /** Does what was planned, unless the conversation has changed since: then it throws `conflict` and sends nothing. */
  apply(plan: Plan, options?: HttpOptions): Promise<ResultIn<S>>;
  /**
   * Changes many conversations: any iterable of `{ id, changes }`, of any length, in constant memory. It learns the vendor's limit, keeps
   * the order of each conversation, and with a `journal` can be resumed and undone. It works as its results are read.
   */
  updateMany<P extends Unsupported = "error", M extends Merge = "shallow">(
    lines: Lines<BulkLine<S["id"], ChangesUnder<S, P, M>>>,
    options?: BulkOptions & Omit<UpdateOptions<P, M>, "current">,
  ): BulkRun<ResultIn<S>, BulkLine<S["id"], ChangesUnder<S, P, M>>>;
  /**
   * Takes back what a run of `updateMany` (given its journal) or a single update (given its result) has changed, newest first, where
   * nobody has written since. It works as its results are read; each says what was left alone.
   */
  undo(
    what: JournalStore | UpdateResult,
    options?: Pick<BulkOptions, "concurrency" | "signal"> & HttpOptions,
  ): AsyncIterable<UndoResult>;
  /**
   * Measures what the vendor really does with an update, on conversations that it creates and deletes, or on the one given: whether
   * it merges or replaces, what null and `{}` do, limits, echo. Throws `ConvoError`.
   */
  probe(options?: ProbeOptions): Promise<ProbeReport>;
}

/** Anything that gives one item after the other. */
export type Lines<Line> = Iterable<Line> | AsyncIterable<Line>;

/** What an update gives at a vendor. */
export type ResultIn<S extends Shape> = UpdateResult<S["raw"] | S["answer"], MetadataIn<S>>;

/** Providers under the names the caller gave them. */
export type Providers = { readonly [name: string]: Provider };

/** The shape of a provider. */
export type ShapeIn<P> = P extends Provider<infer S> ? S : never;

/** One handle per provider under its name, and `all` for several of them at once. */
export type Convo<P extends Providers> = { readonly [K in keyof P]: Handle<ShapeIn<P[K]>> } & {
  /** The same conversation at several vendors. */
  readonly all: AllProviders<P>;
};

/** Providers under a schema, where they have none of their own. */
export type WithSchema<P extends Providers, Schema> = [Schema] extends [undefined]
  ? P
  : { readonly [K in keyof P]: Provider<Under<ShapeIn<P[K]>, Schema>> };

/** What holds for all providers that say nothing else. */
export interface ConvoOptions<Schema extends StandardSchema | undefined = StandardSchema | undefined> {
  /** What the metadata must be at every vendor that has any, see `StandardSchema`. */
  readonly schema?: Schema;
  /** Told of every step of every update, `get` and `plan`. */
  readonly observe?: Listener;
}

/**
 * Puts providers together: `createConvo({ openai: openai(), chatdash: chatdash({ agentId }) })`.
 *
 * @throws ConvoError of kind `invalid` for the reserved name `all`, for a value that is not a provider, and for unknown options.
 */
export function createConvo<P extends Providers, Schema extends StandardSchema | undefined = undefined>(
  providers: P,
  options?: ConvoOptions<Schema>,
): Convo<WithSchema<P, Schema>> {
  if (Object.hasOwn(providers, "all"))
    throw invalid("convo", "all", `"all" is reserved; give the provider another name`);
  for (const name of Object.keys(options ?? {}))
    if (name !== "schema" && name !== "observe")
      throw invalid("convo", name, `${name} is no option of createConvo`);
  const handles: Record<string, unknown> = {};
  const configured: Record<string, Provider> = {};
  for (const [name, provider] of Object.entries(providers)) {
    if (typeof provider !== "object" || !provider?.data)
      throw invalid("convo", name, `${name} is no provider: give what openai() returns`);
    configured[name] = options ? { ...options, ...provider } : provider;
    handles[name] = createHandle(configured[name]);
  }
  return { ...handles, all: createAll(configured, handles as never) } as never;
}
