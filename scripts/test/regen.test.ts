/** What is generated is what the specs say, and nothing else is in its folders. */
import { existsSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drift, generate, write } from "../regen.ts";
import { useCopy } from "./copied.ts";
import { changeSpec, renameField } from "./spec-changes.ts";

const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"];
const copy = useCopy();
const regen = (...args: string[]): ReturnType<typeof copy.script> => copy.script("regen.ts", ...args);
/** What `--check` would print, without a process of its own. */
const stale = (): string[] => drift(copy.root, generate(copy.root)).sort();

describe("regen --check", () => {
  const FILES = VENDORS.flatMap((vendor) => [
    ...[
      "package.json",
      "tsconfig.json",
      "README.md",
      "src/schema.ts",
      "src/vendor.ts",
      "src/client.ts",
      "src/index.ts",
    ].map((file) => `packages/${vendor}/${file}`),
    `packages/sandbox/specs/${vendor}.json`,
  ]);

  it("passes on what is committed, and writes nothing", () => {
    expect(regen("--check").status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
  });

  it("fails for every kind of edited file, naming each; regen puts them right", () => {
    for (const file of FILES) copy.write(file, `${copy.read(file)}\n`);
    const run = regen("--check");
    expect(run.status).toBe(1);
    expect(run.stdout.trim().split("\n").sort()).toEqual(FILES.map((file) => `different  ${file}`).sort());
    expect(run.stderr).toContain("Run `pnpm regen` and commit the result.");
    expect(regen().status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
  });

  it("fails for a missing file and for one left over; regen puts both right", () => {
    const missing = [
      "packages/letta/src/client.ts",
      "packages/datagrid/README.md",
      "packages/sandbox/specs/openai.json",
    ];
    const left = [
      "packages/openai/src/extra.ts",
      "packages/chatdash/notes.md",
      "packages/sandbox/specs/gone.json",
    ];
    for (const file of missing) rmSync(copy.path(file));
    for (const file of left) copy.write(file, "{}\n");
    const files = generate(copy.root);
    expect(drift(copy.root, files).sort()).toEqual(
      [...missing.map((file) => `missing    ${file}`), ...left.map((file) => `left over  ${file}`)].sort(),
    );
    for (const file of left) expect(existsSync(copy.path(file))).toBe(true);
    write(copy.root, files);
    expect(copy.git("status", "--short")).toBe("");
  });

  it("fails for a spec that changed without regenerating", () => {
    changeSpec(copy, "letta", (spec) => renameField(spec, "summary", "synopsis", ["UpdateConversationBody"]));
    expect(stale()).toContain("different  packages/letta/src/schema.ts");
  });

  it("fails for a vendor whose spec is gone while its package stays", () => {
    rmSync(copy.path("specs/datagrid"), { recursive: true });
    const lines = stale();
    expect(lines).toContain("left over  packages/datagrid/src/vendor.ts");
    expect(lines).toContain("left over  packages/sandbox/specs/datagrid.json");
  });

  it.each(["src/vendor.ts", "src", "package.json src/vendor.ts src/client.ts"])(
    "fails for a package no spec accounts for, whatever of it is gone: %s",
    (gone) => {
      rmSync(copy.path("specs/datagrid"), { recursive: true });
      for (const file of gone.split(" ")) rmSync(copy.path(`packages/datagrid/${file}`), { recursive: true });
      const left = stale().filter((line) => line.startsWith("left over  packages/datagrid/"));
      const there = copy.git("ls-files", "packages/datagrid").trim().split("\n");
      expect(left).toEqual(
        there.filter((file) => existsSync(copy.path(file))).map((file) => `left over  ${file}`),
      );
    },
  );

  it("fails for a table of capabilities that says other than the provider records", () => {
    const readme = copy.read("README.md");
    copy.write("README.md", readme.replace("any JSON; replaced whole", "any JSON; merged"));
    expect(regen("--check")).toMatchObject({ status: 1, stdout: "different  README.md\n" });
    copy.write("README.md", readme);
    const provider = "packages/core/src/providers/agentsight.ts";
    copy.write(provider, copy.read(provider).replace('write: "replace"', 'write: "merge"'));
    expect(regen("--check")).toMatchObject({
      status: 1,
      stdout: "different  README.md\ndifferent  docs/vendors/agentsight.md\n",
    });
    expect(regen().status).toBe(0);
    expect(copy.read("README.md")).toContain("any JSON; merged");
  });

  it("keeps what belongs to the release tool", () => {
    copy.write("packages/letta/CHANGELOG.md", "# 1.2.3\n");
    copy.write(
      "packages/letta/package.json",
      copy.read("packages/letta/package.json").replace(/"version": ".*?"/, '"version": "1.2.3"'),
    );
    const files = generate(copy.root);
    expect(drift(copy.root, files)).toEqual([]);
    write(copy.root, files);
    expect(copy.read("packages/letta/package.json")).toContain('"version": "1.2.3"');
    expect(existsSync(copy.path("packages/letta/CHANGELOG.md"))).toBe(true);
  });
});

describe("regen twice", () => {
  it("gives the same bytes, also from empty folders and in another place", () => {
    for (const file of copy
      .git("ls-files", ...VENDORS.map((vendor) => `packages/${vendor}/src`))
      .trim()
      .split("\n"))
      rmSync(copy.path(file));
    expect(regen().status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
    write(copy.root, generate(copy.root));
    expect(copy.git("status", "--short")).toBe("");
  });
});
