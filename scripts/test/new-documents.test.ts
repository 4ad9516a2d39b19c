/** Documents from the wild, made up: each becomes a vendor with nothing written by hand, and works at a server that is. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { served } from "./by-hand.ts";
import { documentFile, documentNames } from "./documents.ts";
import { checkVendors, makeVendors } from "./new-documents.ts";

const vendorOf = (name: string): string => `v${name.slice(0, 2)}`;
const made = await makeVendors(new Map(documentNames.map((name) => [vendorOf(name), documentFile(name)])));
afterAll(() => made.copy.remove());

it("every document with an update ends green, and the table says what was left out", () => {
  const checks = checkVendors(made);
  const run = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, "by-hand.ts"),
      made.copy.root,
      ...served.map((name) => `${vendorOf(name)}=${name}`),
    ],
    { encoding: "utf8" },
  );
  const byHand = JSON.parse(run.stdout || "{}") as Record<string, string[]>;
  const rows = made.attempts.map(({ vendor, file, made: vendorMade, error }) => {
    const name = documentNames.find((one) => documentFile(one) === file) ?? "";
    const isServed = served.includes(name);
    const faults = [
      error,
      checks.lint.get(vendor),
      checks.types.get(vendor),
      checks.format.get(vendor),
      ...(checks.failed.get(vendor) ?? []),
      ...(isServed ? (byHand[vendor] ?? [run.stderr]) : []),
    ].filter((fault) => fault !== undefined);
    return {
      document: name,
      leftOut: vendorMade?.notes.filter(({ kind }) => kind === "left out").length ?? 0,
      decisions: vendorMade?.decisions.length ?? 0,
      handwritten: 0,
      checks: checks.passed.get(vendor) ?? 0,
      server: isServed ? "by hand" : "no update",
      faults: faults.join("; ").slice(0, 600),
    };
  });
  console.table(rows.map(({ faults, ...row }) => ({ ...row, green: faults === "" })));
  expect(rows.filter(({ faults }) => faults !== "")).toEqual([]);
  expect(checks.failed.get("core")).toBeUndefined();
  // Those without an update are clients only.
  expect(documentNames.filter((name) => !served.includes(name))).toEqual([
    "13-post-on-the-item-is-no-update",
  ]);
  for (const { server, checks: passed } of rows) if (server === "by hand") expect(passed).toBeGreaterThan(15);
}, 600_000);
