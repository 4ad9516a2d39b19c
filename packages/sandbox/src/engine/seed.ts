import { readFileSync } from "node:fs";
import type { Store } from "./store.ts";
import type { SandboxOptions, SeedData, VendorRules } from "./types.ts";

/**
 * Fills an empty store. The `seed` option replaces the built-in rows of the vendors it names.
 * Throws when the seed file cannot be read, or a row has a kind its vendor does not know.
 */
export function plant(store: Store, rules: readonly VendorRules[], options: SandboxOptions): void {
  if (options.seed === false || !store.empty()) return;
  const given = typeof options.seed === "string" ? readSeed(options.seed) : options.seed;
  store.transaction(() => {
    for (const vendor of rules) {
      const accounts = Object.values(options.accounts?.[vendor.name] ?? { any: {} });
      const names = new Set(accounts.map((account) => account.account ?? "default"));
      for (const name of names) {
        const shelf = store.shelf(vendor.name, name, vendor.kinds);
        for (const [kind, rows] of Object.entries(given?.[vendor.name] ?? vendor.seed))
          for (const row of rows) shelf.add(kind, row);
      }
    }
  });
}

function readSeed(file: string): SeedData {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SeedData;
  } catch (cause) {
    throw new Error(`[sandbox] The seed file ${file} could not be read as JSON.`, { cause });
  }
}
