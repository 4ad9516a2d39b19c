import type { ClientOptions } from "@convo/client";
import type { StandardSchema } from "../types/schema.ts";
import type { Configured, RecordShape, UserFields, VendorClient, VendorShape } from "../types/shape.ts";
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
} & (M extends { values: "string" }
    ? {
        /** Keeps any JSON value in metadata that holds only strings, with `encodeMetadata`; reads give the values back. Default false. */
        encode?: Encode;
      }
    : unknown) &
  (M extends { values: unknown }
    ? {
        /** What this vendor's metadata must be, see `StandardSchema`; wins over that of `createConvo`. */
        schema?: Schema;
      }
    : unknown) & { readonly [K in keyof Rest]: Rest[K] };

type Body<V extends RecordShape> = RequestOf<
  V["record"]["paths"],
  V["record"]["update"],
  V["record"]["envelope"]
>;
type Rest<V extends RecordShape> = PathOptions<
  V["record"]["paths"],
  V["record"]["update"],
  V["record"]["id"]
>;

/** Makes configured providers of one vendor. `data` is the record, for docs and capability tables. */
export interface ProviderFactory<V extends RecordShape = RecordShape> {
  <
    const UF extends UserFields<Body<V>, V["record"]["metadata"], Encode> = None,
    const Encode extends boolean = false,
    Schema extends StandardSchema | undefined = undefined,
  >(
    ...options: None extends Rest<V>
      ? [options?: FactoryOptions<None, UF, Encode, Schema, V["record"]["metadata"]>]
      : [options: FactoryOptions<Rest<V>, UF, Encode, Schema, V["record"]["metadata"]>]
  ): Provider<Configured<V, UF, Encode, Schema>>;
  /** The record that it was made of. */
  readonly data: ProviderData;
  /** Only for the type checker; not there at run time. */
  readonly shape?: V;
}

/** The shape that a factory was made for. */
export type ShapeMadeBy<F extends { readonly shape?: RecordShape }> = NonNullable<F["shape"]>;

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
  ): ProviderFactory<
    VendorShape<{
      paths: Paths;
      client: C;
      read: R;
      update: U;
      id: Id;
      fields: F;
      metadata: M;
      lookup: L;
      envelope: E;
      verbs: V;
    }>
  > => {
    const create = (options?: RuntimeOptions): Provider =>
      configure(data as unknown as ProviderData, options);
    return Object.assign(create, { data }) as never;
  };
}
