import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  agentsight,
  type ConvoError,
  createConvo,
  type Metadata,
  type ProviderOptions,
} from "../src/index.ts";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(() => sandbox.close());

const stored = () => (sandbox.read("agentsight", 42) as { metadata: Metadata }).metadata;
const writes = () => sandbox.requests().filter(({ method }) => method === "PATCH");

/** A vendor that answers write `n` as `away` says, and lets another writer in while it does; else as usual. */
function start(
  away: (n: number) => Response | Error | undefined,
  theirs: Metadata = {},
  options: ProviderOptions = {},
) {
  let count = 0;
  const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, init) => {
    const answer = init.method === "PATCH" ? away(++count) : undefined;
    if (!answer) return sandbox.fetch(url, init);
    await other.agentsight.client.updateConversation(42, { metadata: { ...stored(), ...theirs } });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const at = {
    baseUrl: sandbox.baseUrl("agentsight"),
    apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null,
  };
  const other = createConvo({
    agentsight: agentsight({ ...at, fetch: (url, init) => sandbox.fetch(url, init) }),
  });
  return createConvo({ agentsight: agentsight({ ...at, ...options, fetch }) }).agentsight;
}
const slowDown = (ms = "5"): Response =>
  Response.json({ detail: "slow down" }, { status: 429, headers: { "retry-after-ms": ms } });
const lost = (code: string): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
const errorOf = (call: Promise<unknown>): Promise<ConvoError> =>
  call.then(
    () => expect.fail("done"),
    (error) => error,
  );

describe("a write that the vendor turns away for a while", () => {
  it.each([
    ["429", () => slowDown()],
    ["no connection", () => lost("ECONNREFUSED")],
  ])("(%s) is made from a new read: what others wrote meanwhile stays", async (_, away) => {
    const handle = start((n) => (n === 1 ? away() : undefined), { theirs: 1, topic: "theirs" });
    const result = await handle.update(42, { metadata: { mine: 1, topic: "mine" } });
    expect(stored()).toEqual({ owner: "ada", draft: true, theirs: 1, mine: 1, topic: "mine" });
    expect(result).toMatchObject({ calls: 3, httpRequests: 4, warnings: [], confirmed: "echo" });
    expect(result.diff?.changed.topic).toEqual({ before: "theirs", after: "mine" });
  });

  it("is given up after as many tries as any other call, and then nothing was written", async () => {
    const handle = start(() => slowDown());
    const error = await errorOf(handle.update(42, { metadata: { mine: 1 } }, { maxRetries: 1 }));
    expect(error).toMatchObject({ kind: "rate_limited", status: 429, retryable: true });
    expect(error.outcome).toBeUndefined();
    expect(stored()).not.toHaveProperty("mine");
  });

  it.each([
    ["retry is never", { retry: "never" }, "5"],
    ["the vendor asks for longer than the caller waits", { deadlineMs: 44_000 }, "50000"],
    ["the vendor asks for longer than is allowed", {}, "60001"],
  ] as const)("is not made again where %s", async (_, options, ms) => {
    let away = 0;
    const handle = start(() => {
      away++;
      return slowDown(ms);
    });
    const error = await errorOf(handle.update(42, { metadata: { mine: 1 } }, options));
    expect(error).toMatchObject({ kind: "rate_limited", retryAfterMs: Number(ms) });
    expect(away).toBe(1);
  });

  it("has not left: who gives up while it waits is told that nothing was sent", async () => {
    const controller = new AbortController();
    // Once the refusal is there, and it waits.
    const onResponse = ({ status }: { status: number }): void => {
      if (status === 429) setImmediate(() => controller.abort());
    };
    const handle = start(() => slowDown("50000"), {}, { observe: { onResponse } });
    const error = await errorOf(handle.update(42, { metadata: { mine: 1 } }, { signal: controller.signal }));
    expect(error.kind).toBe("aborted");
    expect(error.outcome).toBeUndefined();
    expect(error.message).toContain("Nothing of it was sent");
  });

  it("is looked at first where an earlier one may have been applied: a newer value stands", async () => {
    const handle = start((n) => [lost("ECONNRESET"), slowDown()][n - 1], { topic: "newer" });
    const result = await handle.update(42, { metadata: { mine: 1, topic: "mine" } });
    expect(stored()).toEqual({ owner: "ada", draft: true, mine: 1, topic: "newer" });
    expect(result.warnings).toMatchObject([{ code: "superseded", field: "metadata.topic" }]);
  });

  it("is not made again, nor is one without an answer, where the provider was told never to", async () => {
    for (const away of [slowDown(), lost("ECONNRESET")]) {
      let count = 0;
      const answer = (): Response | Error => {
        count++;
        return away;
      };
      await errorOf(start(answer, {}, { retry: "never" }).update(42, { metadata: { mine: 1 } }));
      expect(count).toBe(1);
    }
  });

  it("is sent again as it is where it was made from no read", async () => {
    const handle = start((n) => (n === 1 ? slowDown() : undefined), { theirs: 1 });
    expect(await handle.update(42, { name: "n" })).toMatchObject({ calls: 1, httpRequests: 2 });
    expect(writes()).toHaveLength(2);
  });
});
