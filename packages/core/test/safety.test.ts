/** What `pnpm bench:safety` shows at length, in small: many writers at once, and writes that are applied but not answered. */
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  type Handle,
  type Json,
  type Metadata,
  openai,
  type Shape,
} from "../src/index.ts";
import { type Answer, type Seen, serve, type TestServer } from "./server.ts";

const CONVERSATIONS = {
  openai: "conv_sandbox0001",
  chatdash: "66f0c0ffee0000000000cd01",
  agentsight: 42,
} as const;
type Vendor = keyof typeof CONVERSATIONS;
/** What all of them take here. */
type AnyShape = Shape & { id: string | number; value: Json; native: object };
const VENDORS = Object.keys(CONVERSATIONS) as Vendor[];

let sandbox: Sandbox;
let server: TestServer;
beforeEach(() => {
  sandbox = createSandbox({ openai: { metadata: "replace" } });
});
afterEach(async () => {
  await server.close();
  await sandbox.close();
});

const stored = (vendor: Vendor) =>
  (sandbox.read(vendor, CONVERSATIONS[vendor]) as { metadata: Metadata }).metadata;
const keyOf = (vendor: Vendor): string => sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? "";

/** The sandbox's own answer to a request, whatever becomes of it on its way back. */
async function answered(vendor: Vendor, { method, url, body }: Seen): Promise<Answer> {
  const scheme = { openai: "Bearer ", chatdash: "", agentsight: "Api-Key " }[vendor];
  const headers = { authorization: scheme + keyOf(vendor), "content-type": "application/json" };
  const sent = method === "GET" ? {} : { body: JSON.stringify(body) };
  const response = await sandbox.fetch(sandbox.baseUrl(vendor) + url, { method, headers, ...sent });
  return { status: response.status, text: await response.text() };
}

/** A handle on the vendor's conversation at the server in front of the sandbox. */
function handleOf(vendor: Vendor): Handle<AnyShape> {
  const at = { baseUrl: server.baseUrl, apiKey: keyOf(vendor) };
  const convo = createConvo({
    openai: openai(at),
    chatdash: chatdash({ ...at, agentId: "agent_1" }),
    agentsight: agentsight(at),
  });
  return convo[vendor] as unknown as Handle<AnyShape>;
}

describe.each(["chatdash", "agentsight"] as const)("%s: 1,000 merges of one conversation", (vendor) => {
  const keys = Array.from({ length: 1000 }, (_, n) => `k${n}`);

  it("at once are all there after a handful of requests", async () => {
    server = await serve((seen) => answered(vendor, seen));
    const handle = handleOf(vendor);
    const id = CONVERSATIONS[vendor];
    await Promise.all(keys.map((key) => handle.update(id, { metadata: { [key]: key } })));
    expect(keys.filter((key) => stored(vendor)[key] !== key)).toEqual([]);
    expect(server.seen.length).toBeLessThan(10);
  });

  it("that come one by one, while others are out, are all there too", async () => {
    server = await serve((seen) => answered(vendor, seen));
    const handle = handleOf(vendor);
    const calls: Promise<unknown>[] = [];
    for (const key of keys.slice(0, 200)) {
      calls.push(handle.update(CONVERSATIONS[vendor], { metadata: { [key]: key } }));
      await new Promise(setImmediate);
    }
    await Promise.all(calls);
    expect(keys.slice(0, 200).filter((key) => stored(vendor)[key] !== key)).toEqual([]);
  });

  it("by reading and then writing, as vendors advise, are lost: the server is no kinder than theirs", async () => {
    server = await serve((seen) => answered(vendor, seen));
    const handle = handleOf(vendor);
    const id = CONVERSATIONS[vendor];
    const few = keys.slice(0, 20);
    await Promise.all(
      few.map(async (key) => {
        const { metadata } = (await handle.get(id)).conversation;
        await handle.update(id, { metadata: { ...metadata, [key]: key } }, { merge: "replace" });
      }),
    );
    expect(few.filter((key) => stored(vendor)[key] !== key).length).toBeGreaterThan(0);
  });
});

describe.each(VENDORS)("%s: a write that is applied and not answered", (vendor) => {
  const lost: readonly (readonly [string, () => Answer | Promise<Answer>])[] = [
    ["the connection drops", () => "drop"],
    ["a gateway answers 503", () => ({ status: 503, body: { message: "try again" } })],
    ["nothing ever comes", () => new Promise<Answer>(() => {})],
  ];
  const newer = { topic: "newer", theirs: "kept" };
  let isLost: boolean;
  beforeEach(() => {
    isLost = false;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  });
  afterEach(() => void vi.useRealTimers());

  /** An update whose one write is out; a request's time passes where no answer comes. */
  async function updateLost(metadata: Record<string, string>, answer: string) {
    const call = handleOf(vendor).update(CONVERSATIONS[vendor], { metadata });
    await vi.waitFor(() => expect(isLost).toBe(true));
    if (answer === "nothing ever comes") await vi.advanceTimersByTimeAsync(60_000);
    return call;
  }

  it.each(lost)("(%s) is found there and not sent again", async (name, answer) => {
    server = await serve(async (seen) => {
      const applied = await answered(vendor, seen);
      if (seen.method === "GET" || isLost) return applied;
      isLost = true;
      return answer();
    });
    const before = stored(vendor);
    const { confirmed } = await updateLost({ mine: "1" }, name);
    expect(stored(vendor)).toEqual({ ...before, mine: "1" });
    expect(confirmed).toBe("read");
    expect(server.seen.filter(({ method }) => method !== "GET")).toHaveLength(1);
  });

  it.each(lost)("(%s) overwrites nothing that came after it", async (name, answer) => {
    server = await serve(async (seen) => {
      const applied = await answered(vendor, seen);
      if (seen.method === "GET" || isLost) return applied;
      await answered(vendor, { ...seen, body: { metadata: { ...stored(vendor), ...newer } } });
      isLost = true;
      return answer();
    });
    const before = stored(vendor);
    const { warnings } = await updateLost({ topic: "mine", mine: "1" }, name);
    expect(stored(vendor)).toEqual({ ...before, ...newer, mine: "1" });
    expect(warnings).toMatchObject([{ code: "superseded", field: "metadata.topic" }]);
  });
});
