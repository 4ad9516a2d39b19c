import type { ClientOptions } from "@convo/client";
import type { StandardSchema } from "../types/schema.ts";
import type { ShapeOf, UserFields, VendorClient } from "../types/shape.ts";
import type { PathOf, RequestOf } from "../types/spec.ts";
import type { CheckedData, FieldsOf, IdTypeOf, MetadataOf } from "./check-record.ts";
import type { VerbsFor } from "./check-verbs.ts";
import { configure, type RuntimeOptions } from "./configure.ts";
import type { Provider, ProviderOptions } from "./provider.ts";
import type { Envelope, ProviderData } from "./record.ts";

type None = Record<never, never>;

type PathOptions<Paths, U extends string, Id> = Omit<PathOf<Paths, U>, Id & PropertyKey>;

/** Everything a provider's factory takes; path parameters other than the id are required. */
export type FactoryOptions<Rest, UF, Encode, Schema, M> = ProviderOptions & {
  /** Puts a common field where this vendor has none of its own: `{ name: "metadata.title" }`, or into another of its fields. */
  fields?: UF | undefined;
  /** Keeps any JSON value in metadata that holds only strings, with `encodeMetadata`; reads give the values back. Default false. */
  encode?: M extends { values: "string" } ? Encode : never;
  /** What this vendor's metadata must be, see `StandardSchema`; wins over that of `createConvo`. */
  schema?: M extends { values: unknown } ? Schema : never;
} & { readonly [K in keyof Rest]: Rest[K] };

/** Makes configured providers of one vendor. `data` is the record, for docs and capability tables. */
export interface ProviderFactory<
  Paths,
  C,
  R extends string,
  U extends string,
  Id extends string,
  F,
  M,
  L,
  E = None,
  V = None,
> {
  <
    const UF extends UserFields<RequestOf<Paths, U, E>, M, Encode> = None,
    const Encode extends boolean = false,
    Schema extends StandardSchema | undefined = undefined,
  >(
    ...options: None extends PathOptions<Paths, U, Id>
      ? [options?: FactoryOptions<None, UF, Encode, Schema, M>]
      : [options: FactoryOptions<PathOptions<Paths, U, Id>, UF, Encode, Schema, M>]
  ): Provider<ShapeOf<Paths, C, R, U, Id, F, M, L, UF, Encode, Schema, E, V>>;
  readonly data: ProviderData;
}

/**
 * Checks a provider record against a vendor's generated `paths` and makes the provider's factory of it.
 * A route, key or value type that the spec does not have is a compile error on the line that names it, and so is a
 * common field without an answer.
 */
export function defineProvider<Paths>() {
  return <
    C extends VendorClient,
    const R extends string,
    const U extends string,
    const Id extends string,
    const Self extends string,
    const F extends FieldsOf<Paths, R, U, E, N>,
    const M extends MetadataOf<Paths, R, U, E, N>,
    const L extends string = never,
    const Rows extends string = never,
    const E extends Envelope = None,
    const N extends Readonly<Record<string, string>> = None,
    const V extends VerbsFor<Paths> = None,
  >(
    data: CheckedData<Paths, R, U, Id, Self, L, Rows, E, N> &
      IdTypeOf<Paths, U, Id, L> & {
        readonly client: (options?: ClientOptions) => C;
        readonly fields: F;
        readonly metadata: M;
        /** What the vendor can do besides reading and updating; without it, nothing. */
        readonly verbs?: V;
      },
  ): ProviderFactory<Paths, C, R, U, Id, F, M, L, E, V> => {
    const create = (options?: RuntimeOptions): Provider =>
      configure(data as unknown as ProviderData, options);
    return Object.assign(create, { data }) as never;
  };
}
