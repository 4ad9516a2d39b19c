/**
 * `pnpm specs:accept <vendor> [<field>=same|other ...]`: where a changed spec needs a decision in core, enters the answers that
 * take nothing from callers and claim nothing, and lists the rest with file and line.
 *
 * Entered by itself: `{ homonym }` for a field that has a common name but cannot be mapped, and `null` for one
 * that had another meaning and is gone. Whether a vendor's `name` is *our* name is for a person: `name=same` or `name=other`.
 * Exit codes: 0 everything is answered, 1 decisions are left, 2 failure.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { asked, checkProvider, type Problem } from "./diff/provider-check.ts";
import { checkVendor } from "./generate/spec.ts";

/** Enters what can be entered; returns what was entered and what is left for a person. */
export function accept(
  root: string,
  vendor: string,
  said: ReadonlyMap<string, string>,
): { entered: Problem[]; left: Problem[] } {
  const problems = checkProvider(root, vendor);
  const decided = problems.map((problem) => ({ problem, text: decision(problem, said) }));
  // From the end, so that offsets stay right.
  for (const { problem, text } of decided.toReversed()) {
    const { answer, file } = problem;
    if (text === undefined || !answer) continue;
    const path = join(root, file);
    const old = readFileSync(path, "utf8");
    writeFileSync(path, old.slice(0, answer.start) + text + old.slice(answer.end));
  }
  return {
    entered: decided
      .filter(({ text }) => text !== undefined)
      .map(({ problem, text }) => ({ ...problem, choices: [text ?? ""] })),
    left: decided.filter(({ text }) => text === undefined).map(({ problem }) => problem),
  };
}

function decision({ key, answer, choices }: Problem, said: ReadonlyMap<string, string>): string | undefined {
  if (!key.startsWith("fields.") || !answer) return undefined;
  const word = said.get(key.slice("fields.".length));
  if (word === "same") return choices.find((choice) => choice.startsWith('"'));
  if (word === "other") return choices.find((choice) => choice.startsWith("{"));
  // A field callers use today may not vanish without a person having seen it.
  const isMapped = answer.value !== undefined;
  return choices.length === 1 && !isMapped && !choices[0]?.startsWith('"') ? choices[0] : undefined;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { root: { type: "string" } },
  });
  const [vendor, ...rest] = positionals;
  if (!vendor) throw new Error("which vendor? pnpm specs:accept <vendor> [name=same|other ...]");
  const root = values.root ?? join(import.meta.dirname, "..");
  checkVendor(join(root, "specs"), vendor);
  const { entered, left } = accept(
    root,
    vendor,
    new Map(rest.map((word) => word.split("=") as [string, string])),
  );
  for (const problem of entered) console.log(`entered  ${asked(problem)}`);
  for (const problem of left) console.log(`decide   ${asked(problem)}`);
  if (left.some(({ choices }) => choices.length > 1))
    console.log(
      `\nBy hand, or: pnpm specs:accept ${vendor} <field>=same|other (other: it means something else)`,
    );
  if (entered.length > 0) console.log("\nNext: pnpm regen (the table in README.md follows the record)");
  if (entered.length + left.length === 0) console.log(`${vendor}: nothing to decide`);
  return left.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    process.exitCode = main();
  } catch (error) {
    console.error(`specs:accept failed: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
