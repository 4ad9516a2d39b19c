import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const folders = [
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/src`),
  "scripts",
  "bench",
];

/** Every TypeScript file beneath a folder, with the files it imports, types and dynamic imports included. */
function importsIn(folder: string): Map<string, string[]> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/(^|\/)(node_modules|dist|fixtures|consumer)\//.test(file))
    .map((file) => join(root, folder, file));
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
    const inside = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
    graph.set(
      file,
      inside.map((name) => join(dirname(file), name)),
    );
  }
  return graph;
}

/** One cycle, as paths from the root; empty where there is none. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, "open" | "done">();
  const trail: string[] = [];
  const visit = (file: string): string[] => {
    if (state.get(file) === "done") return [];
    if (state.get(file) === "open") return [...trail.slice(trail.indexOf(file)), file];
    state.set(file, "open");
    trail.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    trail.pop();
    state.set(file, "done");
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle.map((path) => relative(root, path));
  }
  return [];
}

it.each(folders)("no import of %s leads back to where it came from, types included", (folder) => {
  expect(cycleIn(importsIn(folder))).toEqual([]);
});

it("a cycle of types is found", () => {
  const graph = new Map([
    [join(root, "a.ts"), [join(root, "b.ts")]],
    [join(root, "b.ts"), [join(root, "c.ts")]],
    [join(root, "c.ts"), [join(root, "b.ts")]],
  ]);
  expect(cycleIn(graph)).toEqual(["b.ts", "c.ts", "b.ts"]);
});

/** Core's rooms, as in AGENTS.md: each may import from those before it, types included, and from none behind it. */
const ROOMS = [
  ...["metadata", "types", "errors.ts", "within.ts", "options.ts", "observe", "provider", "providers"],
  ...["wire", "merge", "call.ts", "update", "read", "lifecycle", "transfer"],
  ...["plan.ts", "probe", "bulk", "catalogue", "handle.ts", "verbs.ts", "all.ts", "convo.ts", "index.ts"],
];

it("core's rooms import downwards only, and there is no room without a place", () => {
  const core = join(root, "packages/core/src");
  const roomOf = (file: string): string => relative(core, file).split("/")[0] ?? "";
  const wrong: string[] = [];
  for (const [file, imports] of importsIn("packages/core/src")) {
    const place = ROOMS.indexOf(roomOf(file));
    if (place < 0) wrong.push(`${relative(root, file)} is in no room of the list`);
    for (const other of imports)
      if (ROOMS.indexOf(roomOf(other)) > place)
        wrong.push(`${relative(root, file)} imports upwards: ${relative(root, other)}`);
  }
  expect(wrong).toEqual([]);
});
