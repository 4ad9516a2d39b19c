/** What a sandbox vendor does with its conversations: creates, updates and removes them, and answers as its spec has it. */
import type { Row } from "../generate/operations.ts";
import type { Spec } from "../generate/spec.ts";
import { keyOf, memberOf } from "./code.ts";
import type { Seed } from "./conversation.ts";
import { reply } from "./replies.ts";
import type { Routes } from "./routes.ts";
import { named, propertiesOf } from "./schema.ts";

/** The handlers as code, without imports: one for each of these operations that the vendor has. */
export function handlers(spec: Spec, routes: Routes, seed: Seed): string {
  const { create, update, remove } = routes;
  const handler = (name: string, row: Row | undefined, lines: string[]): string[] =>
    row
      ? [
          `export const ${name}: Handler = (call) => {\n${lines.join("\n")}\nreturn ${reply(spec, row, seed, "row")};\n};`,
        ]
      : [];
  const given = "...pick(asDoc(call.body), FIELDS)";
  return [
    lookup(spec, routes),
    ...handler("create", create, [
      `const row: Doc = { ...SEED, ${given}, ${keyOf(seed.self)}: ${newId(seed)}, ${times(spec, seed, /^(creat|start|updat|modif)/i)} };`,
      'call.store.add("conversation", row);',
    ]),
    ...handler("update", update, [
      `const row: Doc = { ...conversation(call), ${given}, ${times(spec, seed, /^(updat|modif)/i)} };`,
      'call.store.put("conversation", row);',
    ]),
    ...handler("remove", remove, [
      "const row = conversation(call);",
      `call.store.remove("conversation", String(${memberOf("row", seed.self)}));`,
    ]),
  ].join("\n\n");
}

/** What the handlers share. */
function lookup(spec: Spec, { update, id }: Routes): string {
  const fields = [...propertiesOf(spec, named(spec, update.body?.schema)).keys()];
  return `/** The fields a caller may set. */
const FIELDS = ${quoted(fields)};

/** The conversation of the path. */
export function conversation({ store, path }: Call): Doc {
  const found = store.get("conversation", ${memberOf("path", id)} ?? "");
  if (!found) throw new Refusal(error(404, "Conversation not found"));
  return found;
}`;
}

/** An id that looks like the one of the seed. */
function newId({ id }: Seed): string {
  if (typeof id === "number") return 'call.store.next("conversation", 100)';
  return `\`${/^[\w-]*[_-]/.exec(id)?.[0] ?? ""}\${hex(12)}\``;
}

/** The times with these names, all of them the time of the call. */
function times(spec: Spec, { schema }: Seed, names: RegExp): string {
  return [...propertiesOf(spec, schema)]
    .filter(
      ([name, { types }]) => names.test(name) && ["string", "integer", "number"].includes(types[0] ?? ""),
    )
    .map(
      ([name, { types }]) =>
        `${keyOf(name)}: ${types[0] === "string" ? "iso(call.now)" : "Math.floor(call.now / 1000)"}`,
    )
    .join(", ");
}

const quoted = (value: unknown): string => JSON.stringify(value);
