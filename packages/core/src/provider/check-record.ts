import type { CommonField, CommonFields } from "../types/conversation.ts";
import type {
  AnswerOf,
  BodyOf,
  KeyOf,
  KnownKey,
  PathOf,
  QueryOf,
  RouteOf,
  SnakeCase,
} from "../types/spec.ts";
import type { Homonym, MetadataRules } from "./record.ts";

type Update<Paths> = RouteOf<Paths, "POST" | "PUT" | "PATCH">;
type Read<Paths> = RouteOf<Paths, "GET">;

/** `Strict` once both routes exist; before, only the routes are the error and nothing else is checked against them. */
type Once<Paths, R extends string, U extends string, Strict, Loose> = [R, U] extends [
  Read<Paths>,
  Update<Paths>,
]
  ? Strict
  : Loose;

/** A wire key the update takes and the read gives back, whose value is a `Value`. */
type Mappable<Paths, R extends string, U extends string, Value> = KeyOf<BodyOf<Paths, U>, Value> &
  KnownKey<AnswerOf<Paths, R>>;

/** `null` is an answer only while the vendor has nothing of that name; a field that appears demands a decision. */
type Lacking<Body, Name extends string> = [KnownKey<Body> & (Name | SnakeCase<Name> | `is_${Name}`)] extends [
  never,
]
  ? null
  : Homonym<KnownKey<Body> & (Name | SnakeCase<Name> | `is_${Name}`)>;

export type FieldsOf<Paths, R extends string, U extends string> = {
  readonly [K in CommonField]: Once<
    Paths,
    R,
    U,
    Mappable<Paths, R, U, CommonFields[K]> | Lacking<BodyOf<Paths, U>, K>,
    string | null | Homonym
  >;
};

type ValuesOf<Body, Key> = Key extends keyof Body
  ? NonNullable<Body[Key]> extends Record<string, string>
    ? "string"
    : "json"
  : never;

export type MetadataOf<Paths, R extends string, U extends string> = Once<
  Paths,
  R,
  U,
  Lacking<BodyOf<Paths, U>, "metadata"> | RulesOf<BodyOf<Paths, U>, Mappable<Paths, R, U, object>>,
  null | MetadataRules | Homonym
>;

type RulesOf<Body, Key extends string> = MetadataRules &
  { [K in Key]: { readonly field: K; readonly values: ValuesOf<Body, K> } }[Key];

type RowOf<Answer, Rows> = Rows extends keyof Answer
  ? Answer[Rows] extends readonly (infer Row)[]
    ? Row
    : never
  : never;

/** `Given` where it is allowed; else what is, so that the error lists it. Inferred from by itself, unlike an intersection. */
type Must<Given, Allowed> = [Given] extends [Allowed] ? Given : Allowed;

interface LookupOf<Paths, L extends string, Rows extends string, Self> {
  readonly route: Must<L, Read<Paths>>;
  readonly param: KeyOf<QueryOf<Paths, L>, string>;
  readonly query: Partial<QueryOf<Paths, L>>;
  readonly rows: Must<Rows, KnownKey<AnswerOf<Paths, L>>>;
  readonly match: Self extends KnownKey<RowOf<AnswerOf<Paths, L>, Rows>>
    ? KeyOf<RowOf<AnswerOf<Paths, L>, Rows>, string>
    : never;
}

/**
 * What a provider record must say, checked against the generated `paths`. Every property is checked by itself,
 * so that a changed spec is a compile error on the very line that names what changed.
 */
export interface CheckedData<
  Paths,
  R extends string,
  U extends string,
  Id extends string,
  Self extends string,
  L extends string,
  Rows extends string,
> {
  readonly read: Must<R, Read<Paths>>;
  readonly update: Must<U, Update<Paths>>;
  readonly id: Must<Id, Once<Paths, R, U, KnownKey<PathOf<Paths, R>> & KnownKey<PathOf<Paths, U>>, string>>;
  readonly idField: Must<Self, Once<Paths, R, U, KnownKey<AnswerOf<Paths, R>>, string>>;
  readonly returnsConversation: Once<
    Paths,
    R,
    U,
    Self extends KnownKey<AnswerOf<Paths, U>> ? true : false,
    boolean
  >;
  readonly idAliases?: readonly string[];
  readonly lookup?: LookupOf<Paths, L, Rows, Self>;
  readonly timestamps: {
    readonly [K in "createdAt" | "updatedAt"]: Once<
      Paths,
      R,
      U,
      KeyOf<AnswerOf<Paths, R>, string | number>,
      string
    > | null;
  };
}
