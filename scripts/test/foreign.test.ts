/** Nothing outside a document is ever read: a canary file and a canary server at every place where a reference can stand. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadSpec } from "../generate/spec.ts";
import { lintSpecs } from "../lint-specs.ts";
import { pull } from "../pull/pull.ts";
import { acmeFolder, acmeText, yaml } from "./acme.ts";
import { document } from "./documents.ts";

const SECRET = "canary-7f3a";
let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  response
    .setHeader("content-type", "application/json")
    .end(JSON.stringify({ type: "string", title: SECRET }));
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret.json`;
});
afterAll(() => server.close());
beforeEach(() => {
  requests = 0;
});

type Node = { [key: string]: Node };
/** Where a reference can stand in the control document, and in Acme's, which has the same parts under other names. */
const PLACES: Record<string, (doc: Node, ref: object, text: string) => void> = {
  "a path item": (doc, ref) => Object.assign(doc.paths ?? {}, { "/threads/elsewhere": ref }),
  "a parameter": (doc, ref) => each(doc, (operation) => Object.assign(operation, { parameters: [ref] })),
  "a request's body": (doc, ref) =>
    each(doc, (operation) => operation.requestBody && Object.assign(operation, { requestBody: ref })),
  "an answer": (doc, ref) => each(doc, (operation) => Object.assign(operation.responses ?? {}, { 404: ref })),
  "a schema": (doc, ref) =>
    Object.assign(schemas(doc), { [schemas(doc).ThreadNew ? "ThreadNew" : first(schemas(doc))]: ref }),
  "a property": (doc, ref) =>
    Object.assign(schema(doc), { properties: { id: { type: "string" }, other: ref } }),
  "a combination": (doc, ref) => Object.assign(schema(doc), { allOf: [ref] }),
  items: (doc, ref) => Object.assign(schema(doc), { properties: { list: { type: "array", items: ref } } }),
  "an example of a schema": (doc, ref) => Object.assign(schema(doc), { example: { deep: [ref] } }),
  "the examples of a schema": (doc, ref) => Object.assign(schema(doc), { examples: [ref] }),
  "an example of an answer": (doc, ref) => media(doc, { example: ref }),
  "the examples of an answer": (doc, ref) => media(doc, { examples: { one: ref } }),
  "a value of an example": (doc, ref) => media(doc, { examples: { one: { value: { deep: ref } } } }),
  "an external example": (doc, _, text) => media(doc, { examples: { one: { externalValue: text } } }),
  "an extension of the document": (doc, ref) => Object.assign(doc, { "x-notes": { deep: [ref] } }),
  "an extension of an operation": (doc, ref) =>
    each(doc, (operation) => Object.assign(operation, { "x-code-samples": [{ lang: "c", source: ref }] })),
  "an extension of a schema": (doc, ref) => Object.assign(schema(doc), { "x-more": ref }),
  "a description": (doc, ref) => Object.assign(doc.info ?? {}, { description: ref }),
  "a mapping": (doc, _, text) =>
    Object.assign(schema(doc), { discriminator: { propertyName: "id", mapping: { a: text } } }),
  "a link": (doc, _, text) =>
    each(doc, (operation) => eachAnswer(operation, { links: { next: { operationRef: text } } })),
  "a link by reference": (doc, ref) =>
    each(doc, (operation) => eachAnswer(operation, { links: { next: ref } })),
  "a header": (doc, ref) => each(doc, (operation) => eachAnswer(operation, { headers: { "X-A": ref } })),
  "a security scheme": (doc, ref) => Object.assign(doc.components?.securitySchemes ?? {}, { other: ref }),
  "a callback": (doc, ref) =>
    each(doc, (operation) => Object.assign(operation, { callbacks: { done: ref } })),
  "a tag": (doc, ref) => Object.assign(doc, { tags: [{ name: "a", description: "a", externalDocs: ref }] }),
};

const schemas = (doc: Node): Node => doc.components?.schemas ?? {};
const first = (value: Node): string => Object.keys(value)[0] ?? "";
const schema = (doc: Node): Node => schemas(doc).ThreadNew ?? schemas(doc)[first(schemas(doc))] ?? {};
/** The operations that take a body and make something; the rest of the document does without. */
function each(doc: Node, see: (operation: Node) => void): void {
  for (const { post } of Object.values(doc.paths ?? {})) if (post) see(post);
}
function eachAnswer(operation: Node, value: object): void {
  for (const response of Object.values(operation.responses ?? {}))
    if (!response.$ref) Object.assign(response, value);
}
function media(doc: Node, value: object): void {
  each(doc, (operation) => {
    for (const response of Object.values(operation.responses ?? {}))
      for (const one of Object.values(response.content ?? {})) Object.assign(one, value);
  });
}

const names = Object.keys(PLACES);

describe.each(["a file", "a server"])("a reference to %s", (kind) => {
  const target = (write: (file: string, text: string) => string): string => {
    const file = write("secret.json", JSON.stringify({ type: "string", title: SECRET }));
    return kind === "a file" ? pathToFileURL(file).href : url;
  };

  it.each(names)("at %s is not followed while a vendor's document is read", async (place) => {
    const { root, write, specText } = acmeFolder();
    const doc = parse(document("00-control"));
    const text = target(write);
    PLACES[place]?.(doc, { $ref: text }, text);
    const upstream = write("upstream.yaml", yaml(doc));
    const outcome = await pull(root, "acme", upstream, { paths: ["/threads"] }, "2026-11-20");
    expect(specText()).not.toMatch(/\$ref: "?(file|http):|canary/);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    // The rest of the document is taken.
    expect(loadSpec(join(root, "specs"), "acme").spec.paths).toHaveProperty(["/threads"]);
    expect(requests).toBe(0);
  });

  it("at any place is an error in a spec of ours, and the linter never sees it", () => {
    const { root, write } = acmeFolder();
    const text = target(write);
    const vendors = names.map((_, index) => `acme${"abcdefghijklmnopqrstuvwxyz"[index]}`);
    for (const [index, place] of names.entries()) {
      const doc = parse(acmeText);
      PLACES[place]?.(doc, { $ref: text }, text);
      write(`specs/${vendors[index]}/openapi.yaml`, yaml(doc));
    }
    const { ok, text: said } = lintSpecs(root, vendors);
    expect(ok).toBe(false);
    expect(said).not.toContain(SECRET);
    for (const vendor of vendors) expect(said).toContain(`specs/${vendor}/openapi.yaml: `);
    expect(requests).toBe(0);
  });
});
