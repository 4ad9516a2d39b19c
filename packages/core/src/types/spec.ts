/** Reads a generated `paths` interface at compile time: which routes there are, what they take, what they answer. */

/** A type's own keys, without index signatures: a body that allows unknown fields still has known ones. */
export type KnownKey<T> = keyof {
  [K in keyof T as K extends string ? (string extends K ? never : K) : never]: T[K];
} &
  string;

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

/** JSON body that a route takes; `never` if it takes none. */
export type BodyOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { requestBody?: infer Body }
    ? NonNullable<Body> extends { content: { "application/json": infer Json } }
      ? Json
      : never
    : never;

/** JSON body of a route's 200 answer. */
export type AnswerOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { responses: { 200: { content: { "application/json": infer Json } } } }
    ? Json
    : never;

/** Path parameters of a route. */
export type PathOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { parameters: { path: infer Path } } ? Path : never;

/** Query parameters of a route. */
export type QueryOf<Paths, Route extends string> =
  OperationAt<Paths, Route> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** Keys of a type whose value, null and absence aside, is a `Value`. */
export type KeyOf<T, Value> = {
  [K in KnownKey<T>]: K extends keyof T ? ([NonNullable<T[K]>] extends [Value] ? K : never) : never;
}[KnownKey<T>];

/** `customerId` -> `customer_id`. */
export type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : S;
