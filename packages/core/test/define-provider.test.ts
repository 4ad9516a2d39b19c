import type { Vendor } from "@convo/client";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ConvoError, createConvo, defineProvider, type VendorClient } from "../src/index.ts";

/** A vendor made up for these tests: strings only in its metadata, one more path parameter, a list. */
interface Conversation {
  key: string;
  title?: string | null;
  starred?: boolean;
  device_kind?: string;
  tags: string[];
  data: { [key: string]: string };
  made: number;
  rows?: number;
}
interface paths {
  "/teams/{team}/talks/{talk}": {
    get: {
      parameters: { query?: never; path: { team: string; talk: string } };
      responses: { 200: { content: { "application/json": Conversation } } };
    };
    put?: never;
    patch: {
      parameters: { query?: never; path: { team: string; talk: string } };
      requestBody: {
        content: {
          "application/json": {
            title?: string;
            starred?: boolean;
            name?: { first: string };
            tags?: string[];
            data?: { [key: string]: string };
            level?: 1 | 2;
          };
        };
      };
      responses: { 200: { content: { "application/json": Conversation } } };
    };
  };
  "/talks": {
    get: {
      parameters: { query?: { alias?: string } };
      responses: { 200: { content: { "application/json": { rows: { key: string; alias: string }[] } } } };
    };
  };
}

const vendor: Vendor = {
  name: "fable",
  baseUrl: "https://fable.test",
  auth: { header: "Authorization", prefix: "" },
  env: { apiKey: "FABLE_KEY" },
  requestId: [],
  operations: {
    update: {
      route: "PATCH /teams/{team}/talks/{talk}",
      kind: "update",
      body: "required",
      limits: { title: { maxLength: 5 } },
    },
  },
};
interface FableClient extends VendorClient {
  readonly fable: true;
}
const createFable = (): FableClient => ({
  vendor,
  fable: true,
  request: () => Promise.reject(new Error("no network")),
  resolveTarget: () => ({ baseUrl: "https://fable.test", credentials: "", callOptions: {} }),
});

const good = {
  client: createFable,
  read: "GET /teams/{team}/talks/{talk}",
  update: "PATCH /teams/{team}/talks/{talk}",
  id: "talk",
  idField: "key",
  returnsConversation: true,
  fields: {
    name: { homonym: "name" },
    summary: null,
    marked: "starred",
    customerId: null,
    device: null,
    language: null,
  },
  metadata: { field: "data", write: "replace", values: "string" },
  timestamps: { createdAt: "made", updatedAt: null },
} as const;
const define = defineProvider<paths>();
const fable = define(good);

