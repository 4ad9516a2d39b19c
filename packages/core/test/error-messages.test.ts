/** What errors say: whom they are about, and no more than somebody reads. */
import { expect, it, onTestFinished } from "vitest";
import { agentsight, createConvo, openai } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";
import { serve } from "./server.ts";

const ID = "conv_sandbox0001";
const keys = (count: number): { [key: string]: number } =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
const ours = () => createConvo({ openai: openai(start().at("openai")) }).openai;

/** A vendor whose reads always show the same 5,000 keys; a write is answered with what this makes of its metadata. */
async function stubborn(answer: (metadata: object) => object) {
  const body = { id: 42, name: "n", metadata: keys(5000) };
  const server = await serve(({ method, body: { metadata } }) => ({
    body: method === "GET" ? body : { ...body, metadata: answer(metadata as object) },
  }));
  onTestFinished(() => server.close());
  return createConvo({ it: agentsight({ baseUrl: server.baseUrl, apiKey: "k" }) }).it;
}

it.each<[what: string, kind: string, call: () => Promise<unknown>]>([
  ["values of a wrong type", "limit", () => ours().update(ID, { metadata: keys(100_000) as never })],
  ["keys that are not there", "invalid", () => ours().update(ID, keys(5000) as never)],
  ["options that are not there", "invalid", () => ours().update(ID, {}, keys(5000) as never)],
  ["a key that is too long", "limit", () => ours().update(ID, { metadata: { ["k".repeat(100_000)]: "v" } })],
  ["an id that is too long", "invalid", () => ours().get("x".repeat(5000))],
  [
    "keys that the vendor keeps",
    "not_applied",
    async () => (await stubborn(() => keys(5000))).update(42, { unset: Object.keys(keys(5000)) }),
  ],
  [
    "keys that others overwrite",
    "conflict",
    async () => {
      const changed = Object.fromEntries(Object.keys(keys(5000)).map((key) => [key, "ours"]));
      const verify = { settleMs: 1, maxRounds: 1 };
      return (await stubborn((metadata) => metadata)).update(42, { metadata: changed }, { verify });
    },
  ],
  [
    "vendors that fail",
    "partial",
    () => {
      const { sandbox, at } = start();
      sandbox.fault({ kind: "status", status: 400, times: null });
      const names = Object.keys(keys(500));
      const convo = createConvo(Object.fromEntries(names.map((name) => [name, openai(at("openai"))])));
      const all = Object.fromEntries(names.map((name) => [name, ID]));
      return convo.all.update(all, { metadata: { a: "1" } });
    },
  ],
])("a message is bounded, however many there are: %s", async (_, kind, call) => {
  const { kind: told, message } = await failure(call());
  expect(told).toBe(kind);
  expect(message.length).toBeLessThan(4001);
});

it("violations are counted in the message, and all of them are in the error", async () => {
  const error = await failure(ours().update(ID, { metadata: keys(100_000) as never }));
  expect(error.message).toContain("more");
  expect(error.violations?.length).toBeGreaterThan(99_999);
});

it("two providers of one vendor are told apart by the names that the caller gave them", async () => {
  const { sandbox, at } = start();
  const convo = createConvo({ eu: openai(at("openai")), us: openai(at("openai")) });
  sandbox.fault({ kind: "status", status: 400, operation: "updateConversation" });
  const error = await failure(convo.all.update({ eu: ID, us: "conv_none" }, { metadata: { a: "1" } }));
  expect(error.message).toMatch(/^\[convo\] 2 of 2 updates failed: eu: \[openai\] .* us: \[openai\] /);
  const { results } = error as unknown as { results: object };
  expect(results).toMatchObject({
    eu: { ok: false, error: { provider: "openai" } },
    us: { ok: false, error: { provider: "openai" } },
  });
  const refused = await failure(
    convo.all.update({ eu: ID, us: ID }, {}, { overrides: { us: { name: 5 } as never } }),
  );
  expect(refused.message).toContain("us: name");
  expect(refused.message).not.toContain("eu: name");
  expect(refused.violations?.map(({ path }) => path)).toContain("us.name");
});
