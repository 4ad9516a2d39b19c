/** Reads a generated `paths` interface at compile time: which routes there are, what they take, what they answer. */

/** A type's own keys, without index signatures: a body that allows unknown fields still has known ones. */
export type KnownKey<T> = T extends unknown
  ? keyof { [K in keyof T as K extends string ? (string extends K ? never : K) : never]: T[K] } & string
  : never;

/** Every `"VERB /path"` that the spec has with one of these verbs. */
export type RouteOf<Paths, Verb extends string> = {
  [V in Verb]: {
    [P in keyof Paths & string]: Paths[P] extends { [M in Lowercase<V>]: { responses: unknown } }
      ? `${V} ${P}`
      : never;
  }[keyof Paths & string];
}[Verb];

/** The operation behind `"VERB /path"`. */
export type OperationAt<Paths, Route extends string> = Route extends `${infer Verb} ${infer Path}`
  ? Path extends keyof Paths
    ? Paths[Path][Lowercase<Verb> & keyof Paths[Path]]
    : never
  : never;

/** JSON or form body that a route takes; `never` if it takes none. */
export type BodyOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { requestBody?: infer Body }
    ? NonNullable<Body> extends { content: { "application/json": infer Json } }
      ? Json
      : NonNullable<Body> extends { content: { "application/x-www-form-urlencoded": infer Form } }
        ? Form
        : never
    : never;

/** JSON body of a route's successful answer. */
export type AnswerOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { responses: infer Responses }
    ? {
        [S in keyof Responses & (200 | 201 | 202)]: Responses[S] extends {
          content: { "application/json": infer Json };
        }
          ? Json
          : never;
      }[keyof Responses & (200 | 201 | 202)]
    : never;

/** The value at a name, `a.b` further in; of a choice of types, of any that has it. */
export type At<T, Name> = Name extends `${infer Head}.${infer Tail}`
  ? At<NonNullable<Property<T, Head>>, Tail>
  : Property<T, Name>;

type Property<T, Name> = T extends unknown
  ? Name extends keyof T
    ? T[Name]
    : Name extends string
      ? string extends keyof T
        ? T[keyof T & string]
        : never
      : never
  : never;

/** A body's own type, or that of what is in its envelope. */
export type Opened<Body, Box> = Box extends string ? NonNullable<At<Body, Box>> : Body;

/** What the update of a provider with this envelope takes, and what its read and update answer. */
export type RequestOf<Paths, U extends string, E> = Opened<BodyOf<Paths, U>, BoxOf<E, "request">>;
export type ReadAnswerOf<Paths, R extends string, E> = Opened<AnswerOf<Paths, R>, BoxOf<E, "read">>;
export type UpdateAnswerOf<Paths, U extends string, E> = Opened<AnswerOf<Paths, U>, BoxOf<E, "update">>;
type BoxOf<E, Key> = Key extends keyof E ? E[Key] : undefined;

/** Path parameters of a route. */
export type PathOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { parameters: { path: infer Path } } ? Path : never;

/** Query parameters of a route. */
export type QueryOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** Keys of a type whose value, null and absence aside, is a `Value`. */
export type KeyOf<T, Value> = T extends unknown
  ? {
      [K in KnownKey<T>]: K extends keyof T ? ([NonNullable<T[K]>] extends [Value] ? K : never) : never;
    }[KnownKey<T>]
  : never;

/** Names of values inside of a type's own, `a.b`, where the value is a `Value`; of a free-form object any name. */
export type InnerKeyOf<T, Value> = T extends unknown
  ? {
      [K in KnownKey<T>]: K extends keyof T
        ? NonNullable<T[K]> extends infer Inner
          ? Inner extends readonly unknown[] | string | number | boolean
            ? never
            : `${K}.${KeyOf<Inner, Value> | FreeKeyOf<Inner, Value>}`
          : never
        : never;
    }[KnownKey<T>]
  : never;

type FreeKeyOf<T, Value> = string extends keyof T
  ? [NonNullable<T[keyof T]>] extends [Value]
    ? string
    : unknown extends T[keyof T]
      ? string
      : never
  : never;

/** `customerId` -> `customer_id`. */
export type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : S;
