/** Specs that try to get code into what is made of them. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { checkSpec } from "../generate/check.ts";
import { checkOutput } from "../generate/guard.ts";
import type { Schema, Spec } from "../generate/openapi.ts";
import { scaffold } from "../new/scaffold.ts";
import { repository } from "./copy.ts";
import type { Edit } from "./edit.ts";
import { base, generator, raw, spec } from "./hostile.ts";

const output = generator();

/** Texts that would run, if they got out of the comment or the quotes they belong in. */
const ATTACKS = [
  "*/ globalThis.owned = 1; /*",
  "*\\/ */ export const owned = 1; //",
  '"; globalThis.owned = 1; "',
  "'; globalThis.owned = 1; '",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the attack is the text
  "`${globalThis.owned = 1}`",
  "\u2028globalThis.owned = 1\u2028",
  "\n*/\nimport 'owned'\n/*\n",
  "</script><script>owned()</script>",
  "\\u002a/ owned() /*",
];

describe("text that wants to be code", () => {
  it.each(ATTACKS)("stays text as description, summary, example and enum value: %j", async (attack) => {
    const edit: Edit = {
      set: {
        "body/properties/name/description": attack,
        "update/description": attack,
        "update/summary": attack,
        "root/info/title": attack,
        "root/info/summary": attack,
        "root/info/version": attack,
        "schemas/CreateConversationBody/example/name": attack,
        "body/properties/status/enum": ["open", attack],
        "schemas/TextMessage/properties/type/const": attack,
        "body/properties/language/pattern": attack,
      },
    };
    const text = await output(spec(edit));
    expect(text).toContain("owned");
  });

  it.each(ATTACKS)("stays text as a name of a property: %j", async (attack) => {
    const text = await output(
      spec({
        set: {
          [`body/properties/${attack.replaceAll("~", "~0").replaceAll("/", "~1")}`]: {
            type: "string",
            maxLength: 9,
          },
        },
      }),
    );
    expect(text).toContain("owned");
  });

  it.each(ATTACKS)("is refused as a name of anything printed: %j", async (attack) => {
    const wrong: [string, (copy: Spec) => void][] = [
      [
        "operationId",
        (copy) => Object.assign(copy.paths["/conversations"]?.get ?? {}, { operationId: attack }),
      ],
      ["schema", (copy) => Object.assign(copy.components.schemas, { [attack]: { type: "string" } })],
      ["path", (copy) => Object.assign(copy.paths, { [`/${attack}`]: copy.paths["/conversations"] })],
      ["path parameter", (copy) => Object.assign(copy.paths, { [`/x/{${attack}}`]: {} })],
      ["displayName", (copy) => Object.assign(copy["x-convo"], { displayName: attack })],
      ["docs", (copy) => Object.assign(copy["x-convo"], { docs: attack })],
      ["variable", (copy) => Object.assign(copy["x-convo"].env, { apiKey: attack })],
      ["header variable", (copy) => Object.assign(copy["x-convo"].env, { headers: { [attack]: "A" } })],
    ];
    for (const [what, change] of wrong)
      await expect(output(raw(change)), what).rejects.toThrow(/openapi\.yaml/);
  });

  it("is refused by the guard, should it ever get that far", () => {
    const guard = (text: string) => () => checkOutput(new Map([["packages/acme/src/client.ts", text]]));
    expect(guard("export interface A { a: string }")).not.toThrow();
    expect(guard('export const vendor = { "a": [1, -2, "b", true, null] };')).not.toThrow();
    for (const text of [
      "owned();",
      "export const a = owned();",
      "export const a = `x`;",
      'export const a = { "__proto__": {} };',
      "export const a = { ...b };",
      "export const a = { get b() { return 1; } };",
      'import "node:fs";',
      'export * from "evil";',
      "export class A {}",
      "export enum A { B }",
      'export type A = typeof import("node:fs");',
      "export interface A { [owned()]: string }",
      "export function f(options?: ClientOptions) { owned(); }",
      "export interface A { a: string",
    ])
      expect(guard(text), text).toThrow("client.ts");
  });
});

it.each(ATTACKS)("stays text in what a new vendor begins with: %j", (attack) => {
  const copy = structuredClone(base);
  const { schemas } = copy.components;
  for (const name of ["UpdateConversationBody", "Conversation", "DeletedConversation", "Failure"]) {
    const schema = schemas[name] as Schema;
    schema.properties = {
      [attack]: { type: "string" },
      [`updated${attack}`]: { type: "string" },
      ...schema.properties,
    };
    schema.required = [...(schema.required ?? []), attack];
  }
  Object.assign(schemas.Conversation?.properties?.object ?? {}, { const: attack, example: attack });
  Object.assign(copy.components.parameters?.ConversationId ?? {}, { example: attack });
  Object.assign(copy.info, { title: attack, description: attack });
  copy["x-convo"].docs = "https://acme.example/*/owned";
  const spec = checkSpec(copy, "hostile");
  const { files } = scaffold(repository, "zephyr", spec, "");
  for (const [file, text] of files) {
    if (!file.endsWith(".ts")) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const words = new Set<string>();
    const look = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) words.add(node.text);
      ts.forEachChild(node, look);
    };
    look(source);
    expect(
      [...words].filter((word) => /owned|globalThis/.test(word)),
      file,
    ).toEqual([]);
  }
  expect([...files.values()].join("\n")).toContain("owned");
});
