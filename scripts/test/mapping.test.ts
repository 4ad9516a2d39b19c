/** A renamed field or a moved route in a spec stops the compiler at the line of the provider that says otherwise. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import type { Schema, Spec } from "../generate/spec.ts";
import { copyRepository } from "./copy.ts";

// Processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const copy = copyRepository();
afterAll(() => copy.remove());
beforeEach(() => {
  copy.git("reset", "-q", "--hard");
  copy.git("clean", "-qfd");
});

const path = (file: string): string => join(copy.root, file);
const read = (file: string): string => readFileSync(path(file), "utf8");
const regen = (...args: string[]): ReturnType<typeof copy.script> => copy.script("regen.ts", ...args);

/** Changes a vendor's spec, as its vendor would. */
function change(vendor: string, by: (spec: Spec) => void): void {
  const file = `specs/${vendor}/openapi.yaml`;
  const spec = parse(read(file)) as Spec;
  by(spec);
  writeFileSync(path(file), stringify(spec, { aliasDuplicateObjects: false }));
}

/** Renames a field of some schemas. */
function rename(spec: Spec, field: string, to: string, schemas: readonly string[]): void {
  for (const name of schemas) {
    const schema = spec.components.schemas[name] as Schema & { required?: string[] };
    const entries = Object.entries(schema.properties ?? {});
    expect(entries.map(([key]) => key)).toContain(field);
    schema.properties = Object.fromEntries(entries.map(([key, value]) => [key === field ? to : key, value]));
    if (schema.required) schema.required = schema.required.map((key) => (key === field ? to : key));
  }
}

/** What the compiler says about the copy, as `file:line`, each once, in order. */
function complaints(): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [path("node_modules/typescript/bin/tsc"), "--noEmit", "--pretty", "false"],
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
    read(file)
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
      change(vendor, (spec) => rename(spec, field, `${field}_v2`, schemas(answers)));
    expect(regen().status).toBe(0);
    expect(complaints()).toEqual(lines);
  });

  it("stops at exactly the line of a route whose verb changed", () => {
    for (const { vendor } of MAPPED)
      change(vendor, (spec) => {
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
    expect(regen().status).toBe(0);
    expect(complaints()).toEqual(MAPPED.map(({ vendor }) => at(vendor, "  update: ")).sort());
  });
});

describe("regen --check", () => {
  const FILES = MAPPED.flatMap(({ vendor }) => [
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
    for (const file of FILES) writeFileSync(path(file), `${read(file)}\n`);
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
    for (const file of missing) rmSync(path(file));
    for (const file of left) writeFileSync(path(file), "{}\n");
    const run = regen("--check");
    expect(run.status).toBe(1);
    expect(run.stdout.trim().split("\n").sort()).toEqual(
      [...missing.map((file) => `missing    ${file}`), ...left.map((file) => `left over  ${file}`)].sort(),
    );
    for (const file of left) expect(existsSync(path(file))).toBe(true);
    expect(regen().status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
  });

  it("fails for a spec that changed without regenerating", () => {
    change("letta", (spec) => rename(spec, "summary", "synopsis", ["UpdateConversationBody"]));
    expect(regen("--check")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("packages/letta/src/schema.ts"),
    });
  });

  it("fails for a vendor whose spec is gone while its package stays", () => {
    rmSync(path("specs/datagrid"), { recursive: true });
    const run = regen("--check");
    expect(run.status).toBe(1);
    expect(run.stdout).toContain("left over  packages/datagrid/src/vendor.ts");
    expect(run.stdout).toContain("left over  packages/sandbox/specs/datagrid.json");
  });

  it.each(["src/vendor.ts", "src", "package.json src/vendor.ts src/client.ts"])(
    "fails for a package no spec accounts for, whatever of it is gone: %s",
    (gone) => {
      rmSync(path("specs/datagrid"), { recursive: true });
      for (const file of gone.split(" ")) rmSync(path(`packages/datagrid/${file}`), { recursive: true });
      const run = regen("--check");
      expect(run.status).toBe(1);
      const left = run.stdout.split("\n").filter((line) => line.startsWith("left over  packages/datagrid/"));
      const there = copy.git("ls-files", "packages/datagrid").trim().split("\n");
      expect(left).toEqual(
        there.filter((file) => existsSync(path(file))).map((file) => `left over  ${file}`),
      );
    },
  );

  it("fails for a table of capabilities that says other than the provider records", () => {
    const readme = read("README.md");
    writeFileSync(path("README.md"), readme.replace("any JSON; replaced whole", "any JSON; merged"));
    expect(regen("--check")).toMatchObject({ status: 1, stdout: "different  README.md\n" });
    expect(regen().status).toBe(0);
    expect(read("README.md")).toBe(readme);
    const provider = "packages/core/src/providers/agentsight.ts";
    writeFileSync(path(provider), read(provider).replace('write: "replace"', 'write: "merge"'));
    expect(regen("--check")).toMatchObject({ status: 1, stdout: "different  README.md\n" });
    expect(regen().status).toBe(0);
    expect(read("README.md")).toContain("any JSON; merged");
  });

  it("keeps what belongs to the release tool", () => {
    writeFileSync(path("packages/letta/CHANGELOG.md"), "# 1.2.3\n");
    writeFileSync(
      path("packages/letta/package.json"),
      read("packages/letta/package.json").replace(/"version": ".*?"/, '"version": "1.2.3"'),
    );
    expect(regen("--check").status).toBe(0);
    expect(regen().status).toBe(0);
    expect(read("packages/letta/package.json")).toContain('"version": "1.2.3"');
    expect(existsSync(path("packages/letta/CHANGELOG.md"))).toBe(true);
  });
});

describe("regen twice", () => {
  it("gives the same bytes, also from empty folders and in another place", () => {
    for (const file of copy
      .git("ls-files", ...MAPPED.map(({ vendor }) => `packages/${vendor}/src`))
      .trim()
      .split("\n"))
      rmSync(path(file));
    expect(regen().status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
    expect(regen().status).toBe(0);
    expect(copy.git("status", "--short")).toBe("");
  });
});
