import type { CommonField, CommonFields } from "../types/conversation.ts";
import type {
  AnswerOf,
  At,
  InnerKeyOf,
  KeyOf,
  KnownKey,
  PathOf,
  QueryOf,
  ReadAnswerOf,
  RequestOf,
  RouteOf,
  SnakeCase,
  UpdateAnswerOf,
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

/** A name in a body whose value is a `Value`, also inside of an object there. */
type NameOf<Body, Value> = KeyOf<Body, Value> | InnerKeyOf<Body, Value>;

/** A name the update takes and the read gives back, under the same name or the one that `N` tells, whose value is a `Value`. */
type Mappable<Body, Answer, N, Value> = NameOf<Body, Value> &
  (KnownKey<Answer> | InnerKeyOf<Answer, unknown> | keyof N);

/** `null` is an answer only while the vendor has nothing of that name; a field that appears demands a decision. */
type Lacking<Body, Name extends string> = [KnownKey<Body> & (Name | SnakeCase<Name> | `is_${Name}`)] extends [
  never,
]
  ? null
  : Homonym<KnownKey<Body> & (Name | SnakeCase<Name> | `is_${Name}`)>;

export type FieldsOf<Paths, R extends string, U extends string, E, N> = {
  readonly [K in CommonField]: Once<
    Paths,
    R,
    U,
    | Mappable<RequestOf<Paths, U, E>, ReadAnswerOf<Paths, R, E>, N, CommonFields[K]>
    | Lacking<RequestOf<Paths, U, E>, K>,
    string | null | Homonym
  >;
};

type ValuesOf<Body, Key> = NonNullable<At<Body, Key>> extends Record<string, string> ? "string" : "json";

export type MetadataOf<Paths, R extends string, U extends string, E, N> = Once<
  Paths,
  R,
  U,
  | Lacking<RequestOf<Paths, U, E>, "metadata">
  | RulesOf<RequestOf<Paths, U, E>, Mappable<RequestOf<Paths, U, E>, ReadAnswerOf<Paths, R, E>, N, object>>,
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

/** A path that takes a number says so, unless another id can be looked up too. */
export type IdTypeOf<Paths, U extends string, Id, L> = [L] extends [never]
  ? Id extends keyof PathOf<Paths, U>
    ? [PathOf<Paths, U>[Id]] extends [number]
      ? { readonly idType: "integer" }
      : { readonly idType?: never }
    : unknown
  : { readonly idType?: never };

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
  E,
  N,
> {
  readonly read: Must<R, Read<Paths>>;
  readonly update: Must<U, Update<Paths>>;
  readonly id: Must<Id, Once<Paths, R, U, KnownKey<PathOf<Paths, R>> & KnownKey<PathOf<Paths, U>>, string>>;
  readonly idField: Must<
    Self,
    Once<
      Paths,
      R,
      U,
      KnownKey<ReadAnswerOf<Paths, R, E>> | InnerKeyOf<ReadAnswerOf<Paths, R, E>, string | number>,
      string
    >
  >;
  readonly returnsConversation: Once<
    Paths,
    R,
    U,
    Self extends
      | KnownKey<UpdateAnswerOf<Paths, U, E>>
      | InnerKeyOf<UpdateAnswerOf<Paths, U, E>, string | number>
      ? true
      : false,
    boolean
  >;
  readonly idAliases?: readonly string[];
  readonly lookup?: LookupOf<Paths, L, Rows, Self>;
  readonly envelope?: E;
  readonly answerNames?: N &
    Once<
      Paths,
      R,
      U,
      {
        readonly [K in keyof N]: K extends NameOf<RequestOf<Paths, U, E>, unknown>
          ? NameOf<ReadAnswerOf<Paths, R, E>, unknown>
          : never;
      },
      unknown
    >;
  readonly resend?: readonly Once<Paths, R, U, KnownKey<RequestOf<Paths, U, E>>, string>[];
  readonly timestamps: {
    readonly [K in "createdAt" | "updatedAt"]: Once<
      Paths,
      R,
      U,
      NameOf<ReadAnswerOf<Paths, R, E>, string | number>,
      string
    > | null;
  };
}
