/** Everything handwritten that a vendor begins with, made from its spec, and what is left to decide. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../generate/format.ts";
import type { Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import type { Node } from "../pull/node.ts";
import { isPaging, queryOf } from "../pull/paging.ts";
import { type Decision, draftProvider } from "./record.ts";
import { testFile } from "./test-file.ts";
import { shapeOf } from "./vendor-shape.ts";

/** Files by path from the root, changed ones whole, and `file:line  question` for what the spec does not tell. */
export interface Scaffold {
  files: Map<string, string>;
  decisions: string[];
}

/** Makes them; nothing is written. `document` is the text of the vendor's `openapi.yaml`. Where nothing can be updated there is no file. */
export function scaffold(root: string, vendor: string, spec: Spec, document: string): Scaffold {
  const shape = shapeOf(spec);
  const file = `specs/${vendor}/openapi.yaml`;
  if (typeof shape !== "object") {
    const decisions = inSpec(document, file, spec, false);
    if (shape !== undefined) decisions.unshift(`${file}  getConversation: ${shape}`);
    return { files: new Map(), decisions };
  }
  const draft = draftProvider(vendor, spec, shape);
  const provider = `packages/core/src/providers/${vendor}.ts`;
  const verbs = `packages/core/src/providers/verbs/${vendor}.ts`;
  const edited = (file: string, edit: (text: string) => string): [file: string, text: string] => [
    file,
    edit(readFileSync(join(root, file), "utf8")),
  ];
  const files = formatted(
    root,
    new Map([
      [provider, draft.text],
      [verbs, draft.verbsText],
      [`packages/core/test/vendors/${vendor}.test.ts`, testFile(vendor, spec, shape, draft)],
      edited("packages/core/src/providers/index.ts", (text) => `export * from "./${vendor}.ts";\n${text}`),
      edited("packages/core/package.json", (text) => withDependency(text, `@convo/${vendor}`)),
      edited("packages/cli/src/config.ts", (text) =>
        text.replace(/(VENDORS = \[[^\]]*)\]/, `$1, "${vendor}"]`),
      ),
    ]),
  );
  const fileOf = ({ key }: Decision): string => ((key.split(".")[0] ?? "") in draft.verbs ? verbs : provider);
  const decisions = [
    ...draft.decisions.map((one) => inRecord(one, fileOf(one), files.get(fileOf(one)) ?? "")),
    ...inSpec(document, file, spec, shape.replaces),
  ];
  return { files, decisions };
}

/** A manifest with one of our packages among its dependencies, in order. */
function withDependency(text: string, name: string): string {
  const data = JSON.parse(text) as { dependencies: Record<string, string> };
  const all = Object.entries({ ...data.dependencies, [name]: "workspace:^" });
  data.dependencies = Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify(data, null, 2)}\n`;
}

function inRecord({ key, question }: Decision, file: string, text: string): string {
  const lines = text.split("\n");
  const [word = "", part] = key.split(".");
  const start = lines.findIndex((line) => line.trimStart().startsWith(`${word}:`));
  const inner = part ? lines.findIndex((line, index) => index >= start && line.includes(`${part}:`)) : start;
  return `${file}:${Math.max(start, inner) + 1}  ${key}: ${question}`;
}

/** Questions of one kind that are asked one by one. */
const SHOWN = 12;

/** What only the extensions of our spec format say. */
function inSpec(document: string, file: string, spec: Spec, replaces: boolean): string[] {
  const lines = document.split("\n");
  const at = (text: string): string => `${file}:${lines.findIndex((line) => line.includes(text)) + 1}`;
  const lists = rows(spec).filter(
    ({ name, page, path, operation }) =>
      name.startsWith("list") &&
      !page &&
      queryOf(spec, { path, operation: operation as unknown as Node }).some(isPaging),
  );
  const { type, name } = Object.values(spec.components.securitySchemes ?? {})[0] ?? {};
  return [
    replaces &&
      `${at("x-convo-replaces")}  updateConversation: does a write clear what it leaves out? If not, remove x-convo-replaces`,
    ...lists
      .slice(0, SHOWN)
      .map(({ name }) => `${at(`operationId: ${name}`)}  ${name}: how does the list go on? (x-convo-page)`),
    lists.length > SHOWN && `${file}  and ${lists.length - SHOWN} more lists: how do they go on?`,
    type === "apiKey" &&
      spec["x-convo"].keyPrefix === undefined &&
      `${at("x-convo:")}  x-convo.keyPrefix: does a word stand before the key in ${name}? (--auth header:${name}:Word)`,
  ].filter((question) => question !== false);
}
