import type { ApiResponse, CallOptions, RequestInput, Target as RequestTarget, Vendor } from "@convo/client";
import type { JsonInput } from "../metadata/json.ts";
import type { CommonField, CommonFields } from "./conversation.ts";
import type { StandardSchema } from "./schema.ts";
import type { AnswerOf, At, KeyOf, KnownKey, PathOf, RequestOf } from "./spec.ts";
import type { Merge, Unsupported, UpdateResult } from "./update.ts";
import type { VerbShapes, VerbsOf } from "./verbs.ts";

/** What core needs of a generated client: the vendor's data, and one way to send a request. */
export interface VendorClient {
  readonly vendor: Vendor;
  request(route: string, input?: RequestInput, options?: CallOptions): Promise<ApiResponse<unknown>>;
  resolveTarget(options?: CallOptions): RequestTarget | Promise<RequestTarget>;
}

/** What one configured provider can do, as types: everything the update interface needs to know about it. */
export interface Shape {
  client: VendorClient;
  /** What `update` and `get` take as the conversation's id. */
  id: string | number;
  /** Value of each common field; `never` where the vendor has none. */
  fields: { [K in CommonField]: unknown };
  /** Value of one metadata key; `never` where the vendor has no metadata. */
  value: unknown;
  /** Schema of the metadata; `undefined` without one. */
  schema: unknown;
  /** Fields of the request body, except metadata. */
  native: unknown;
  /** The vendor's answers to a read and to an update. */
  raw: unknown;
  answer: unknown;
  /** What the vendor can do besides `get` and `update`. */
  verbs: VerbShapes;
}

/** Where a user's map may put a common field: into metadata under a key of its own, or into another field of the vendor. */
export type Target<Body, M, Encode, Value> =
  | KeyOf<Body, Value>
  | (Value extends MetadataValue<M, Encode> ? `metadata.${string}` : never);

/** A user's map: common fields the vendor lacks, or has elsewhere. */
export type UserFields<Body, M, Encode> = {
  readonly [K in CommonField]?: Target<Body, M, Encode, CommonFields[K]>;
};

type TargetOf<F, UF, K> = K extends keyof UF ? UF[K] : K extends keyof F ? F[K] : never;

type ValueAt<Body, Key, Common> = Key extends `metadata.${string}`
  ? Common
  : Key extends string
    ? Exclude<At<Body, Key>, undefined>
    : never;

type MetadataValue<M, Encode> = M extends { values: infer V }
  ? [V, Encode] extends ["string", false]
    ? string
    : JsonInput
  : never;

/** Puts a provider record and the caller's options for it together. */
export interface ShapeOf<
  Paths,
  C,
  R extends string,
  U extends string,
  Id extends string,
  F,
  M,
  L,
  UF,
  Encode,
  Schema,
  E,
  V,
> {
  client: C & VendorClient;
  id:
    | (Id extends keyof PathOf<Paths, U> ? PathOf<Paths, U>[Id] & (string | number) : never)
    | ([L] extends [never] ? never : string);
  fields: { [K in CommonField]: ValueAt<RequestOf<Paths, U, E>, TargetOf<F, UF, K>, CommonFields[K]> };
  value: MetadataValue<M, Encode>;
  schema: [Schema] extends [StandardSchema] ? Schema : undefined;
  native: {
    [K in Exclude<KnownKey<RequestOf<Paths, U, E>>, M extends { field: infer Field } ? Field : never>]?:
      | At<RequestOf<Paths, U, E>, K>
      | undefined;
  };
  raw: AnswerOf<Paths, R>;
  answer: AnswerOf<Paths, U>;
  verbs: VerbsOf<Paths, V, M>;
}

type ListOps<Native> = {
  [K in keyof Native as NonNullable<Native[K]> extends readonly unknown[] ? K : never]?: NonNullable<
    Native[K]
  > extends readonly (infer Item)[]
    ? { add?: readonly Item[]; remove?: readonly Item[] }
    : never;
};

type NativeChanges<Native> = {
  /**
   * Fields of the vendor's own request body, under their wire names. One that a common field of the same update sets is refused,
   * and metadata always is: it would not be merged.
   */
  native?: [keyof Native] extends [never] ? never : Native;
  /** Lists that the vendor replaces whole: items to add and to remove, by the same read, merge and write as metadata. */
  lists?: [keyof ListOps<Native>] extends [never] ? never : ListOps<Native>;
};

