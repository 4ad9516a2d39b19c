/** Documentation that lies is a bug: every TypeScript snippet of every README compiles and runs against the sandbox. */
import { execFile } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "@convo/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "examples", ".snippets");
const sandbox = createSandbox();

const snippets = ["README.md", ...globSync("packages/*/README.md", { cwd: root })].flatMap((readme) =>
  [...readFileSync(join(root, readme), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(
    ([, code = ""], index) => ({
      title: `${readme}, snippet ${index + 1}`,
      file: join(folder, `${basename(dirname(readme)).replace(/^\.$/, "root")}-${index + 1}.ts`),
      code,
    }),
  ),
);

beforeAll(async () => {
  await sandbox.listen();
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of snippets) writeFileSync(file, `${code}\nexport {};\n`);
  const options = { noEmit: true, allowImportingTsExtensions: true, noUnusedLocals: false, types: ["node"] };
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { ...options, isolatedDeclarations: false, declaration: false },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ ...config, include: ["*.ts"] }));
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

test("there are snippets to check", () => {
  expect(snippets.length).toBeGreaterThanOrEqual(7);
});

test("every snippet compiles", async () => {
  const tsc = join(root, "node_modules", ".bin", "tsc");
  await expect(
    run(tsc, ["-p", folder]).catch((error: { stdout: string }) => error.stdout),
  ).resolves.toMatchObject({
    stderr: "",
  });
});

describe("every snippet runs", () => {
  test.each(snippets)("$title", async ({ file }) => {
    sandbox.reset();
    const { stderr } = await run(process.execPath, [file], {
      cwd: folder,
      env: { ...process.env, ...sandbox.env() },
    });
    expect(stderr).toBe("");
  });
});
