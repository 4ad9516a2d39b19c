import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CatalogueRow } from "@convo/core/catalogue";
import { createCatalogue } from "@convo/core/catalogue";
import { expect, onTestFinished, test } from "vitest";
import { sqliteStore } from "../src/catalogue/sqlite.ts";

function open() {
  const folder = mkdtempSync(join(tmpdir(), "convo-catalogue-"));
  const file = join(folder, "deep", "catalogue.db");
  const store = sqliteStore(file);
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return { file, store };
}

const row = (id: string | number, more: Partial<CatalogueRow> = {}): CatalogueRow => ({
  provider: "openai",
  account: "a",
  id,
  conversation: { provider: "openai", id, metadata: { status: "open" } },
  seenAt: `2026-01-01T00:00:0${Number(id) % 10}.000Z`,
  ...more,
});

test("keeps one row per account and id, newest first, and tells 1 from '1'", () => {
  const { store } = open();
  for (const id of [1, 2, "1"]) store.put(row(id));
  store.put(row(1, { account: "b", seenAt: "2026-02-01T00:00:00.000Z" }));
  store.put(row(2, { seenAt: "2026-03-01T00:00:00.000Z" }));
  expect([...(store.rows() as Iterable<CatalogueRow>)].map(({ account, id }) => [account, id])).toEqual([
    ["a", 2],
    ["b", 1],
    ["a", "1"],
    ["a", 1],
  ]);
  store.remove("a", "1");
  store.remove("a", "not there");
  expect([...(store.rows("openai") as Iterable<CatalogueRow>)]).toHaveLength(3);
  expect([...(store.rows("letta") as Iterable<CatalogueRow>)]).toEqual([]);
});

test("a read by the vendor's id keeps the caller's own", () => {
  const { store } = open();
  store.put(row(1, { externalId: "mine" }));
  store.put(row(1));
  expect([...(store.rows() as Iterable<CatalogueRow>)]).toMatchObject([{ externalId: "mine" }]);
});

test("the owner alone may read the file, and another process sees what is in it", async () => {
  const { file, store } = open();
  store.put(row(7));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, "..")).mode & 0o077).toBe(0);
  const second = sqliteStore(file);
  const found = [];
  for await (const one of createCatalogue({ store: second }).find({
    filter: { metadata: { status: "open" } },
  }))
    found.push(one);
  second.close();
  expect(found).toEqual([row(7)]);
});
