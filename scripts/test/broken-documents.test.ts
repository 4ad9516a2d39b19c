/** Documents that are OpenAPI but for one place: what is there is taken out or mended, and said; the rest is taken. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSpec } from "../generate/check.ts";
import { clientFile } from "../generate/client.ts";
import type { Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { parseSpec } from "../generate/parse.ts";
import { schemaFile } from "../generate/types.ts";
import { vendorFile } from "../generate/vendor.ts";
import { draftProvider } from "../new/record.ts";
import { testFile } from "../new/test-file.ts";
import { shapeOf } from "../new/vendor-shape.ts";
import { noteLines } from "../pull/note.ts";
import { surfaceOf } from "../pull/surface.ts";
import { document, documentNames } from "./documents.ts";

// biome-ignore lint/suspicious/noExplicitAny: anything may stand anywhere
type Document = any;

/** Everything that is made of a vendor's document. */
function made(upstream: Document) {
  const { document: adapted, notes } = surfaceOf("desk", upstream, undefined, {});
  const spec = checkSpec(adapted as unknown as Spec, "desk");
  const table = rows(spec);
  const types = schemaFile(spec);
  const client = clientFile({ vendor: "desk", spec }, table) + vendorFile({ vendor: "desk", spec }, table);
  const shape = shapeOf(spec);
  const test =
    typeof shape === "object" ? testFile("desk", spec, shape, draftProvider("desk", spec, shape)) : "";
  const said = noteLines(notes).join("\n");
  return { spec, types, client, test, said, names: table.map(({ name }) => name) };
}

const parsed = (name: string): Document => parseSpec(document(name), name);
const ITEM = "/threads/{thread_ref}";
const OURS = ["createConversation", "getConversation", "listConversations", "updateConversation"];

/** The control document with an edit. */
function edited(change: (doc: Document, schemas: Document) => void) {
  const doc = parsed("00-control");
  change(doc, doc.components.schemas);
  return made(doc);
}

/** The same with every reference to its `Thread` said otherwise. */
const renamed = (doc: Document, name: string, ref: string): void => {
  const text = JSON.stringify(doc).replaceAll('#/components/schemas/Thread"', `#/components/schemas/${ref}"`);
  Object.assign(doc, JSON.parse(text));
  doc.components.schemas[name] = doc.components.schemas.Thread;
  delete doc.components.schemas.Thread;
};

