import type { ApiResponse, CallOptions, RequestInput, Target as RequestTarget, Vendor } from "@convo/client";
import type { AnyDocument, Given, JsonInput } from "../metadata/json.ts";
import type { CommonField, CommonFields } from "./conversation.ts";
import type { StandardSchema } from "./schema.ts";
import type { AnswerOf, At, KeyOf, KnownKey, PathOf, RequestOf } from "./spec.ts";
import type { VerbShapes, VerbsOf } from "./verb-shapes.ts";

/** How metadata is combined with what is there. */
export type Merge = "shallow" | "deep" | "replace";

/** What to do with a field the vendor lacks. */
export type Unsupported = "error" | "skip" | "metadata";

/** What core needs of a generated client: the vendor's data, and one way to send a request. */
export interface VendorClient {
  /** The vendor's data, from its spec. */
  readonly vendor: Vendor;
  /** Sends one request by its route. Rejects with `ConvoError`. */
  request(route: string, input?: RequestInput, options?: CallOptions): Promise<ApiResponse<unknown>>;
  /** Where a call with these options goes, and as whom. Throws `ConvoError`. */
  resolveTarget(options?: CallOptions): RequestTarget | Promise<RequestTarget>;
}

/** What one configured provider can do, as types: everything the update interface needs to know about it. */
export interface Shape {
  /** The vendor's own typed client. */
  client: VendorClient;
  /** What `update` and `get` take as the conversation's id. */
  id: string | number;
  /** Value of each common field; `never` where the vendor has none. */
  fields: { [K in CommonField]: unknown };
  /** Value of one metadata key; `never` where the vendor has no metadata. */
  value: unknown;
  /** Schema of the metadata; `undefined` without one. */
  schema: unknown;
  /** What the schema returns; `undefined` without a schema, and where the vendor has no metadata. */
  parsed: unknown;
  /** Fields of the request body, except metadata. */
  native: unknown;
  /** The vendor's answers to a read and to an update. */
  raw: unknown;
  /** The vendor's answer to an update. */
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

/** A record as types: the `paths` it was checked against, and what it says of them. */
export interface RecordTypes {
  /** The vendor's `paths`, as openapi-typescript writes them. */
  paths: unknown;
  /** The vendor's client. */
  client: unknown;
  /** The route of a read. */
  read: string;
  /** The route of an update. */
  update: string;
  /** The path parameter that is the id. */
  id: string;
  /** Where each common field goes. */
  fields: unknown;
  /** How the vendor keeps metadata; `null` where it has none. */
  metadata: unknown;
  /** `never` where no other id leads to the one in the path. */
  lookup: unknown;
  /** Boxes around the conversation in bodies. */
  envelope: unknown;
  /** What it can do besides reading and updating. */
  verbs: unknown;
}

type Request<R extends RecordTypes> = RequestOf<R["paths"], R["update"], R["envelope"]>;
type PathIn<R extends RecordTypes> = PathOf<R["paths"], R["update"]>;

type FieldValues<R extends RecordTypes, UF> = {
  [K in CommonField]: ValueAt<Request<R>, TargetOf<R["fields"], UF, K>, CommonFields[K]>;
};

/** The shape of a vendor's provider, with the record that it follows from. */
export interface RecordShape extends Shape {
  /** The record, as types. */
  record: RecordTypes;
}

/** The shape of a vendor's provider, without any option that changes it. */
export interface VendorShape<R extends RecordTypes> {
  /** The record that it follows from. */
  record: R;
  /** The vendor's own typed client. */
  client: R["client"] & VendorClient;
  /** What every call takes as the conversation's id. */
  id:
    | (R["id"] extends keyof PathIn<R> ? PathIn<R>[R["id"]] & (string | number) : never)
    | ([R["lookup"]] extends [never] ? never : string);
  /** Value of each common field; `never` where the vendor has none. */
  fields: FieldValues<R, None>;
  /** Value of one metadata key; `never` where the vendor has no metadata. */
  value: MetadataValue<R["metadata"], false>;
  /** Schema of the metadata; `undefined` without one. */
  schema: undefined;
  /** What the schema returns; `undefined` without one. */
  parsed: undefined;
  /** Fields of the request body, except metadata. */
  native: {
    [K in Exclude<KnownKey<Request<R>>, R["metadata"] extends { field: infer Field } ? Field : never>]?:
      | At<Request<R>, K>
      | undefined;
  };
  /** The vendor's answer to a read. */
  raw: AnswerOf<R["paths"], R["read"]>;
  /** The vendor's answer to an update. */
  answer: AnswerOf<R["paths"], R["update"]>;
  /** What the vendor can do besides `get` and `update`. */
  verbs: VerbsOf<R["paths"], R["verbs"], R["metadata"]>;
}

type None = Record<never, never>;

/** The shape of a vendor's provider under the options `fields`, `encode` and `schema`. */
export interface AdaptedShape<V extends RecordShape, UF, Encode, Schema> {
  /** The vendor's own typed client. */
  client: V["client"];
  /** What every call takes as the conversation's id. */
  id: V["id"];
  /** Value of each common field; `never` where the vendor has none. */
  fields: FieldValues<V["record"], UF>;
  /** Value of one metadata key; `never` where the vendor has no metadata. */
  value: MetadataValue<V["record"]["metadata"], Encode>;
  /** Schema of the metadata; `undefined` without one. */
  schema: [Schema] extends [StandardSchema] ? Schema : undefined;
  /** What the schema returns; `undefined` without one. */
  parsed: ParsedBy<Schema, MetadataValue<V["record"]["metadata"], Encode>>;
  /** Fields of the request body, except metadata. */
  native: V["native"];
  /** The vendor's answer to a read. */
  raw: V["raw"];
  /** The vendor's answer to an update. */
  answer: V["answer"];
  /** What the vendor can do besides `get` and `update`. */
  verbs: V["verbs"];
}

/** The vendor's shape by its own name, unless an option changes it. */
export type Configured<V extends RecordShape, UF, Encode, Schema> = [Schema] extends [StandardSchema]
  ? AdaptedShape<V, UF, Encode, Schema>
  : [keyof UF, Encode] extends [never, false]
    ? V
    : AdaptedShape<V, UF, Encode, undefined>;

type ListOps<Native> = {
  [K in keyof Native as NonNullable<Native[K]> extends readonly unknown[] ? K : never]?: NonNullable<
    Native[K]
  > extends readonly (infer Item)[]
    ? { add?: readonly Item[]; remove?: readonly Item[] }
    : never;
};

// What a vendor lacks is no member at all, so that no editor offers it.
type NativeChanges<Native> = ([keyof Native] extends [never]
  ? unknown
  : {
      /**
       * Fields of the vendor's own request body, under their wire names. One that a common field of the same update sets is refused,
       * and metadata always is: it would not be merged.
       */
      native?: Native;
    }) &
  ([keyof ListOps<Native>] extends [never]
    ? unknown
    : {
        /** Lists that the vendor replaces whole: items to add and to remove, by the same read, merge and write as metadata. */
        lists?: ListOps<Native>;
      });

/** The common fields among `Names`, with the values that a vendor takes. */
export type FieldChanges<Names extends CommonField, Values extends Shape["fields"]> = PickFields<
  CommonFields,
  Names,
  Values
>;

// Over the keys of a type parameter, as `Pick` is: only so is the documentation of the fields kept.
type PickFields<T, Names extends keyof T, Values extends { [K in keyof T]: unknown }> = {
  [K in Names]?: Values[K] | undefined;
};

/** The names of the common fields that a vendor has. */
export type HeldBy<Values extends Shape["fields"]> = {
  [K in CommonField]: [Values[K]] extends [never] ? never : K;
}[CommonField];

/** Common fields and metadata one vendor can hold. */
export type CommonChanges<
  S extends Shape,
  M extends Merge = Merge,
  D = AnyDocument<S["value"]>,
> = FieldChanges<HeldBy<S["fields"]>, S["fields"]> & MetadataChanges<S["value"], S["schema"], M, D>;

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

/** What `metadata` may be, under a schema and a way to merge. */
export type PatchOf<Value, S, M, D> = [S] extends [StandardSchema]
  ? unknown extends TypesOf<S>["input"]
    ? Given<D, Value>
    : Patch<Held<TypesOf<S>["input"], Value>, M>
  : Given<D, Value>;

/** What an update may do to metadata whose values are `Value`, under a schema and a way to merge. */
export type MetadataChanges<Value, S = undefined, M = Merge, D = AnyDocument<Value>> = [Value] extends [never]
  ? unknown
  : {
      /** Keys to set; keys not named stay (see the option `merge`). A key that is `undefined` counts as not named. */
      metadata?: PatchOf<Value, S, M, D>;
      /** Metadata keys to remove; one that is not there is no error. */
      unset?: readonly string[];
    };

/** What a schema returns at a vendor whose metadata values are `Value`. */
type ParsedBy<Schema, Value> = [Value] extends [never]
  ? undefined
  : [Schema] extends [StandardSchema]
    ? TypesOf<Schema>["output"]
    : undefined;

/** A shape under a schema, unless it has one of its own. */
export type Under<S extends Shape, Schema> = S["schema"] extends undefined ? UnderSchema<S, Schema> : S;

/** A shape under the schema of `createConvo`. */
export interface UnderSchema<S extends Shape, Schema> {
  /** The vendor's own typed client. */
  client: S["client"];
  /** What every call takes as the conversation's id. */
  id: S["id"];
  /** Value of each common field; `never` where the vendor has none. */
  fields: S["fields"];
  /** Value of one metadata key; `never` where the vendor has no metadata. */
  value: S["value"];
  /** Schema of the metadata; `undefined` without one. */
  schema: Schema;
  /** What the schema returns; `undefined` without one. */
  parsed: ParsedBy<Schema, S["value"]>;
  /** Fields of the request body, except metadata. */
  native: S["native"];
  /** The vendor's answer to a read. */
  raw: S["raw"];
  /** The vendor's answer to an update. */
  answer: S["answer"];
  /** What the vendor can do besides `get` and `update`. */
  verbs: S["verbs"];
}

/** Metadata changes for callers who said what becomes of what a vendor cannot hold. */
export type AnyMetadataChanges<S extends Shape, M, D = AnyDocument<JsonInput>> = MetadataChanges<
  JsonInput,
  S["schema"],
  M,
  D
>;
