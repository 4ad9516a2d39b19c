import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact } from "./fact.ts";
import { type AnyVendorFacts, vendors } from "./facts/index.ts";
import { type Recorder, record } from "./recorder.ts";

/** A base path, so that a client which drops it is caught. */
const PREFIX = "/some/base";
let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

/** Calls a method by its name, as a caller of the generated client does. */
async function call(
  { create, key }: AnyVendorFacts,
  name: string,
  args: readonly unknown[],
): Promise<unknown> {
  const client = create({ apiKey: key, baseUrl: server.baseUrl + PREFIX, retry: "never" });
  return await (client as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args);
}

/** How many leading arguments fill the path. */
const inPath = ({ args, sends }: Fact): number => {
  const segments = sends.replace(/\?.*/, "").split("/");
  const ids = args.findIndex((arg) => typeof arg === "object" || !segments.includes(String(arg)));
  return ids < 0 ? args.length : ids;
};

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
    expect(vendor.name).toBe(name);
    expect(vendor.baseUrl).toBe(baseUrl);
    const headers = Object.entries(vendor.env.headers ?? {}).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]);
    expect({ ...vendor.env, headers: Object.fromEntries(headers) }).toEqual(env);
  });
});

describe.each(vendors)("$name over HTTP", (facts) => {
  const rows = Object.entries(facts.operations);

  it.each(rows)("%s: verb, path, query, headers and body arrive as documented", async (name, fact) => {
    server.answer(() => ({ status: fact.status ?? fact.empty?.[0] ?? 200, body: fact.answer }));
    const result = await call(facts, name, fact.args);
    expect(server.seen).toHaveLength(1);
    const [{ method, url, headers, text } = expect.fail()] = server.seen;
    expect(`${method} ${url}`).toBe(fact.sends.replace(" ", ` ${PREFIX}`));
    expect(headers.authorization).toBe(facts.authorization);
    expect(headers.accept).toBe("application/json");
    if (fact.body === undefined) {
      expect(text).toBe("");
      expect(headers["content-type"]).toBeUndefined();
    } else {
      expect(headers["content-type"]).toBe("application/json");
      expect(JSON.parse(text)).toStrictEqual(fact.body);
    }
    expect(result).toStrictEqual(fact.answer);
  });

  const answers = rows.flatMap(([name, fact]) =>
    [...(fact.also ?? []), ...(fact.empty ?? []).map((status) => ({ status }))].map(
      (answer) => [name, JSON.stringify(answer), fact, answer] as const,
    ),
  );
  it.each(answers)("%s also returns the answer %s", async (name, _, fact, answer) => {
    server.answer(() => answer);
    expect(await call(facts, name, fact.args)).toStrictEqual("body" in answer ? answer.body : undefined);
  });

  const withText = rows.filter(([, fact]) => inPath(fact) > 0 && typeof fact.args[0] === "string");
  const nasty = [
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
  it.skipIf(withText.length === 0).each(withText)("%s: an id arrives as the id it is", async (name, fact) => {
    const count = inPath(fact);
    const [verbAndPath = ""] = fact.sends.split("?");
    for (const id of nasty) {
      server.answer(() => ({ status: fact.status ?? fact.empty?.[0] ?? 200, body: fact.answer }));
      await call(facts, name, [...fact.args.slice(0, count).map(() => id), ...fact.args.slice(count)]);
      const [{ method, url } = expect.fail()] = server.seen;
      const arrived = `${method} ${url.slice(PREFIX.length).replace(/\?.*/, "")}`;
      const expected = verbAndPath
        .split("/")
        .map((segment) => (fact.args.slice(0, count).includes(segment) ? id : segment));
      expect(arrived.split("/").map(decodeURIComponent)).toEqual(expected);
    }
  });

  it("sends an integer id in full", async () => {
    const fact = facts.operations.getConversation as Fact;
    server.answer(() => ({ body: fact.answer }));
    await call(
      facts,
      "getConversation",
      fact.args.map((arg, at) => (at < inPath(fact) ? 9007199254740991 : arg)),
    );
    expect(server.seen[0]?.url).toContain("/9007199254740991");
  });
});
