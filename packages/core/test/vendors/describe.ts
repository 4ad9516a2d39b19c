import {
  type ArrivedRequest,
  conformance,
  type Subject,
  startVendor,
  type VendorDescription,
  type VendorServer,
} from "@convo/sandbox/conformance";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createConvo, type Provider, type ProviderOptions } from "../../src/index.ts";

type Doc = Record<string, unknown>;

const CONVERSATION = "{conversation}";

/** What is to be compared with the vendor's documentation, besides its description. */
export interface VendorFacts extends Pick<Subject, "missing" | "echo" | "maxKeys" | "reads"> {
  /** How the key is sent: the whole value of the header for `key`. */
  readonly key: string;
  readonly authorization: string;
  /** Other headers that every request has, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Environment variables that fill them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path parameters besides the id. */
  readonly path?: Readonly<Record<string, string>>;
  /** A common field that holds text, with a new value. */
  readonly field?: { readonly name: string; readonly value: string };
  /** A body that creates a conversation, and the same in core's words. */
  readonly create?: unknown;
  readonly begin?: Readonly<Record<string, unknown>>;
  /** The messages of the seed, in core's words. */
  readonly messages?: readonly { readonly role: string; readonly text: string }[];
  /** The query that a list demands. */
  readonly listQuery?: Readonly<Record<string, unknown>>;
}

/** A vendor of somebody's own: the contract every provider passes, and its verbs, against a server made from its description. */
export function describeVendor(
  vendor: VendorDescription,
  make: (options: ProviderOptions) => Provider,
  facts: VendorFacts,
): void {
  let server: VendorServer;
  beforeAll(async () => {
    Object.assign(process.env, facts.env);
    server = await startVendor(vendor);
  });
  afterAll(() => server.close());

  const {
    data,
    fields,
    metadata,
    nested,
    client: probe,
  } = make({ apiKey: null, baseUrl: "http://127.0.0.1" });
  const flatten = flattener(vendor, [...Object.values(fields), metadata?.field], nested);
  const [method = "", template = ""] = data.update.split(" ");
  const pathTo = (id: string | number): string =>
    template.replace(/\{(\w+)\}/g, (_, name) => String(name === vendor.id.param ? id : facts.path?.[name]));
  // What stands in the seed is what the path takes, but for ids that are numbers there and texts here.
  const id =
    data.idType === "integer" ? Number(vendor.seed[vendor.id.field]) : String(vendor.seed[vendor.id.field]);
  const opened = (route: string, body: unknown): Doc => open(vendor.envelopes?.[route], body);
  const subject = (): Subject => ({
    ...facts,
    provider: { name: vendor.name, fields, metadata, timestamps: data.timestamps },
    backend: {
      ...server.backend,
      stored: () => flatten(server.backend.stored()),
      requests: () =>
        server.backend.requests().map((request): ArrivedRequest => {
          if (request.body === undefined) return request;
          return { ...request, body: flatten(opened(vendor.routes.update, request.body), true) };
        }),
    },
    open: (raw) => flatten(inPlaceOf(CONVERSATION, vendor.answers[vendor.routes.read], raw) as Doc),
    connect: () => createConvo({ it: make({ apiKey: facts.key, baseUrl: server.origin }) }).it,
    id,
    write: {
      method,
      path: pathTo(id),
      headers: Object.fromEntries(
        [[vendor.key.header, facts.authorization], ...Object.entries(facts.headers ?? {})].map(
          ([name, value]) => [name, exactly(String(value))],
        ),
      ),
    },
  });

  describe(vendor.name, () => {
    const cases = conformance({
      ...(subjectless(facts) as Subject),
      provider: { name: vendor.name, fields, metadata, timestamps: data.timestamps },
    });
    for (const { name } of cases)
      it(name, async () => {
        const one =
          conformance(subject()).find((each) => each.name === name) ?? expect.fail(`no case ${name}`);
        await one.run();
      });
  });

  describe(`the verbs of ${vendor.name}`, () => {
    beforeEach(() => server.backend.reset());
    const { create, list, delete: remove, messages } = data.verbs ?? {};
    const handle = () =>
      createConvo({ it: make({ apiKey: facts.key, baseUrl: server.origin }) }).it as unknown as AnyHandle;

    it.runIf(create)("creates a conversation that is read and updated like any other", async () => {
      const { native, ...begin } = facts.begin ?? {};
      const { id, conversation } = await handle().create(facts.begin);
      expect(conversation).toMatchObject(begin);
      if (facts.field) await handle().update(id, { [facts.field.name]: facts.field.value });
      const changed = facts.field && { [facts.field.name]: facts.field.value };
      expect((await handle().get(id)).conversation).toMatchObject({ ...begin, ...changed });
    });
    it.runIf(list)("lists every conversation", async () => {
      const ids: unknown[] = [id];
      if (create) ids.push((await handle().create(facts.begin)).id);
      const found: unknown[] = [];
      for await (const row of handle().list()) found.push(row.id);
      expect(found).toEqual(ids);
    });
    it.runIf(remove)("deletes a conversation", async () => {
      expect(await handle().exists(id)).toBe(true);
      await handle().delete(id);
      expect(await handle().exists(id)).toBe(false);
    });
    it.runIf(messages && facts.messages)("reads messages", async () => {
      const found: unknown[] = [];
      for await (const { role, text } of handle().messages(id)) found.push({ role, text });
      expect(found).toEqual(facts.messages);
    });
  });

  describe(`the client of ${vendor.name}`, () => {
    beforeEach(() => server.backend.reset());
    const { list, create, remove } = vendor.routes;
    const client = () => make({ apiKey: facts.key, baseUrl: server.origin }).client;
    const last = () => server.backend.requests().at(-1) ?? expect.fail("nothing arrived");

    it.runIf(create)("creates", async () => {
      const body = facts.create;
      const { status } = await client().request(create ?? "", { path: { ...facts.path }, body });
      expect(status).toBeLessThan(300);
      expect(last().method).toBe("POST");
    });
    it.runIf(list)("lists", async () => {
      const query = { ...facts.listQuery };
      const { status } = await client().request(list ?? "", { path: { ...facts.path }, query });
      expect(status).toBe(200);
    });
    it.runIf(remove)("deletes", async () => {
      const path = { ...facts.path, [vendor.id.param]: id };
      expect((await client().request(remove ?? "", { path })).status).toBeLessThan(300);
      await expect(client().request(vendor.routes.read, { path })).rejects.toMatchObject({
        kind: "not_found",
      });
    });
    it("has a method for each", () => {
      const routes = Object.values(probe.vendor.operations).map(({ route }) => route);
      expect(routes).toEqual(expect.arrayContaining(Object.values(vendor.routes)));
    });
  });
}