/** Common fields and metadata one vendor can hold. */
export type CommonChanges<S extends Shape, M extends Merge = Merge, D = AnyDocument<S["value"]>> = {
  // Over the keys of a type, so that its documentation is shown.
  [K in keyof CommonFields]?: S["fields"][K] | ([S["fields"][K]] extends [never] ? never : undefined);
} & MetadataChanges<S["value"], S["schema"], M, D>;

/** Everything one update may change at a vendor. */
export type Changes<S extends Shape, M extends Merge = Merge, D = AnyDocument<S["value"]>> = CommonChanges<
  S,
  M,
  D
> &
  NativeChanges<S["native"]>;

/** All common fields, for callers who said what becomes of what a vendor cannot hold. */
export type AnyCommonFields = { [K in keyof CommonFields]?: CommonFields[K] | null | undefined };

/** The changes that compile under a policy for what the vendor lacks and a way to merge. */
export type ChangesUnder<
  S extends Shape,
  P extends Unsupported,
  M extends Merge = Merge,
  D = AnyDocument<JsonInput>,
> = [P] extends ["skip" | "metadata"]
  ? AnyCommonFields & AnyMetadataChanges<S, M, D> & NativeChanges<S["native"]>
  : Changes<S, M, D>;

type TypesOf<S> = S extends StandardSchema ? NonNullable<S["~standard"]["types"]> : never;

/** What a schema takes, as far as a vendor can hold it: where that is strings only, the strings among it. */
type Held<Input, Value> = [Value] extends [string]
  ? { [K in keyof Input]: Input[K] & (string | undefined) }
  : Input;

type DeepPatch<T> = T extends readonly unknown[] | string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]?: DeepPatch<T[K]> | null | undefined };

type Patch<T, M> = [M] extends ["replace"]
  ? T
  : [M] extends ["deep"]
    ? DeepPatch<T>
    : T extends unknown
      ? { readonly [K in keyof T]?: T[K] | undefined }
      : never;

/** Metadata of no type of its own; `undefined` counts as not named. */
export type AnyDocument<Value> = { readonly [key: string]: Value | undefined };

/** A document of the caller's own type, an interface or read-only: itself where each value can be held, else what it would have to be. */
type Holdable<D, Value> = D extends readonly unknown[] | ((...args: never[]) => unknown)
  ? AnyDocument<Value>
  : {
      [K in keyof D]: D[K] extends Value | undefined
        ? D[K]
        : [Value] extends [string]
          ? Value
          : HoldableValue<D[K], Value>;
    };

type HoldableValue<T, Value> = T extends Value | undefined
  ? T
  : T extends Date | ((...args: never[]) => unknown) | bigint | symbol
    ? Value
    : T extends readonly (infer Item)[]
      ? readonly HoldableValue<Item, Value>[]
      : T extends object
        ? { [K in keyof T]: HoldableValue<T[K], Value> }
        : Value;

/** What fits as it is stays as it is, which errors and hovers then show. */
type Given<D, Value> = [D] extends [AnyDocument<Value>] ? D : D & Holdable<D, Value>;

type PatchOf<Value, S, M, D> = [S] extends [StandardSchema]
  ? unknown extends TypesOf<S>["input"]
    ? Given<D, Value>
    : Patch<Held<TypesOf<S>["input"], Value>, M>
  : Given<D, Value>;

/** What an update may do to metadata whose values are `Value`, under a schema and a way to merge. */
export type MetadataChanges<Value, S = undefined, M = Merge, D = AnyDocument<Value>> = [Value] extends [never]
  ? { metadata?: never; unset?: never }
  : {
      /** Keys to set; keys not named stay (see the option `merge`). A key that is `undefined` counts as not named. */
      metadata?: PatchOf<Value, S, M, D>;
      /** Metadata keys to remove; one that is not there is no error. */
      unset?: readonly string[];
    };

/** What the schema returns at a vendor; `undefined` without a schema, and where the vendor has no metadata. */
export type MetadataIn<S extends Shape> = [S["value"]] extends [never]
  ? undefined
  : S["schema"] extends StandardSchema
    ? TypesOf<S["schema"]>["output"]
    : undefined;

/** A shape under a schema, unless it has one of its own. */
export type Under<S extends Shape, Schema> = S["schema"] extends undefined
  ? Omit<S, "schema"> & { schema: Schema }
  : S;

/** Metadata changes for callers who said what becomes of what a vendor cannot hold. */
export type AnyMetadataChanges<S extends Shape, M, D = AnyDocument<JsonInput>> = MetadataChanges<
  JsonInput,
  S["schema"],
  M,
  D
>;

/** What an update gives at a vendor. */
export type ResultIn<S extends Shape> = UpdateResult<S["raw"], S["answer"], MetadataIn<S>>;
