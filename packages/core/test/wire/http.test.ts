import type { AnyClient } from "@convo/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vendors } from "./facts/index.ts";
import { type Recorder, record } from "./recorder.ts";

type Raw = {
  http: { request(verb: string, path: string, init: object): Promise<{ data?: unknown; error?: unknown }> };
};

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

/** Calls an operation through openapi-fetch, with the arguments its method would take. */
function raw(client: AnyClient, name: string, args: readonly unknown[]): ReturnType<Raw["http"]["request"]> {
  const { route = "", body } = client.vendor.operations[name] ?? {};
  const [verb = "", template = ""] = route.split(" ");
  const rest = [...args];
  const path = Object.fromEntries([...template.matchAll(/\{(\w+)\}/g)].map(([, id]) => [id, rest.shift()]));
  const given = /^P/.test(verb) ? rest.shift() : undefined;
  const { query } = (rest.shift() ?? {}) as { query?: object };
  const init = { ...(body && { body: given }), params: { path, ...(query && { query }) } };
  return (client as unknown as Raw).http.request(verb.toLowerCase(), template, init);
}

describe.each(vendors)(
  "$name, by its openapi-fetch client",
  ({ create, key, keyHeader = "authorization", authorization, operations }) => {
    for (const [name, fact] of Object.entries(operations)) {
      if (fact.events) continue;
      const test = fact.broken ? it.fails : it;
      test(`${name}: the same request arrives as from the method`, async () => {
        server.answer(() => ({ status: fact.status ?? fact.empty?.[0] ?? 200, body: fact.answer }));
        const client = create({ apiKey: key, baseUrl: server.baseUrl, retry: "never" });
        const { data, error } = await raw(client, name, fact.args);
        expect(server.seen).toHaveLength(1);
        const [{ method, url, headers, text } = expect.fail()] = server.seen;
        expect(`${method} ${url}`).toBe(fact.sends);
        expect(headers[keyHeader]).toBe(authorization);
        expect(headers["content-type"]).toBe(fact.body === undefined ? undefined : "application/json");
        expect(text === "" ? undefined : JSON.parse(text)).toStrictEqual(fact.body);
        expect(error).toBeUndefined();
        if (fact.answer !== undefined) expect(data).toStrictEqual(fact.answer);
      });
    }
  },
);
