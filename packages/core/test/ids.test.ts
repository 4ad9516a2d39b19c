/** Ids as they are remembered, and as answers tell them. */
import { expect, it } from "vitest";
import { agentsight, chatdash } from "../src/index.ts";
import { checkId, createLookup, type Lookup } from "../src/provider/lookup.ts";
import type { LookupRules } from "../src/provider/record.ts";
import { idOf } from "../src/wire/from-wire.ts";

/** A memory of ids whose vendor knows every id that is `c` and a number, or answers this row whatever it is asked. */
function lookup(row?: object): Lookup {
  const rules: LookupRules = { route: "GET /c", param: "id", query: {}, rows: "rows", match: "name" };
  const client = {
    vendor: agentsight({ apiKey: null }).client.vendor,
    request: async (_route: string, { query }: { query: { id: string } }) => ({
      data: { rows: [row ?? { name: query.id, id: Number(query.id.slice(1)) }] },
      httpRequests: 1,
    }),
  };
  return createLookup(client as never, rules, { idField: "id" } as never);
}

it("the 1,024 ids used last are kept, per account", async () => {
  const ids = lookup();
  for (let n = 1; n <= 1024; n++) await ids.find(`c${n}`, "mine", {});
  expect(ids.known("c1", "mine")).toBe(1);
  expect(ids.known("c1", "other")).toBeUndefined();
  await ids.find("c1025", "mine", {});
  // The one used longest ago: `c1` was asked for since.
  expect(ids.known("c2", "mine")).toBeUndefined();
  expect([ids.known("c1", "mine"), ids.known("c3", "mine"), ids.known("c1025", "mine")]).toEqual([
    1, 3, 1025,
  ]);
});

it("a row about another conversation is not believed, and not remembered", async () => {
  const ids = lookup({ name: "c9", id: 9 });
  await expect(ids.find("c1", "mine", {})).rejects.toMatchObject({ kind: "bad_response" });
  expect(ids.known("c1", "mine")).toBeUndefined();
});

it("an id that proved wrong is forgotten in every account, and no other is", async () => {
  const ids = lookup();
  for (const account of ["mine", "other"]) for (const id of ["c1", "c12"]) await ids.find(id, account, {});
  ids.forget("c1");
  expect(["mine", "other"].map((account) => ids.known("c1", account))).toEqual([undefined, undefined]);
  expect(["mine", "other"].map((account) => ids.known("c12", account))).toEqual([12, 12]);
});

it("a number that may stand for another is no id", () => {
  const provider = agentsight({ apiKey: null });
  expect(() => checkId(provider, 2 ** 53 - 1)).not.toThrow();
  expect(() => checkId(provider, 2 ** 53)).toThrow("id must be a positive whole number");
});

it("an id is a number where the path takes one, and the answer's text is exactly that", () => {
  const numbers = { data: { idField: "id", idType: "integer" } } as never;
  expect(["42", "0", "042", "4.2", "a"].map((id) => idOf(numbers, { id }))).toEqual([
    42,
    "0",
    "042",
    "4.2",
    "a",
  ]);
  expect(idOf(chatdash({ apiKey: null, agentId: "a" }), { _id: "42" })).toBe("42");
});
