import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Collection, openStore, type Store } from "../src/store/store.ts";

const KINDS = { row: { id: "id", parent: "parent", alias: "alias" } };
const word = fc.constantFrom("a", "b", "c", "d");
const step = fc.oneof(
  fc.record({ act: fc.constant("add" as const), id: word, parent: word, alias: word }),
  fc.record({ act: fc.constant("put" as const), id: word, parent: word, alias: word }),
  fc.record({ act: fc.constant("remove" as const), id: word }),
  fc.record({ act: fc.constant("clear" as const), parent: word }),
  fc.record({ act: fc.constant("next" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const batch = fc.record({ steps: fc.array(step, { maxLength: 6 }), fails: fc.boolean() });

function apply(rows: Collection, given: Step, n: number): unknown {
  if (given.act === "next") return rows.next("counter", 5);
  if (given.act === "clear") return rows.clear("row", given.parent);
  if (given.act === "remove") return rows.remove("row", given.id);
  const doc = { id: given.id, parent: given.parent, alias: given.alias, n };
  if (given.act === "put") return rows.put("row", doc);
  return rows.get("row", given.id) ? undefined : rows.add("row", doc);
}

/** Everything that can be asked. */
const view = (rows: Collection): unknown => ({
  all: rows.list("row"),
  children: ["a", "b", "c", "d"].map((parent) => rows.list("row", parent)),
  aliased: ["a", "b", "c", "d"].map((alias) => rows.find("row", alias)),
  one: ["a", "b"].map((id) => rows.get("row", id)),
});

describe("the store in memory and the one in a file", () => {
  let folder: string;
  let stores: Store[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-store-"));
    stores = [openStore(undefined), openStore(join(folder, "state.db"))];
  });
  afterAll(() => {
    for (const store of stores) store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("answer alike, whatever is written, and undo a transaction that fails", () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
        const views = stores.map((store) => {
          store.wipe();
          const rows = store.collection("v", "a", KINDS);
          const results: unknown[] = [];
          for (const [n, { steps, fails }] of batches.entries()) {
            const before = view(rows);
            const work = (): void => {
              for (const given of steps) results.push(apply(rows, given, n));
              if (fails) throw new Error("given up");
            };
            if (fails) expect(() => store.transaction(work)).toThrow("given up");
            else store.transaction(work);
            if (fails) expect(view(rows)).toEqual(before);
          }
          return { results, end: view(rows), empty: store.empty(), accounts: store.accounts("v") };
        });
        expect(views[0]).toEqual(views[1]);
      }),
      { numRuns: 60 },
    );
  });

  test("the file is its owner's alone, and so are the files beside it", () => {
    openStoreAndWrite(stores[1] as Store);
    for (const name of ["state.db", "state.db-wal", "state.db-shm"])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });
});

function openStoreAndWrite(store: Store): void {
  const rows = store.collection("v", "a", KINDS);
  store.transaction(() => rows.add("row", { id: "mine", parent: "", alias: "" }));
}
