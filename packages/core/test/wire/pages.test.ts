import type { PagePromise } from "@convo/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vendors } from "./facts/index.ts";
import { LISTS, type PagedList } from "./lists.ts";
import { type Recorder, record } from "./recorder.ts";

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

/** Asks for the list; the server gives the pages in turn, whatever it is asked. */
function list({ vendor, operation, args, pages }: PagedList): PagePromise<unknown, { id: unknown }> {
  server.answer(() => ({ body: pages[server.seen.length - 1]?.body ?? { message: "asked too often" } }));
  const { create, key } = vendors.find(({ name }) => name === vendor) ?? expect.fail();
  const client = create({ apiKey: key, baseUrl: server.baseUrl, retry: "never" }) as unknown as Record<
    string,
    (...args: readonly unknown[]) => PagePromise<unknown, { id: unknown }>
  >;
  return client[operation]?.(...args) ?? expect.fail();
}

const queries = (): object[] =>
  server.seen.map(({ url }) => Object.fromEntries(new URL(url, server.baseUrl).searchParams));

describe("lists", () => {
  it("are all here", () => {
    const paged = vendors.flatMap(({ name, create }) =>
      Object.entries(create().vendor.operations).flatMap(([operation, { page }]) =>
        page ? [`${name}.${operation}`] : [],
      ),
    );
    expect([...new Set(LISTS.map(({ vendor, operation }) => `${vendor}.${operation}`))].sort()).toEqual(
      paged.sort(),
    );
  });

  describe.each(LISTS)("$vendor.$operation, $rule", (row) => {
    const test = row.broken ? it.fails : it;

    test("gives every item of every page, asking as the vendor wants", async () => {
      const ids: unknown[] = [];
      for await (const { id } of list(row)) ids.push(id);
      expect(queries()).toEqual(row.pages.map(({ query }) => query));
      expect(ids).toEqual(row.items);
    });

    it("is the first page when awaited, in one request", async () => {
      expect(await list(row)).toEqual(row.pages[0]?.body);
      expect(server.seen).toHaveLength(1);
    });

    it("asks for no page that is not used", async () => {
      const pages = list(row);
      for await (const { id } of pages) {
        expect(id).toBe(row.items[0]);
        break;
      }
      expect(server.seen).toHaveLength(1);
    });
  });
});
