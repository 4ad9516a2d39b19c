/**
 * A request body whose `Field`, which the spec says is a map such as metadata, may also be of a type of the caller's own: an
 * interface, which has no index signature and so fits no map, or read-only data. Its values are checked one by one.
 */
export type WithMap<Body, Field extends keyof Body, Own extends object> = Omit<Body, Field> & {
  [Name in keyof Pick<Body, Field>]: Body[Name] | Fitting<Own, ValueOf<NonNullable<Body[Name]>>>;
};

type ValueOf<Map> = Map extends { [name: string]: infer Value } ? Value : never;

/** The caller's type where every value fits, else what it would have to be: errors then name the value. */
type Fitting<Own, Value> = Own extends MapLike<Own, Value> ? Own : MapLike<Own, Value>;

/** Lists and functions are objects too, but no maps. A value that is undefined is not sent. */
type MapLike<Own, Value> = Own extends readonly unknown[] | ((...args: never[]) => unknown)
  ? { [name: string]: Value }
  : { [Name in keyof Own]: Own[Name] extends Value | undefined ? Own[Name] : Value };
