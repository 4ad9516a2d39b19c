import { type AllProviders, createAll } from "./all.ts";
import type { Feed } from "./catalogue/feed.ts";
import { invalidArgument } from "./errors.ts";
import { createHandle, type Handle } from "./handle.ts";
import { isDocument } from "./metadata/json.ts";
import type { Listener } from "./observe/listener.ts";
import { assertOptions } from "./options.ts";
import type { Provider, Providers, ShapeIn } from "./provider/provider.ts";
import { type Catalogue, FEED } from "./types/catalogue.ts";
import type { StandardSchema } from "./types/schema.ts";
import type { Under } from "./types/shape.ts";
import { createVerbs, type VerbHandle } from "./verbs.ts";

/** One handle per provider under its name, and `all` for several of them at once. */
export type Convo<P extends Providers> = {
  readonly [K in keyof P]: Handle<ShapeIn<P[K]>> & VerbHandle<ShapeIn<P[K]>>;
} & {
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
  /** Told of every step of every operation. */
  readonly observe?: Listener;
  /** Receives every conversation that is seen, see `createCatalogue` of `@convo/core/catalogue`. */
  readonly catalogue?: Catalogue;
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
  if (!isDocument(providers)) throw invalidArgument("convo", "providers", "providers must be an object");
  if (Object.hasOwn(providers, "all"))
    throw invalidArgument("convo", "all", `"all" is reserved; give the provider another name`);
  assertOptions("convo", "createConvo", options);
  const { catalogue, ...shared } = options ?? {};
  const feed = (catalogue as { readonly [FEED]?: Feed } | undefined)?.[FEED];
  const handles: Record<string, unknown> = {};
  const configured: Record<string, Provider> = {};
  for (const [name, provider] of Object.entries(providers)) {
    if (typeof provider !== "object" || !provider?.data)
      throw invalidArgument("convo", name, `${name} is not a provider: pass what openai() returns`);
    configured[name] = options ? { ...shared, ...provider } : provider;
    const handle = createHandle(configured[name]);
    const calls = { ...handle, ...createVerbs(configured[name], handle.update as never) };
    handles[name] = feed ? feed.handle(calls, name, configured[name]) : calls;
  }
  const all = createAll(configured, handles as never, catalogue);
  return { ...handles, all: feed ? feed.all(all as never, configured) : all } as never;
}
