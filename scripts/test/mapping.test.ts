/** A renamed field or a moved route in a spec stops the compiler at the line of the provider that says otherwise. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { useCopy } from "./copied.ts";
import { changeSpec, renameField } from "./spec-changes.ts";

const copy = useCopy();

/** What the compiler says about the copy, as `file:line`, each once, in order. */
function complaints(): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [copy.path("node_modules/typescript/bin/tsc"), "--noEmit", "--pretty", "false"],
    {
      cwd: copy.root,
      encoding: "utf8",
    },
  );
  const found = [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): error/gm)].map(
    ([, file, line]) => `${file}:${line}`,
  );
  return [...new Set(found)].sort();
}

/** Where a provider file says something. */
function at(vendor: string, text: string): string {
  const file = `packages/core/src/providers/${vendor}.ts`;
  const line =
    copy
      .read(file)
      .split("\n")
      .findIndex((one) => one.includes(text)) + 1;
  expect(line).toBeGreaterThan(0);
  return `${file}:${line}`;
}

/** A field of every vendor, how its provider maps it, and the schemas that answer with it. */
const MAPPED = [
  { vendor: "openai", field: "metadata", says: 'field: "metadata"', answers: ["Conversation"] },
  { vendor: "letta", field: "summary", says: 'summary: "summary"', answers: ["Conversation"] },
  { vendor: "datagrid", field: "name", says: 'name: "name"', answers: ["Conversation"] },
  { vendor: "chatdash", field: "summary", says: 'summary: "summary"', answers: ["Conversation"] },
  {
    vendor: "agentsight",
    field: "is_marked",
    says: 'marked: "is_marked"',
    answers: ["Conversation", "UpdateConversationResponse"],
  },
] as const;
const lines = MAPPED.map(({ vendor, says }) => at(vendor, says)).sort();

describe("the compiler", () => {
  it("has nothing to say about the copy as it is", () => {
    expect(complaints()).toEqual([]);
  });

  it.each([
    ["the body of an update", (): string[] => ["UpdateConversationBody"]],
    [
      "the body and the answers",
      (answers: readonly string[]): string[] => ["UpdateConversationBody", ...answers],
    ],
  ])("stops at exactly the lines that map a field renamed in %s", (_, schemas) => {
    for (const { vendor, field, answers } of MAPPED)
      changeSpec(copy, vendor, (spec) => renameField(spec, field, `${field}_v2`, schemas(answers)));
    expect(copy.script("regen.ts").status).toBe(0);
    expect(complaints()).toEqual(lines);
  });

  it("stops at exactly the line of a route whose verb changed", () => {
    for (const { vendor } of MAPPED)
      changeSpec(copy, vendor, (spec) => {
        const item = Object.values(spec.paths).find((one) =>
          Object.values(one).some(
            (operation) => (operation as { operationId?: string })?.operationId === "updateConversation",
          ),
        ) as Record<string, { operationId?: string }>;
        const verb = Object.keys(item).find((key) => item[key]?.operationId === "updateConversation") ?? "";
        const to = ["put", "patch", "post"].find((other) => !(other in item)) ?? "";
        item[to] = item[verb] ?? {};
        delete item[verb];
      });
    expect(copy.script("regen.ts").status).toBe(0);
    expect(complaints()).toEqual(MAPPED.map(({ vendor }) => at(vendor, "  update: ")).sort());
  });
});
