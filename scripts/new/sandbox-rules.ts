/** The rules of a sandbox vendor, as the properties of its record: where it lives, how it checks keys, who serves what. */

import type { Row } from "../generate/operations.ts";
import { resolve, type Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import { keyOf } from "./code.ts";
import type { Seed } from "./conversation.ts";
import { reply } from "./replies.ts";
import type { Routes } from "./routes.ts";
import { named, propertiesOf } from "./schema.ts";

/** Each property as code. */
export function rules(vendor: string, spec: Spec, routes: Routes, seed: Seed): string[] {
  const { header, prefix } = auth(spec);
  const { apiKey, baseUrl = `${vendor.toUpperCase()}_BASE_URL` } = spec["x-convo"].env;
  const { pathname } = new URL(spec.servers[0]?.url ?? "", "http://server");
  const { additionalProperties } = resolve(spec, named(spec, routes.update.body?.schema) ?? {});
  const isUsual = header.toLowerCase() === "authorization";
  const rule = `{ vendor: ${quoted(vendor)}, prefix: ${quoted(isUsual ? prefix : "")}, shape: /^\\S+$/, refuse: () => error(401, "The API key is missing or wrong") }`;
  const served = routes.all.map(
    (row) => `${quoted(`${row.method} ${row.path}`)}: ${answerer(spec, routes, seed, row)}`,
  );
  return [
    `name: ${quoted(vendor)}`,
    `mount: ${quoted(`/${vendor}${pathname.replace(/\/+$/, "")}`)}`,
    `env: ${quoted({ apiKey, baseUrl })}`,
    `sampleKey: ${quoted(`${vendor}-sandbox-0123456789abcdef`)}`,
    `keyHeader: ${quoted(`${header}: ${prefix}`.trim())}`,
    `kinds: { conversation: { id: ${quoted(seed.self)} } }`,
    `unknownFields: ${additionalProperties === false ? '"refuse"' : '"ignore"'}`,
    `idParam: ${quoted(routes.id)}`,
    `authenticate: ${isUsual ? `keyCheck(${rule})` : `(headers, options) => keyCheck(${rule})(new Headers({ authorization: headers.get(${quoted(header)}) ?? "" }), options)`}`,
    "errorResponse",
    `routes: { ${served.join(", ")} }`,
    'find: (store, id) => store.get("conversation", id)',
    `otherWriter: (now) => ({ ${meddled(spec, routes)} })`,
    "seed: { conversation: [SEED] }",
  ];
}

/** The handler of one operation. What is not about the conversation itself is answered, and kept nowhere. */
function answerer(spec: Spec, routes: Routes, seed: Seed, row: Row): string {
  const { create, update, remove, read, list } = routes;
  if (row === create || row === update || row === remove)
    return row === create ? "create" : row === update ? "update" : "remove";
  if (row === read) return `(call) => (${reply(spec, row, seed, "conversation(call)")})`;
  if (row === list)
    return `({ store }) => (${reply(spec, row, seed, "SEED", 'store.list("conversation").map(wire)')})`;
  return `() => (${reply(spec, row, seed, "SEED")})`;
}

function meddled(spec: Spec, { update }: Routes): string {
  const fields = [...propertiesOf(spec, named(spec, update.body?.schema))];
  const text = fields.find(
    ([, { types, schema }]) => types.join() === "string" && !schema.enum && !schema.pattern,
  );
  return text ? `${keyOf(text[0])}: \`other writer \${now}\`` : "$other: now";
}

const quoted = (value: unknown): string => JSON.stringify(value);
