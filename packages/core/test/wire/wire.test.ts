import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact } from "./fact.ts";
import { type AnyVendorFacts, callByName, vendors } from "./facts/index.ts";
import { type Recorder, record, type Scripted } from "./recorder.ts";

/** A base path, so that a client which drops it is caught. */
const PREFIX = "/some/base";
/** Ids that mean something else somewhere between a caller and a server. */
const NASTY = [
  "a/b",
  "a b",
  "100%",
  "a%2Fb",
  "?x=1",
  "#top",
  "ü",
  "日本",
  "👩‍💻",
  "..%2f..",
  "...",
  "a+b;c=d&e",
  "\\",
  "\n",
];

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

const call = ({ create, key }: AnyVendorFacts, name: string, args: readonly unknown[]): Promise<unknown> =>
  callByName(create({ apiKey: key, baseUrl: server.baseUrl + PREFIX, retry: "never" }), name, args);

const answerOf = ({ status, empty, answer, events }: Fact): Scripted => ({
  status: status ?? empty?.[0] ?? 200,
  body: answer,
  ...(events && { events }),
});

async function collect(events: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** How many of the first arguments fill the path. */
function inPath({ args, sends }: Fact): number {
  const segments = sends.replace(/\?.*/, "").split("/");
  const first = args.findIndex((arg) => typeof arg === "object" || !segments.includes(String(arg)));
  return first < 0 ? args.length : first;
}

describe("the facts", () => {
  it("are there for every vendor that has a spec", () => {
    const specs = readdirSync(new URL("../../../../specs/", import.meta.url));
    expect(vendors.map(({ name }) => name).sort()).toEqual(specs.sort());
  });

  it.each(vendors)("of $name cover every operation, and none that is not there", ({ create, operations }) => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(create().vendor.operations).sort());
  });

  it.each(vendors)("of $name name its base URL and its environment", ({ name, create, baseUrl, env }) => {
    const { vendor } = create();
    expect({ name: vendor.name, baseUrl: vendor.baseUrl }).toEqual({ name, baseUrl });
    const headers = Object.entries(vendor.env.headers ?? {}).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]);
    expect({ ...vendor.env, headers: Object.fromEntries(headers) }).toEqual(env);
  });
});

describe.each(vendors)("$name over HTTP", (facts) => {
  for (const [name, fact] of Object.entries(facts.operations)) {
    // A fact the client does not live up to yet fails here as soon as it does.
    const test = fact.broken ? it.fails : it;

    test(`${name}: verb, path, query, headers and body arrive as documented`, async () => {
      server.answer(() => answerOf(fact));
      const result = await call(facts, name, fact.args);
      expect(server.seen).toHaveLength(1);
      const [{ method, url, headers, text } = expect.fail()] = server.seen;
      expect(`${method} ${url}`).toBe(fact.sends.replace(" ", ` ${PREFIX}`));
      expect(headers[facts.keyHeader ?? "authorization"]).toBe(facts.authorization);
      expect(headers.accept).toBe(fact.events ? "text/event-stream" : "application/json");
      expect(headers["content-type"]).toBe(fact.body === undefined ? undefined : "application/json");
      expect(text === "" ? undefined : JSON.parse(text)).toStrictEqual(fact.body);
      if (fact.events) expect(await collect(result as AsyncIterable<unknown>)).toStrictEqual(fact.events);
      else expect(result).toStrictEqual(fact.answer);
    });

    const others = [...(fact.also ?? []), ...(fact.empty ?? []).map((status): Scripted => ({ status }))];
    for (const [index, other] of others.entries()) {
      it(`${name} returns what else the vendor answers (${index + 1})`, async () => {
        server.answer(() => other);
        expect(await call(facts, name, fact.args)).toStrictEqual(other.body);
      });
    }

    const count = inPath(fact);
    if (typeof fact.args[0] !== "string" || count === 0) continue;
    test(`${name}: an id arrives as the id it is`, async () => {
      const [template = ""] = fact.sends.split("?");
      const ids = fact.args.slice(0, count);
      for (const id of NASTY) {
        server.answer(() => answerOf(fact));
        await call(facts, name, [...ids.map(() => id), ...fact.args.slice(count)]);
        const [{ method, url } = expect.fail()] = server.seen;
        const arrived = `${method} ${url.slice(PREFIX.length).replace(/\?.*/, "")}`;
        expect(arrived.split("/").map(decodeURIComponent)).toEqual(
          template.split("/").map((segment) => (ids.includes(segment) ? id : segment)),
        );
      }
    });
  }

  it("sends the largest integer id in full", async () => {
    const fact = facts.operations.getConversation as Fact;
    const count = inPath(fact);
    server.answer(() => answerOf(fact));
    const ids = fact.args.slice(0, count).map(() => Number.MAX_SAFE_INTEGER);
    await call(facts, "getConversation", [...ids, ...fact.args.slice(count)]);
    expect(server.seen[0]?.url).toContain("/9007199254740991");
  });
});
