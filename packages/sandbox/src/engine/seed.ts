import { readFileSync } from "node:fs";
import type { SandboxOptions, SeedData } from "../options.ts";
import type { VendorRules } from "./rules.ts";
import type { Shelf, Store } from "./store.ts";
import { type Doc, VENDORS, type VendorName } from "./types.ts";

/**
 * Fills an empty store. The `seed` option replaces the built-in rows of the vendors it names.
 * Throws when the seed file cannot be read, when a vendor or a kind of row is unknown, and for a row without id.
 */
export function plant(store: Store, rules: readonly VendorRules[], options: SandboxOptions): void {
  checkNames("accounts", options.accounts);
  if (options.seed === false || !store.empty()) return;
  const given = typeof options.seed === "string" ? readSeed(options.seed) : options.seed;
  checkNames("seed", given);
  store.transaction(() => {
    for (const vendor of rules) {
      const accounts = Object.values(options.accounts?.[vendor.name] ?? { any: {} });
      const names = new Set(accounts.map((account) => account.account ?? "default"));
      for (const name of names) {
        const shelf = store.shelf(vendor.name, name, vendor.kinds);
        for (const [kind, rows] of Object.entries(given?.[vendor.name] ?? vendor.seed))
          for (const row of rows) addRow(shelf, vendor, kind, row);
      }
    }
  });
}

/** A misspelt vendor would be left out without a word. */
function checkNames(option: string, value: object | undefined): void {
  const unknown = Object.keys(value ?? {}).find((name) => !VENDORS.includes(name as VendorName));
  if (unknown === undefined) return;
  throw new Error(`[sandbox] ${option}: there is no vendor ${unknown}, only ${VENDORS.join(", ")}.`);
}

function addRow(shelf: Shelf, { name, kinds }: VendorRules, kind: string, row: Doc): void {
  const where = `[sandbox] seed: ${name}.${kind}`;
  const rule = kinds[kind];
  if (!rule) throw new Error(`${where}: ${name} has only ${Object.keys(kinds).join(", ")}.`);
  if (row[rule.id] === undefined) throw new Error(`${where}: a row has no ${rule.id}.`);
  if (shelf.get(kind, String(row[rule.id])))
    throw new Error(`${where}: two rows have the ${rule.id} ${row[rule.id]}.`);
  shelf.add(kind, row);
}

function readSeed(file: string): SeedData {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SeedData;
  } catch (cause) {
    throw new Error(`[sandbox] The seed file ${file} could not be read as JSON.`, { cause });
  }
}
