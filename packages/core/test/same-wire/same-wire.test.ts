import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { datagridPairs } from "./datagrid.ts";
import { lettaPairs } from "./letta.ts";
import { openaiPairs } from "./openai.ts";
import type { Setup, Sides } from "./pair.ts";

// Every conversation call of the vendors' own SDKs beside the same call through ours, as both arrive at the sandbox.

type Side = "letta" | "openai" | "datagrid";
const KEYS = { openai: "sk-sandbox-0001", letta: "sk-let-0001", datagrid: "dg-0001" };

/** `create`, `items.list`, ...: what a resource of an SDK and the resources in it can do. */
function methodsOf(resource: object, prefix = ""): string[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter(
    (name) => name !== "constructor",
  );
  const nested = Object.entries(resource).filter(
    ([name, value]) => !name.startsWith("_") && typeof value === "object",
  );
  return [
    ...own.map((name) => prefix + name),
    ...nested.flatMap(([name, value]) => methodsOf(value as object, `${name}.`)),
  ];
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** What one call puts on the wire. That it may be refused (a second cancel, an unknown run) is no matter here. */
async function arrives(call: () => PromiseLike<unknown>): Promise<unknown[]> {
  sandbox.reset();
  await Promise.resolve(call()).catch(() => undefined);
  return sandbox.requests().map(({ method, path, query, body, operation, headers }) => ({
    operation,
    method,
    path,
    // OpenAI's SDK writes `include[]=`, its specification and we `include=`; the order of parameters says nothing.
    query: [...new URLSearchParams(query)].map(([key, value]) => `${key.replace("[]", "")}=${value}`).sort(),
    body,
    type: body === undefined ? undefined : headers["content-type"],
    authorization: headers.authorization,
  }));
}

const sides: Record<Side, (setup: Setup) => Sides> = {
  openai: openaiPairs,
  letta: lettaPairs,
  datagrid: datagridPairs,
};

describe.each(Object.keys(sides) as Side[])("%s: through its own SDK and through ours", (vendor) => {
  const open = () => sides[vendor]({ apiKey: KEYS[vendor], baseUrl: sandbox.baseUrl(vendor) });
  const names = Object.keys(sides[vendor]({ apiKey: "x", baseUrl: "http://localhost" })[1]);

  it("no conversation call of the SDK is left out", () => {
    expect(names.sort()).toEqual(methodsOf(open()[0]).sort());
  });

  it.each(names)("%s arrives the same", async (name) => {
    const [theirs, ...ours] = open()[1][name] ?? expect.fail(name);
    const [request, ...more] = await arrives(theirs);
    expect(request).toHaveProperty("operation", expect.any(String));
    expect(more).toEqual([]);
    for (const call of ours) expect(await arrives(call)).toEqual([request]);
  });
});