describe("a provider record", () => {
  it("is checked against the spec, line by line", () => {
    // @ts-expect-error no such route
    define({ ...good, read: "GET /talks/{talk}" });
    // @ts-expect-error the route has another verb
    define({ ...good, update: "PUT /teams/{team}/talks/{talk}" });
    // @ts-expect-error a read is a GET
    define({ ...good, read: "PATCH /teams/{team}/talks/{talk}" });
    // @ts-expect-error no such path parameter
    define({ ...good, id: "conversation" });
    // @ts-expect-error the answer has no such key
    define({ ...good, self: "id" });
    // @ts-expect-error the answer to the update is the conversation
    define({ ...good, echo: false });
    // @ts-expect-error the rules' values are strings
    define({ ...good, metadata: { ...good.metadata, values: "json" } });
    // @ts-expect-error no such field
    define({ ...good, metadata: { ...good.metadata, field: "metadata" } });
    // @ts-expect-error neither text nor number
    define({ ...good, times: { createdAt: "tags", updatedAt: null } });
    define({
      ...good,
      fields: {
        ...good.fields,
        // @ts-expect-error of another type
        marked: "title",
      },
    });
    define({
      ...good,
      fields: {
        ...good.fields,
        // @ts-expect-error not in the update's body
        device: "device_kind",
      },
    });
    define({
      ...good,
      fields: {
        ...good.fields,
        // @ts-expect-error the body has a field of this name: null is no answer
        name: null,
      },
    });
    const { language: _, ...fields } = good.fields;
    // @ts-expect-error every common field must be answered
    define({ ...good, fields });
    define({
      ...good,
      lookup: { route: "GET /talks", param: "alias", query: {}, rows: "rows", match: "alias" },
    });
    define({
      ...good,
      lookup: {
        route: "GET /talks",
        param: "alias",
        query: {},
        rows: "rows",
        // @ts-expect-error rows have no such key
        match: "name",
      },
    });
    const lookup = { route: "GET /talks", param: "alias", query: {}, rows: "rows", match: "alias" } as const;
    define({ ...good, lookup });
    // @ts-expect-error the query has no such parameter
    define({ ...good, lookup: { ...lookup, param: "name" } });
    // @ts-expect-error nor this one
    define({ ...good, lookup: { ...lookup, query: { full: true } } });
    expect(fable.data).toBe(good);
  });

  it("makes further path parameters required options", () => {
    // @ts-expect-error team is missing
    expect(() => fable()).toThrow("[fable] Nothing was sent: the option team is required");
    // @ts-expect-error team is missing
    expect(() => fable({ apiKey: "k" })).toThrow(ConvoError);
    expect(fable({ team: "a" }).path).toEqual({ team: "a" });
    // As an API's own page may show it.
    expect(fable({ team: 12 as never }).path).toEqual({ team: "12" });
    for (const team of [1.5, Number.NaN, "", " "])
      expect(() => fable({ team: team as never })).toThrow("the option team is required");
  });

  it("gives the update interface its types", () => {
    const { fable: talks } = createConvo({ fable: fable({ team: "a" }) });
    expectTypeOf(talks.client).toEqualTypeOf<FableClient & VendorClient>();
    type Changes = Parameters<typeof talks.update<"error">>[1];
    expectTypeOf<Changes["marked"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Changes>().not.toHaveProperty("name");
    expectTypeOf<NonNullable<Changes["native"]>>().toEqualTypeOf<{
      title?: string | undefined;
      starred?: boolean | undefined;
      name?: { first: string } | undefined;
      tags?: string[] | undefined;
      level?: 1 | 2 | undefined;
    }>();
    expectTypeOf<NonNullable<Changes["lists"]>>().toEqualTypeOf<{
      tags?: { add?: readonly string[]; remove?: readonly string[] };
    }>();
    expectTypeOf<NonNullable<Changes["metadata"]>>().toEqualTypeOf<{
      readonly [key: string]: string | undefined;
    }>();
  });
});

describe("a user's map", () => {
  it("puts a common field into metadata or into another field of the vendor", async () => {
    const { fable: talks } = createConvo({
      fable: fable({ team: "a", fields: { name: "metadata.title", summary: "title" } }),
    });
    await expect(talks.update("t", { name: "x", summary: "longer" })).rejects.toThrow(
      "summary: 6 characters, 5 allowed",
    );
    await expect(talks.update("t", { summary: "long", native: { title: "x" } })).rejects.toThrow(
      "native.title and summary are the same field",
    );
    // @ts-expect-error device is not mapped
    await expect(talks.update("t", { device: "x" })).rejects.toThrow("not supported by fable");
  });

  it("must name a place that can hold the value", () => {
    // @ts-expect-error metadata holds strings only
    fable({ team: "a", fields: { marked: "metadata.marked" } });
    fable({ team: "a", encode: true, fields: { customerId: "metadata.customer" } });
    // @ts-expect-error no such field
    fable({ team: "a", fields: { name: "headline" } });
    // @ts-expect-error of another type
    expect(() => fable({ team: "a", fields: { name: "starred" } })).toThrow(
      "two fields are mapped to starred",
    );
    expect(() => fable({ team: "a", fields: { name: "title", summary: "title" } })).toThrow(
      "two fields are mapped to title",
    );
  });
});
