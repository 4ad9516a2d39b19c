/** Documentation that lies is a bug: every TypeScript snippet of every document compiles, runs against the sandbox, and prints what is shown. */
import { execFile } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "examples", ".snippets");

interface Snippet {
  readonly title: string;
  readonly file: string;
  readonly code: string;
  /** What the document says that it prints: the `text` block right after it. */
  readonly output?: string | undefined;
}

const documents = [
  "README.md",
  ...globSync(["packages/*/README.md", "docs/**/*.md"], {
    cwd: root,
    exclude: ["docs/node_modules/**", "docs/reference/**"],
  }).toSorted(),
];
const snippets = documents.flatMap((document): Snippet[] =>
  [
    ...readFileSync(join(root, document), "utf8").matchAll(
      /(?:^`([\w.-]+\.ts)`[^\n]*:\n\n)?^```ts\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?/gms,
    ),
  ].map(([, name, code = "", output], index) => ({
    title: `${document}, snippet ${index + 1}`,
    // A snippet with a name of its own can be imported by the others of its document.
    file: join(folder, document.replace(/\.md$/, "").replaceAll("/", "-"), name ?? `snippet-${index + 1}.ts`),
    code,
    output,
  })),
);

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of snippets) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\nexport {};\n`);
  }
  const options = { noEmit: true, allowImportingTsExtensions: true, noUnusedLocals: false, types: ["node"] };
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { ...options, isolatedDeclarations: false, declaration: false },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ ...config, include: ["**/*.ts"] }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there are snippets to check, and some that say what they print", () => {
  expect(snippets.length).toBeGreaterThanOrEqual(40);
  expect(snippets.some(({ output }) => output !== undefined)).toBe(true);
});

test("every snippet compiles", async () => {
  const tsc = join(root, "node_modules", ".bin", "tsc");
  const { stdout } = await run(tsc, ["-p", folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe("");
});

test("every snippet runs, and prints what its document says", async () => {
  const { stdout } = await run(
    process.execPath,
    [join(import.meta.dirname, "run-snippets.ts"), ...snippets.map(({ file }) => file)],
    {
      cwd: folder,
      maxBuffer: 2 ** 26,
    },
  );
  const runs = JSON.parse(stdout) as { stdout: string; problem?: string }[];
  const wrong = snippets.flatMap(({ title, output }, index) => {
    const { stdout: printed, problem } = runs[index] ?? { stdout: "", problem: "it did not run" };
    if (problem) return [`${title}: ${problem}`];
    return output === undefined || printed === output
      ? []
      : [`${title} prints\n${printed}instead of\n${output}`];
  });
  expect(wrong).toEqual([]);
});
