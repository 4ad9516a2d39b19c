import type { HttpOptions, UpdateOptions, UpdateResult } from "./changes.ts";
import type { Conversation } from "./conversation.ts";
import { invalid } from "./errors.ts";
import { createHandle } from "./handle.ts";
import type { Observer } from "./observe.ts";
import type { Plan } from "./plan.ts";
import type { ProbeOptions, ProbeReport } from "./probe.ts";
import type { Provider } from "./provider.ts";
import { createSeveral, type Several } from "./several.ts";
import type { ChangesUnder, Shape, Unsupported } from "./shape.ts";

/** A conversation that was read. */
export interface GetResult<Raw = unknown> {
  readonly conversation: Conversation;
  /** The vendor's own body. */
  readonly raw: Raw;
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly attempts: number;
}

/** What one vendor can do. */
export interface Handle<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly provider: string;
  /** The vendor's own typed client, over the same transport. */
  readonly client: S["client"];
  /** Reads a conversation. Throws `ConvoError`; `bad_response` if the answer is not the conversation asked for. */
  get(id: S["id"], options?: HttpOptions): Promise<GetResult<S["raw"]>>;
  /**
   * Changes a conversation: common fields, metadata (merged), fields of the vendor's own. Updates of one conversation run one after the
   * other, and those that wait share one write.
   *
   * @throws ConvoError before any request for changes that cannot be made (`invalid`, `unsupported`, `limit`); afterwards
   * `not_applied` if the vendor's answer shows that it did not do it, `conflict` if other writers keep undoing it, or a kind of the transport
   */
  update<P extends Unsupported = "error">(
    id: S["id"],
    changes: ChangesUnder<S, P>,
    options?: UpdateOptions<P>,
  ): Promise<UpdateResult<S["raw"] | S["answer"]>>;
  /** Reads the conversation and says what an update would send and change; sends no write. Throws as `update` does. */
  plan<P extends Unsupported = "error">(
    id: S["id"],
    changes: ChangesUnder<S, P>,
    options?: UpdateOptions<P>,
  ): Promise<Plan>;
  /** Does what was planned, unless the conversation has changed since: then it throws `conflict` and sends nothing. */
  apply(plan: Plan, options?: HttpOptions): Promise<UpdateResult<S["raw"] | S["answer"]>>;
  /**
   * Measures what the vendor really does with an update, on conversations that it creates and deletes, or on the one given: whether
   * it merges or replaces, what null and `{}` do, limits, echo. Throws `ConvoError`.
   */
  probe(options?: ProbeOptions): Promise<ProbeReport>;
}

/** Providers under the names the caller gave them. */
export type Providers = { readonly [name: string]: Provider };

/** The shape of a provider. */
export type ShapeIn<P> = P extends Provider<infer S> ? S : never;

/** One handle per provider, and `update` over several. */
export type Convo<P extends Providers> = { readonly [K in keyof P]: Handle<ShapeIn<P[K]>> } & Several<P>;

/** What holds for all providers that say nothing else. */
export interface ConvoOptions {
  /** Told of every step of every update, `get` and `plan`. */
  readonly observe?: Observer;
}

/**
 * Puts providers together: `createConvo({ openai: openai(), chatdash: chatdash({ agentId }) })`.
 *
 * @throws ConvoError of kind `invalid` for the one name that is taken, `update`.
 */
export function createConvo<P extends Providers>(providers: P, options?: ConvoOptions): Convo<P> {
  if (Object.hasOwn(providers, "update"))
    throw invalid("convo", "update", "update is no name for a provider");
  const handles: Record<string, unknown> = {};
  const configured: Record<string, Provider> = {};
  for (const [name, provider] of Object.entries(providers)) {
    configured[name] = options ? { ...options, ...provider } : provider;
    handles[name] = createHandle(configured[name]);
  }
  return { ...handles, ...createSeveral(configured) } as unknown as Convo<P>;
}