describe("one wrong place takes nothing else with it", () => {
  it.each<[string, (doc: Document, schemas: Document) => void, RegExp, RegExp?]>([
    [
      "a property with nothing after its colon",
      (_, { Thread }) => Object.assign(Thread.properties, { n: null }),
      /mended .*\.Thread\.properties\.n: not a schema; any value is assumed/,
      /n\?: unknown/,
    ],
    [
      "a property that is called as an extension is",
      (_, { Thread }) => Object.assign(Thread.properties, { "x-n": null }),
      /mended .*\.properties\['x-n'\]: not a schema/,
      /"x-n"\?: unknown/,
    ],
    [
      "a component that is nothing",
      (_, schemas) => {
        schemas.Thread.properties.other = { $ref: "#/components/schemas/Other" };
        schemas.Other = null;
      },
      /mended .*\.schemas\.Other: not a schema/,
    ],
    [
      "an operation that is nothing",
      (doc) => Object.assign(doc.paths[ITEM], { delete: null }),
      /left out .*\.delete: it must be an object/,
    ],
    [
      "a path that is nothing",
      (doc) => Object.assign(doc.paths, { "/threads/count": null }),
      /left out .*'\/threads\/count'\]: it must be an object/,
    ],
    [
      "one part where a list belongs",
      (_, { Thread }) => Object.assign(Thread, { allOf: { $ref: "#/components/schemas/ThreadNew" } }),
      /mended .*\.Thread\.allOf: must be a list; read as a list of one/,
      /\} & WithRequired<components\["schemas"\]\["ThreadNew"\], "title">/,
    ],
    [
      "one credential where a list belongs",
      (doc) => Object.assign(doc, { security: doc.security[0] }),
      /mended {3}\$\.security: must be a list/,
    ],
    [
      "a list with nothing in one place",
      (_, { Thread }) => Object.assign(Thread.properties, { any: { anyOf: [{ type: "string" }, null] } }),
      /mended .*\.any\.anyOf: entries that do not belong/,
      /any\?: string/,
    ],
    [
      "`required` at the property",
      (_, { Thread }) => Object.assign(Thread.properties.title, { required: true }),
      /left out .*\.title\.required: it must be a list of names/,
    ],
    [
      "a type that JSON has not",
      (_, { Thread }) => Object.assign(Thread.properties, { when: { type: "datetime" } }),
      /left out .*\.when\.type: it must be a type of JSON/,
      /when\?: unknown/,
    ],
    [
      "a length below zero",
      (_, { Thread }) => Object.assign(Thread.properties.title, { maxLength: -1 }),
      /left out .*\.title\.maxLength: it must be a whole number/,
    ],
    [
      "a parameter without a name",
      (doc) => Object.assign(doc.paths["/threads"].get, { parameters: [{ in: "query" }] }),
      /mended .*\.get\.parameters: entries that do not belong/,
    ],
    [
      "a reference under the names of properties",
      (_, { Thread }) => Object.assign(Thread.properties, { $ref: "#/components/schemas/ThreadNew" }),
      /left out .*\.Thread\.properties\['\$ref'\]: it must be a name/,
    ],
    [
      "a path without its slash",
      (doc) => {
        doc.paths.threads = doc.paths["/threads"];
        delete doc.paths["/threads"];
      },
      /mended .*\.paths\.threads: a path must begin with a slash/,
    ],
    [
      "a pattern of another language",
      (_, { ThreadChange }) => Object.assign(ThreadChange.properties.title, { pattern: "\\A[a-z ]+\\z" }),
      /left out .*\.title\.pattern: it must be one that JavaScript can read/,
    ],
    [
      "an id with such a pattern",
      (doc) =>
        doc.paths[ITEM].parameters.push({
          ...{ name: "thread_ref", in: "path", required: true },
          schema: { type: "string", pattern: "(?i)^th_[a-z]+$" },
        }),
      /left out .*\.schema\.pattern: it must be one/,
    ],
    ["a name with a percent sign", (doc) => renamed(doc, "Off%", "Off%"), /\['Off%'\]: is called Off here/],
    [
      "a name that is encoded where it is referred to",
      (doc) => renamed(doc, "Map<a,Thread>", "Map%3Ca%2CThread%3E"),
      /is called MapAThread here/,
    ],
    [
      "a name that is encoded in a mapping",
      (_, schemas) => {
        schemas["A B"] = { type: "object", properties: { kind: { type: "string" } } };
        const mapping = { a: "#/components/schemas/A%20B" };
        schemas.Thread.properties.of = {
          oneOf: [{ $ref: "#/components/schemas/A%20B" }],
          discriminator: { propertyName: "kind", mapping },
        };
      },
      /\['A B'\]: is called Ab here/,
      /kind: "a"/,
    ],
    [
      "a tag that is called as a word of OpenAPI is",
      (_, schemas) => {
        const variant = { type: "object", properties: { kind: { type: "string" } } };
        Object.assign(schemas, { A: variant, B: structuredClone(variant) });
        const mapping = { default: "#/components/schemas/A", enum: "#/components/schemas/B" };
        const oneOf = Object.values(mapping).map(($ref) => ({ $ref }));
        schemas.Thread.properties.of = { oneOf, discriminator: { propertyName: "kind", mapping } };
      },
      /^guessed/,
      /kind: "default"[\s\S]*kind: "enum"/,
    ],
    [
      "a scheme that is called default",
      (doc) => {
        doc.components.securitySchemes = {
          other: { type: "http", scheme: "basic" },
          default: { type: "http", scheme: "bearer" },
        };
        doc.security = [{ default: [] }];
      },
      /^guessed/,
    ],
    ["a version without quotes", (doc) => Object.assign(doc, { openapi: 3.1 }), /^guessed/],
    [
      "nullable in OpenAPI 3.1",
      (doc, { Thread }) => {
        doc.openapi = "3.1.0";
        Thread.properties.subject = { type: "string", nullable: true };
        Thread.properties.next = { $ref: "#/components/schemas/ThreadNew", nullable: true };
      },
      /^mended .*\(and 1 more\): `nullable` belongs to OpenAPI 3\.0; read as: may be null$/m,
      /subject\?: string \| null[\s\S]*next\?: components\["schemas"\]\["ThreadNew"\] \| null/,
    ],
  ])("%s", (_, change, message, type = /Thread: |MapAThread: |Off: /) => {
    const { names, said, types } = edited(change);
    expect(names.toSorted()).toEqual(OURS);
    expect(said).toMatch(message);
    expect(types).toMatch(type);
  });

  it("a byte order mark", () => {
    const text = JSON.stringify(parsed("00-control"));
    expect(parseSpec(`\uFEFF${text}`, "desk.json")).toEqual(JSON.parse(text));
    expect(parseSpec("\uFEFFa: 1\n", "desk.yaml")).toEqual({ a: 1 });
  });

  it("a version without quotes, of Swagger", () => {
    expect(made({ ...parsed("19-swagger-2"), swagger: 2 }).names).toContain("updateConversation");
  });

  it("an empty file, or a list, is none", () => {
    for (const nothing of [null, [], "text"]) expect(() => made(nothing)).toThrow("not an OpenAPI document");
  });
});

