import { readFileSync } from "node:fs";
import type { SandboxOptions, SeedData } from "../options.ts";
import type { Collection, Store } from "../store/store.ts";
import { openCollection } from "./collection.ts";
import type { VendorRules } from "./rules.ts";
import { type Doc, VENDORS, type VendorName } from "./types.ts";

/**
 * Fills an empty store. The `seed` option replaces the built-in rows of the vendors it names. Throws when the seed file
 * cannot be read, when a vendor or a kind of row is unknown, and for a row without id or one that could not be served.
 */
export function seedStore(store: Store, rules: readonly VendorRules[], options: SandboxOptions): void {
  checkAccounts(options.accounts);
  if (!store.empty()) return;
  const given = typeof options.seed === "string" ? readSeed(options.seed) : options.seed;
  if (given !== false) checkVendors("seed", given);
  store.transaction(() => {
    // Asked again under the lock: another process may have been first.
    if (!store.empty()) return;
    store.begun();
    if (given === false) return;
    for (const vendor of rules) {
      const accounts = Object.values(options.accounts?.[vendor.name] ?? { any: {} });
      const names = new Set(accounts.map((account) => account.account));
      for (const name of names) {
        const collection = openCollection(store, vendor, name);
        for (const [kind, rows] of Object.entries(given?.[vendor.name] ?? vendor.seed))
          for (const row of rowsOf(vendor, kind, rows)) addRow(collection, vendor, kind, row);
      }
    }
  });
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A misspelt vendor would be left out without a word. */
function checkVendors(option: string, value: object | undefined): void {
  if (value !== undefined && !isObject(value))
    throw new Error(`[sandbox] ${option} must be an object with vendors as keys.`);
  for (const [name, entry] of Object.entries(value ?? {})) {
    if (!VENDORS.includes(name as VendorName))
      throw new Error(`[sandbox] ${option}: there is no vendor ${name}, only ${VENDORS.join(", ")}.`);
    if (!isObject(entry)) throw new Error(`[sandbox] ${option}.${name} must be an object.`);
  }
}

function checkAccounts(accounts: SandboxOptions["accounts"]): void {
  checkVendors("accounts", accounts);
  for (const [vendor, keys] of Object.entries(accounts ?? {})) {
    // The key is no secret of ours to show.
    if (!Object.values(keys).every(isObject))
      throw new Error(
        `[sandbox] accounts.${vendor}: give each key an object, as in {"<key>": {"account": "a"}}.`,
      );
  }
}

function rowsOf({ name, kinds }: VendorRules, kind: string, rows: unknown): readonly Doc[] {
  const where = `[sandbox] seed: ${name}.${kind}`;
  if (!kinds[kind]) throw new Error(`${where}: ${name} has only ${Object.keys(kinds).join(", ")}.`);
  if (Array.isArray(rows) && rows.every(isObject)) return rows as Doc[];
  throw new Error(`${where} must be an array of objects.`);
}

function addRow(collection: Collection, { name, kinds }: VendorRules, kind: string, row: Doc): void {
  const where = `[sandbox] seed: ${name}.${kind}`;
  const id = kinds[kind]?.id ?? "";
  if (row[id] === undefined) throw new Error(`${where}: a row has no ${id}.`);
  if (collection.get(kind, String(row[id]))) throw new Error(`${where}: two rows have the ${id} ${row[id]}.`);
  try {
    collection.add(kind, row);
  } catch (error) {
    throw new Error(`[sandbox] seed: ${(error as Error).message}`, { cause: error });
  }
}

function readSeed(file: string): SeedData {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`[sandbox] The seed file ${file} could not be opened: ${(cause as Error).message}`, {
      cause,
    });
  }
  try {
    return JSON.parse(text) as SeedData;
  } catch (cause) {
    throw new Error(`[sandbox] The seed file ${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