/** The verbs of any vendor, as its record has them. */
type AnyHandle = Record<
  "create" | "get" | "update" | "delete" | "exists",
  (...args: unknown[]) => Promise<Doc>
> &
  Record<"list" | "messages", (...args: unknown[]) => AsyncIterable<Doc>>;

const open = (box: string | undefined, body: unknown): Doc =>
  Object(box === undefined ? body : Object(body)[box]);
/** What stands in an answer where its template has this text. */
function inPlaceOf(mark: string, template: unknown, answer: unknown): unknown {
  if (template === mark) return answer;
  if (typeof template !== "object") return undefined;
  return Object.entries(Object(template))
    .map(([key, one]) => inPlaceOf(mark, one, Object(answer)[key]))
    .find((one) => one !== undefined);
}

const subjectless = (facts: VendorFacts): object => ({ ...facts });
const exactly = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

/** A conversation, or the body of a write, with the record's own names beside the vendor's. */
function flattener(
  { answerNames = {} }: VendorDescription,
  names: readonly (string | null | undefined)[],
  nested: readonly string[],
) {
  return (doc: Doc, isBody = false): Doc => {
    const flat = { ...doc };
    for (const name of names) {
      if (!name) continue;
      const path = isBody ? name : (answerNames[name] ?? name);
      const value = nested.includes(name) || path.includes(".") ? valueAt(doc, path) : doc[path];
      if (value === undefined) continue;
      // One value under two names would be two that change.
      if (path !== name) delete flat[path];
      const [outer = "", inner] = path.split(".");
      if (inner !== undefined) {
        const { [inner]: _, ...rest } = Object(flat[outer]) as Doc;
        if (Object.keys(rest).length > 0) flat[outer] = rest;
        else delete flat[outer];
      }
      flat[name] = value;
    }
    return flat;
  };
}

const valueAt = (doc: Doc, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => Object(value)[key], doc);
