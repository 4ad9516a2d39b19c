/** Scaffolds many vendors at once in one copy of the repository, and runs each check once over all of them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lintSpecs } from "../lint-specs.ts";
import { type NewVendor, newVendor } from "../new-vendor.ts";
import { type Copy, copyRepository } from "./copy.ts";

/** One document's way to a vendor. */
export interface Attempt {
  vendor: string;
  file: string;
  made?: NewVendor;
  error?: string;
}

/** A copy with vendors made in it. */
export interface Made {
  copy: Copy;
  attempts: Attempt[];
}

/** Makes a vendor of each document; one that fails does not keep the others from it. */
export async function makeVendors(documents: ReadonlyMap<string, string>): Promise<Made> {
  const copy = copyRepository({ tests: true });
  const attempts: Attempt[] = [];
  for (const [vendor, file] of documents) {
    try {
      attempts.push({ vendor, file, made: await newVendor(copy.root, vendor, file) });
    } catch (error) {
      attempts.push({ vendor, file, error: (error as Error).message });
    }
  }
  for (const { vendor, made } of attempts) if (made) link(copy.root, vendor);
  return { copy, attempts };
}

/** What `pnpm install` would do in the copy, whose other dependencies are links into this repository. */
function link(root: string, vendor: string): void {
  for (const [from, to] of [
    [`packages/core/node_modules/@convo/${vendor}`, `../../../${vendor}`],
    [`packages/${vendor}/node_modules/@convo/client`, "../../../client"],
  ] as const) {
    if (existsSync(join(root, from))) continue;
    mkdirSync(dirname(join(root, from)), { recursive: true });
    symlinkSync(to, join(root, from));
  }
}

/** What each check says of each vendor; nothing where it passes. */
export interface Checks {
  lint: Map<string, string>;
  types: Map<string, string>;
  format: Map<string, string>;
  /** Failed cases by vendor, and how many passed. */
  failed: Map<string, string[]>;
  passed: Map<string, number>;
}

const VENDOR_TESTS = "packages/core/test/vendors";

/** Runs them. */
export function checkVendors({ copy, attempts }: Made): Checks {
  const vendors = attempts.filter(({ made }) => made).map(({ vendor }) => vendor);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: copy.root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const byVendor = (text: string): Map<string, string> => {
    const found = new Map<string, string>();
    for (const line of text.split("\n")) {
      const vendor = vendors.find((one) => new RegExp(`\\b${one}\\b`).test(line.replace(/error TS.*/, "")));
      if (vendor !== undefined) found.set(vendor, `${found.get(vendor) ?? ""}${line}\n`);
    }
    return found;
  };
  /** What a tool says of each vendor; one that fails and names none did not run. */
  const saidBy = (...args: string[]): Map<string, string> => {
    const { status, stdout, stderr } = run(...args);
    const said = byVendor(stdout);
    if (status !== 0 && said.size === 0) throw new Error(stdout + stderr);
    return said;
  };
  const lint = new Map<string, string>();
  const linted = lintSpecs(copy.root, vendors);
  if (!linted.ok)
    for (const [vendor, text] of byVendor(linted.text))
      if (!/slips of the vendor/.test(text)) lint.set(vendor, text);
  // One program of what was made and what it stands on; new-vendor.test.ts checks the whole repository with a vendor more in it.
  const program = {
    extends: "./tsconfig.json",
    include: [...vendors.map((vendor) => `packages/${vendor}/src`), "packages/core/src", VENDOR_TESTS],
  };
  writeFileSync(join(copy.root, "tsconfig.made.json"), JSON.stringify(program));
  const tsc = [
    "node_modules/typescript/bin/tsc",
    "--noEmit",
    "--pretty",
    "false",
    "-p",
    "tsconfig.made.json",
  ];
  const types = saidBy(...tsc);
  const format = saidBy(
    "node_modules/@biomejs/biome/bin/biome",
    "check",
    "--error-on-warnings",
    "--reporter=github",
    ...vendors.map((vendor) => `packages/${vendor}`),
    "packages/core/src/providers",
    "packages/core/package.json",
    VENDOR_TESTS,
  );
  const suites = [VENDOR_TESTS, "packages/core/test/providers.test.ts"];
  run(
    "node_modules/vitest/vitest.mjs",
    "run",
    ...suites,
    "--no-isolate",
    "--maxWorkers=1",
    "--reporter=json",
    "--outputFile=report.json",
    "-t",
    `${vendors.join("|")}|the list of providers`,
  );
  const failed = new Map<string, string[]>();
  const passed = new Map<string, number>();
  const report = JSON.parse(readFileSync(join(copy.root, "report.json"), "utf8")) as {
    testResults: {
      name: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  };
  for (const { name, message, assertionResults } of report.testResults) {
    const vendor = /vendors\/(\w+)\.test\.ts$/.exec(name)?.[1] ?? "core";
    const wrong = assertionResults.filter(({ status }) => status === "failed");
    if (wrong.length > 0 || (assertionResults.length === 0 && message))
      failed.set(
        vendor,
        wrong.length > 0
          ? wrong.map(
              ({ fullName, failureMessages }) =>
                `${fullName}: ${failureMessages[0]?.split("\n").slice(0, 3).join(" ")}`,
            )
          : [message],
      );
    passed.set(vendor, assertionResults.filter(({ status }) => status === "passed").length);
  }
  return { lint, types, format, failed, passed };
}