describe("servers", () => {
  const other = [{ url: "https://threads.desk.test" }];

  it("of every path are the client's", () => {
    const { spec, said } = edited((doc) => {
      for (const item of Object.values<Document>(doc.paths)) item.servers = other;
    });
    expect(spec.servers).toEqual(other);
    expect(said).not.toContain("left out");
  });

  it("of one operation leave it out by name", () => {
    const { spec, said, names } = edited((doc) =>
      Object.assign(doc.paths["/threads"].post, { servers: other }),
    );
    expect(spec.servers).toEqual([{ url: "https://api.desk.test/v1" }]);
    expect(names).not.toContain("createConversation");
    expect(said).toContain(
      "left out $.paths['/threads'].post: createThread: it is on another server, https://threads.desk.test",
    );
  });

  it.each<[string, object, string, string]>([
    ["a number", { port: { default: 8443 } }, "https://x.test:{port}", "8443"],
    ["a name with a hyphen", { "your-port": { default: "a" } }, "https://{your-port}.test", "a"],
    ["what no URL could hold", { port: { default: "<your port>" } }, "https://{port}.test", ""],
  ])("have variables: %s", (_, variables, url, usual) => {
    const { spec, client } = edited((doc) => Object.assign(doc, { servers: [{ url, variables }] }));
    const [name = ""] = Object.keys(spec.servers[0]?.variables ?? {});
    expect(name).toMatch(/^(port|yourPort)$/);
    expect(client).toContain(`"variables":{"${name}":"${usual}"}`);
    expect(spec.servers[0]?.url).toContain(`{${name}}`);
  });
});

/** What may stand in a place by mistake. */
const WRONG: unknown[] = [
  ...[
    undefined,
    null,
    true,
    7,
    -1,
    "",
    "x",
    "(?i)^a\\z",
    [],
    [null],
    ["x"],
    [[]],
    {},
    { a: null },
    { a: "x" },
  ],
  ...[{ type: "x" }, { $ref: 7 }, { $ref: "#/nothing/there" }, { $ref: "#/components/schemas/Off%" }],
];

type Place = (string | number)[];

const placesIn = (value: Document, place: Place = []): Place[] =>
  typeof value !== "object" || value === null
    ? [place]
    : [
        place,
        ...Object.entries(value).flatMap(([key, one]) =>
          placesIn(one, [...place, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

it("whatever stands in any one place, there is a document, or an error that says where", () => {
  const documents = ["00-control", "19-swagger-2", "31-two-keys"].map((name) => {
    expect(documentNames).toContain(name);
    return parsed(name);
  });
  const broken = fc.constantFrom(...documents).chain((doc: Document) =>
    fc.record({
      doc: fc.constant(doc),
      place: fc.constantFrom(...placesIn(doc).slice(1)),
      wrong: fc.constantFrom(...WRONG),
    }),
  );
  fc.assert(
    fc.property(broken, ({ doc, place, wrong }) => {
      const copy = structuredClone(doc);
      const parent = place.slice(0, -1).reduce((value, step) => value[step], copy);
      const key = place.at(-1) ?? "";
      if (wrong !== undefined) parent[key] = structuredClone(wrong);
      else if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      try {
        made(copy);
      } catch (error) {
        // A slip of ours has a name of its own: TypeError, RangeError.
        expect((error as Error).constructor).toBe(Error);
        expect((error as Error).message).toMatch(/\$\.|#\/|path|`|OpenAPI .* cannot be read/);
      }
    }),
    { seed: 20_261_130, numRuns: 150 },
  );
});
