/**
 * `pnpm bench:walk [--steps]`: how far somebody walks who reads what one update does: the files and the named functions it enters, and how often the next function
 * entered is in another file. Counted, not timed: Node loads the sources of client, core and vendor packages with a note at the start of
 * every function, and one update runs against the sandbox over HTTP, after another that has loaded everything.
 */
import { registerHooks } from "node:module";
import { join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { table } from "./table.ts";

const packages = join(import.meta.dirname, "..", "packages");
/** Whose functions are walked through; the sandbox is the other side. */
const WALKED = /\/packages\/(client|core|openai|datagrid)\/src\//;
/** What is aimed at, and what has been reached: more than that is a step back, and exits 1. */
const GOALS = {
  "call of the client": { files: 10, changes: 22, reached: { files: 10, changes: 19 } },
  "field update": { files: 18, changes: 35, reached: { files: 31, changes: 85 } },
  merge: { files: 22, changes: 50, reached: { files: 35, changes: 142 } },
};
/** Functions that read one key or ask for a type: nobody opens their file to follow an update. */
const LEAVES = "core/src/metadata/json.ts";

/** Functions entered, in order, while an update is watched. */
let entered: { readonly file: string; readonly name: string }[] | undefined;
Object.assign(globalThis, {
  walked: (file: string, name: string): void => void entered?.push({ file, name }),
});

/** A source with a note at the start of every function; lines stay where they are. */
function noted(file: string, source: string): string {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const inserts: [at: number, text: string][] = [];
  const visit = (node: ts.Node): void => {
    const body = ts.isFunctionLike(node) && "body" in node ? (node.body as ts.Node | undefined) : undefined;
    if (body) {
      const call = `walked(${JSON.stringify(file)}, ${JSON.stringify(nameOf(node as ts.FunctionLikeDeclaration))})`;
      if (ts.isBlock(body)) inserts.push([startOf(body), `${call};`]);
      else inserts.push([body.getStart(), `(${call}, `], [body.getEnd(), ")"]);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  let text = source;
  // From the end, so that no place moves; of two at one place the inner one, which was found last, comes first.
  for (const [at, insert] of inserts.sort(([a], [b]) => b - a))
    text = text.slice(0, at) + insert + text.slice(at);
  return text;
}

/** Where a note may stand: a constructor may have to call its parent's first. */
function startOf(body: ts.Block): number {
  const [first] = body.statements;
  return first && /^super\b/.test(first.getText()) ? first.getEnd() : body.getStart() + 1;
}

/** What a reader calls a function; empty where it has no name. */
function nameOf(node: ts.FunctionLikeDeclaration): string {
  const { name, parent } = node;
  if (name) return name.getText();
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text}`;
  const holds =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return holds ? parent.name.getText() : "";
}

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!WALKED.test(url) || !loaded.source) return loaded;
    return { ...loaded, source: noted(relative(packages, fileURLToPath(url)), String(loaded.source)) };
  },
});

const { createSandbox } = await import("@convo/sandbox");
const { createConvo, datagrid, openai } = await import("@convo/core");
const sandbox = createSandbox();
await sandbox.listen();
const env = sandbox.env();
const convo = createConvo({
  openai: openai({ baseUrl: sandbox.baseUrl("openai"), apiKey: env.OPENAI_API_KEY ?? null }),
  datagrid: datagrid({ baseUrl: sandbox.baseUrl("datagrid"), apiKey: env.DATAGRID_API_KEY ?? null }),
});
const UPDATES = {
  "call of the client": (text: string) =>
    convo.datagrid.client.updateConversation("cnv_sandbox_0001", { name: text }),
  "field update": (text: string) => convo.datagrid.update("cnv_sandbox_0001", { name: text }),
  merge: (text: string) => convo.openai.update("conv_sandbox0001", { metadata: { step: text } }),
};

const changesOf = (steps: readonly { readonly file: string }[]): number =>
  steps.filter(({ file }, n) => n > 0 && file !== steps[n - 1]?.file).length;

const rows = [];
for (const [title, update] of Object.entries(UPDATES)) {
  await update("first");
  await setImmediate();
  entered = [];
  await update("second");
  // What is cleaned up after the caller has been answered.
  await setImmediate();
  const steps = entered;
  entered = undefined;
  const named = steps.filter(({ name }) => name);
  const files = new Set(steps.map(({ file }) => file));
  const changes = changesOf(steps);
  const goal = GOALS[title as keyof typeof GOALS];
  rows.push({
    update: title,
    files: files.size,
    "functions by name": new Set(named.map(({ file, name }) => `${file} ${name}`)).size,
    "changes of file": changes,
    "without json.ts": changesOf(steps.filter(({ file }) => file !== LEAVES)),
    goal: `${goal.files} files, ${goal.changes} changes`,
  });
  if (files.size > goal.reached.files || changes > goal.reached.changes) process.exitCode = 1;
  if (process.argv.includes("--steps"))
    for (const { file, name } of steps) console.log(`${file.padEnd(44)} ${name || "(no name)"}`);
}
console.log(table("How far one update walks", rows));
await sandbox.close();
