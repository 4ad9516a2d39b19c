// Compiled, never run: the metadata helpers of @convo/core. Every export is named in one of these files (see scripts/test/exports.test.ts).
import {
  type ConvoError,
  checkMetadata,
  decodeMetadata,
  diffMetadata,
  encodeMetadata,
  equalJson,
  findNonJson,
  type Headroom,
  headroom,
  isDocument,
  type Json,
  type JsonInput,
  type MergeOptions,
  type Metadata,
  type MetadataDiff,
  type MetadataInput,
  type MetadataLimits,
  type MetadataPatch,
  mergeMetadata,
  type NonJson,
  NonJsonError,
  type ParsedDocument,
  parseDocument,
  type Room,
  snapshot,
  type Violation,
} from "@convo/core";
import { expectTypeOf } from "expect-type";

expectTypeOf<Metadata>().toEqualTypeOf<{ [key: string]: Json }>();
expectTypeOf<{ a: 1; b: [null, { c: boolean }] }>().toMatchTypeOf<Metadata>();
expectTypeOf<Date>().not.toMatchTypeOf<Json>();
expectTypeOf<undefined>().not.toMatchTypeOf<Json>();
expectTypeOf<() => void>().not.toMatchTypeOf<Json>();
expectTypeOf<bigint>().not.toMatchTypeOf<Json>();
expectTypeOf<{ a: undefined }>().toMatchTypeOf<MetadataPatch>();
expectTypeOf<Metadata>().toMatchTypeOf<MetadataPatch>();

interface Ticket {
  topic: string;
  owner?: string;
  history?: readonly Ticket[];
}
declare const ticket: Ticket;
const frozen = { tags: ["x"], at: { step: 1 } } as const;
expectTypeOf(mergeMetadata).parameter(2).toEqualTypeOf<MergeOptions | undefined>();
expectTypeOf(mergeMetadata(ticket, frozen)).toEqualTypeOf<Metadata>();
expectTypeOf(mergeMetadata({ a: 1 }, { a: undefined }, { unset: ["a"] })).toEqualTypeOf<Metadata>();
// @ts-expect-error JSON has no dates
mergeMetadata({ at: new Date() }, {});
// @ts-expect-error a list is no document
mergeMetadata({}, ["x"]);
expectTypeOf<MergeOptions["merge"]>().toEqualTypeOf<"shallow" | "deep" | "replace" | undefined>();
expectTypeOf<MergeOptions["unset"]>().toEqualTypeOf<readonly string[] | undefined>();

expectTypeOf(diffMetadata(frozen, ticket)).toEqualTypeOf<MetadataDiff>();
// @ts-expect-error JSON has no big integers
diffMetadata({}, { n: 1n });
expectTypeOf<MetadataDiff>().toEqualTypeOf<{
  added: Metadata;
  changed: { [key: string]: { before: Json; after: Json } };
  removed: Metadata;
}>();

expectTypeOf(encodeMetadata(ticket)).toEqualTypeOf<Record<string, string>>();
expectTypeOf(decodeMetadata).toEqualTypeOf<(map: Readonly<Record<string, string>>) => Metadata>();
expectTypeOf(equalJson(ticket, frozen)).toEqualTypeOf<boolean>();
equalJson(undefined, ["x"] as const);
// @ts-expect-error JSON has no dates
equalJson(new Date(), { a: 1 });
expectTypeOf(isDocument).guards.toEqualTypeOf<Metadata>();

expectTypeOf(checkMetadata).parameter(1).toEqualTypeOf<MetadataLimits>();
expectTypeOf(checkMetadata(ticket, { maxProperties: 16 }, { values: "json" })).toEqualTypeOf<Violation[]>();
expectTypeOf<Violation["limit"]>().toEqualTypeOf<string | undefined>();
expectTypeOf<Violation["kind"]>().toEqualTypeOf<"invalid" | "unsupported" | "limit">();
expectTypeOf<{ readonly a: readonly ["x", 1] }>().toMatchTypeOf<MetadataInput>();
expectTypeOf<MetadataInput[string]>().toEqualTypeOf<JsonInput>();
expectTypeOf(headroom(frozen, {})).toEqualTypeOf<Headroom>();
expectTypeOf<Headroom["properties"]>().toEqualTypeOf<Room>();
expectTypeOf<Headroom["longestKey"]>().toEqualTypeOf<Room & { key: string | null }>();
expectTypeOf<Room>().toEqualTypeOf<{ used: number; max: number | null }>();

expectTypeOf(snapshot).toEqualTypeOf<(value: unknown, path?: string) => Json>();
expectTypeOf(findNonJson).toEqualTypeOf<(value: unknown, path?: string) => NonJson[]>();
expectTypeOf<NonJson>().toEqualTypeOf<{ path: string; reason: string }>();
expectTypeOf<NonJsonError>().toMatchTypeOf<ConvoError>();
expectTypeOf(NonJsonError).instance.toHaveProperty("problems").toEqualTypeOf<readonly NonJson[]>();

expectTypeOf(parseDocument).returns.toEqualTypeOf<ParsedDocument>();
expectTypeOf<Extract<ParsedDocument, { ok: true }>["document"]>().toEqualTypeOf<Metadata>();
expectTypeOf<Extract<ParsedDocument, { ok: false }>["reason"]>().toEqualTypeOf<string>();
