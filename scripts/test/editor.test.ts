/** What an editor shows to somebody who writes an update: by TypeScript's own language service, on the sources. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const file = join(root, "packages/core/test/in-the-editor.ts");
const HEAD = `import { agentsight, createConvo, letta, openai } from "../src/index.ts";
const convo = createConvo({ openai: openai(), letta: letta(), agentsight: agentsight() });
`;

let text = "";
let version = 0;
const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? `${version}` : "0"),
  getScriptSnapshot(name) {
    if (name === file) return ts.ScriptSnapshot.fromString(text);
    return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
});

/** Puts a line into the editor; returns where its mark \`|\` is. */
function type(line: string): number {
  const at = HEAD.length + line.indexOf("|");
  text = HEAD + line.replace("|", "");
  version += 1;
  return at;
}

/** What is offered at the mark: properties, or values of a string. */
function offered(line: string): string[] {
  const at = type(line);
  const found = service.getCompletionsAtPosition(file, at, { includeCompletionsForModuleExports: false });
  return (found?.entries ?? [])
    .filter(({ kind }) => kind !== ts.ScriptElementKind.keyword && kind !== ts.ScriptElementKind.warning)
    .map(({ name }) => name.replaceAll('"', ""));
}

/** Which of the properties offered at the mark show no documentation. */
function undocumented(line: string): string[] {
  const names = offered(line);
  expect(names.length).toBeGreaterThan(5);
  const at = type(line);
  return names.filter((name) => {
    const details = service.getCompletionEntryDetails(
      file,
      at,
      name,
      undefined,
      undefined,
      undefined,
      undefined,
    );
    return !ts.displayPartsToString(details?.documentation);
  });
}

describe("completions", () => {
  it.each([
    ["names of providers", "convo.all.update({ | })", ["agentsight", "letta", "openai"]],
    [
      "the providers of an update for overrides",
      'convo.all.update({ openai: "c", letta: "d" }, {}, { overrides: { | } })',
      ["letta", "openai"],
    ],
    [
      "what one of them can do for its overrides",
      'convo.all.update({ openai: "c", letta: "d" }, {}, { overrides: { letta: { | } } })',
      ["native", "summary"],
    ],
    [
      "the providers of a line for its overrides",
      'convo.all.updateMany([{ ids: { openai: "c", letta: "d" }, changes: {}, overrides: { | } }])',
      ["letta", "openai"],
    ],
    [
      "what one of them can do for the overrides of a line",
      'convo.all.updateMany([{ ids: { openai: "c" }, changes: {}, overrides: { openai: { | } } }])',
      ["metadata", "unset"],
    ],
    [
      "ways to merge",
      'convo.agentsight.update(1, { name: "n" }, { merge: "|" })',
      ["deep", "replace", "shallow"],
    ],
    [
      "what to do with a field that the vendor lacks",
      'convo.agentsight.update(1, { name: "n" }, { unsupported: "|" })',
      ["error", "metadata", "skip"],
    ],
  ])("offer %s", (_, line, wanted) => {
    expect(offered(line).sort()).toEqual(wanted);
  });
});

it.each([
  ["field of a change", "convo.agentsight.update(1, { | })"],
  ["option of an update", 'convo.agentsight.update(1, { name: "n" }, { | })'],
  ["option of a provider", "openai({ | })"],
  ["option of a create", 'convo.agentsight.create({}, { externalId: "e", | })'],
  ["field of a conversation", "(await convo.agentsight.get(1)).conversation.|"],
])("every %s shows its documentation", (_, line) => {
  expect(undocumented(line)).toEqual([]);
});

describe("what a vendor lacks", () => {
  it.each([
    ["letta", ["native", "summary"]],
    ["openai", ["metadata", "unset"]],
  ])("is not offered: %s", (vendor, wanted) => {
    expect(offered(`convo.${vendor}.update("c", { | })`).sort()).toEqual(wanted);
    expect(offered(`convo.${vendor}.plan("c", { | })`).sort()).toEqual(wanted);
  });

  it.each([
    ["encode", "agentsight({ | })"],
    ["encode", "letta({ | })"],
    ["schema", "letta({ | })"],
    ["query", "convo.openai.create({}, { | })"],
    ["externalId", "convo.openai.create({}, { | })"],
  ])("is not offered either: %s of %s", (option, line) => {
    const options = offered(line);
    expect(options).toContain("deadlineMs");
    expect(options).not.toContain(option);
  });

  it("is named by the error, with the vendor", () => {
    type('await convo.openai.update("c", { name: "x" });|');
    const messages = service
      .getSemanticDiagnostics(file)
      .map((one) => ts.flattenDiagnosticMessageText(one.messageText, " "));
    expect(messages.join()).toMatch(/'name' does not exist in type 'Changes<OpenAIShape/);
  });
});

it.each([
  ["update", 'await convo.openai.update("c", {})', "UpdateResult<OpenAIShape>"],
  ["get", 'await convo.openai.get("c")', "GetResult<OpenAIShape>"],
  ["create", "await convo.openai.create({})", "CreateResult<OpenAIShape>"],
  ["plan", 'await convo.openai.plan("c", {})', "Plan"],
  ["delete", 'await convo.openai.delete("c")', "DeleteResult<OpenAIShape>"],
  ["archive", 'await convo.letta.archive("c")', "ArchiveResult<LettaShape>"],
  ["unarchive", 'await convo.letta.unarchive("c")', "ArchiveResult<LettaShape>"],
  [
    "addMessage",
    'await convo.openai.addMessage("c", { role: "user", text: "t" })',
    "AddMessageResult<OpenAIShape>",
  ],
  ["a list", "convo.letta.list()", "PagedList<ListedConversation<LettaShape>>"],
  ["messages", 'convo.openai.messages("c")', "PagedList<Message<OpenAIShape>>"],
  [
    "all.update",
    'await convo.all.update({ openai: "c", agentsight: 4 }, {})',
    "{ readonly openai: UpdateResult<OpenAIShape>; readonly agentsight: UpdateResult<AgentSightShape>; }",
  ],
])("the hover of what %s gives is one short type", (_, call, wanted) => {
  const at = type(`const |found = ${call};`);
  const shown = ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.displayParts);
  expect(shown.replaceAll(/\s+/g, " ")).toBe(`const found: ${wanted}`);
});
