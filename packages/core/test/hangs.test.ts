/** What a caller gives and never answers: no call outlives its deadline, or the caller's own signal, for it. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type CatalogueStore, createCatalogue } from "../src/catalogue/index.ts";
import { agentsight, createConvo, type HttpOptions } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";

const never = (): Promise<never> => new Promise(() => {});

const first = async (items: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const item of items) return item;
  return undefined;
};

function withKey(apiKey: () => Promise<never>) {
  const { at, sandbox } = start();
  return { sandbox, convo: createConvo({ agentsight: agentsight({ ...at("agentsight"), apiKey }) }) };
}

type Convo = ReturnType<typeof withKey>["convo"];

const CALLS: [name: string, call: (convo: Convo, options: HttpOptions) => Promise<unknown>][] = [
  ["update", ({ agentsight: handle }, options) => handle.update(42, { name: "n" }, options)],
  ["get", ({ agentsight: handle }, options) => handle.get("support-session-456", options)],
  ["exists", ({ agentsight: handle }, options) => handle.exists(42, options)],
  ["plan", ({ agentsight: handle }, options) => handle.plan(42, { name: "n" }, options)],
  ["create", ({ agentsight: handle }, options) => handle.create({}, { externalId: "e", ...options })],
  ["delete", ({ agentsight: handle }, options) => handle.delete(42, options)],
  ["export", ({ agentsight: handle }, options) => handle.export(42, options)],
  ["list", ({ agentsight: handle }, options) => first(handle.list(options))],
  ["messages", ({ agentsight: handle }, options) => first(handle.messages(42, options))],
  ["all.planErase", ({ all }, options) => all.planErase({ agentsight: 42 }, options)],
  ["all.erase", ({ all }, options) => all.erase({ agentsight: 42 }, options)],
];

describe("a key function that never answers", () => {
  it.each(CALLS)("ends %s at its deadline", async (_, call) => {
    const { sandbox, convo } = withKey(never);
    expect(await failure(call(convo, { deadlineMs: 50 }))).toMatchObject({ kind: "timeout" });
    expect(sandbox.requests()).toEqual([]);
  });

  it.each(CALLS)("ends %s when its caller gives up", async (_, call) => {
    const controller = new AbortController();
    const { sandbox, convo } = withKey(() => {
      setTimeout(() => controller.abort());
      return never();
    });
    expect(await failure(call(convo, { signal: controller.signal }))).toMatchObject({ kind: "aborted" });
    expect(sandbox.requests()).toEqual([]);
  });
});

it("a catalogue that never answers is waited for five seconds, and holds up no call", async () => {
  const { at, stored } = start();
  const store: CatalogueStore = { put: never, remove: never, rows: () => [] };
  const convo = createConvo(
    { agentsight: agentsight(at("agentsight")) },
    { catalogue: createCatalogue({ store }) },
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const call = convo.agentsight.update(42, { name: "n" });
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(1000);
    expect(await Promise.race([call, undefined])).toMatchObject({ confirmed: "echo" });
  });
  expect(stored("agentsight", 42).name).toBe("n");
});
