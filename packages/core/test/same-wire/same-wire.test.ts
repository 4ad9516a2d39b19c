import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { datagridPairs } from "./datagrid.ts";
import { lettaPairs } from "./letta.ts";
import { openaiPairs } from "./openai.ts";
import { arrives, methodsOf, type Setup, type Sides } from "./pair.ts";

// Every conversation call of the vendors' own SDKs beside the same call through ours, as both arrive at the sandbox.

type Side = "letta" | "openai" | "datagrid";
const KEYS = { openai: "sk-sandbox-0001", letta: "sk-let-0001", datagrid: "dg-0001" };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

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
    const [request, ...more] = await arrives(sandbox, theirs);
    expect(request).toHaveProperty("operation", expect.any(String));
    expect(more).toEqual([]);
    for (const call of ours) expect(await arrives(sandbox, call)).toEqual([request]);
  });
});
