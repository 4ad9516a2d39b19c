import type { Json, Metadata } from "./metadata/index.ts";
import type { StandardSchema } from "./schema.ts";
import type { Shape } from "./shape.ts";

/** How metadata meets what is there. */
export type Merge = "shallow" | "deep" | "replace";

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

type PatchOf<Value, S, M> = [S] extends [StandardSchema]
  ? unknown extends TypesOf<S>["input"]
    ? { readonly [key: string]: Value | undefined }
    : Patch<Held<TypesOf<S>["input"], Value>, M>
  : { readonly [key: string]: Value | undefined };

/** What an update may do to metadata whose values are `Value`, under a schema and a way to merge. */
export type MetadataChanges<Value, S = undefined, M = Merge> = [Value] extends [never]
  ? { metadata?: never; unset?: never }
  : {
      /** Keys to set; keys not named stay (see the option `merge`). A key that is `undefined` counts as not named. */
      metadata?: PatchOf<Value, S, M>;
      /** Metadata keys to remove; one that is not there is no error. */
      unset?: readonly string[];
    };

/** `metadata` of a read at a vendor: what the schema puts out, or plain JSON; `undefined` where the vendor has none or did not tell. */
export type MetadataIn<S extends Shape> = [S["value"]] extends [never]
  ? undefined
  : S["schema"] extends StandardSchema
    ? TypesOf<S["schema"]>["output"]
    : Metadata | undefined;

/** A shape under a schema, unless it has one of its own. */
export type Under<S extends Shape, Schema> = S["schema"] extends undefined
  ? Omit<S, "schema"> & { schema: Schema }
  : S;

/** Metadata changes for callers who said what becomes of what a vendor cannot hold. */
export type AnyMetadataChanges<S extends Shape, M> = MetadataChanges<Json, S["schema"], M>;
