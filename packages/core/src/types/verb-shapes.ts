import type { AnswerOf, BodyOf, Opened, QueryOf } from "./spec.ts";

/** Which verbs a vendor has, as types: `never` where it lacks one. */
export interface VerbShapes {
  create: unknown;
  /** The vendor's own row. */
  list: { raw: unknown };
  /** The vendor's own answer. */
  delete: { raw: unknown };
  archive: unknown;
  /** The vendor's own message. */
  messages: { raw: unknown };
  /** The vendor's own answer. */
  addMessage: { raw: unknown };
}

type RowOf<Answer> = Answer extends readonly (infer Row)[]
  ? Row
  : {
      [K in keyof Answer]-?: NonNullable<Answer[K]> extends readonly (infer Row)[] ? Row : never;
    }[keyof Answer];

type RowAt<Answer, Key> = Key extends keyof Answer ? RowOf<NonNullable<Answer[Key]>> : never;

/** An answer that may have no body. */
type RawOf<Answer> = [Answer] extends [never] ? undefined : Answer;

/** The verbs of a record as types. */
export interface VerbsOf<Paths, V, M> {
  create: V extends { create: infer C extends { route: string } }
    ? {
        lacks: C extends { lacks: readonly (infer Field)[] } ? Field : never;
        externalId: C extends { externalId: { required: infer Required } } ? Required : never;
        native: Omit<
          Opened<BodyOf<Paths, C["route"]>, C extends { request: { in: infer Box } } ? Box : undefined>,
          | (M extends { field: infer Field } ? Field & PropertyKey : never)
          | (C extends { externalId: { field: infer Field } } ? Field & PropertyKey : never)
        >;
        query: QueryOf<Paths, C["route"]>;
      }
    : never;
  list: V extends { list: { route: infer R extends string } } ? { raw: RowOf<AnswerOf<Paths, R>> } : never;
  delete: V extends { delete: { route: infer R extends string } }
    ? { raw: RawOf<AnswerOf<Paths, R>> }
    : never;
  archive: V extends { archive: { field: string } } ? true : never;
  messages: V extends { messages: { route: infer R extends string; in: infer Key } }
    ? { raw: RowAt<AnswerOf<Paths, R>, Key> }
    : V extends { messages: { route: infer R extends string } }
      ? { raw: RowOf<AnswerOf<Paths, R>> }
      : never;
  addMessage: V extends { messages: { add: { route: infer R extends string } } }
    ? { raw: RawOf<AnswerOf<Paths, R>> }
    : never;
}
