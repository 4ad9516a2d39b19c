/** The promise of `verify`, put to the test: a change that was reported done and then undone was told to the one who undid it. */
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "@convo/sandbox";
import fc from "fast-check";
import { expect, it } from "vitest";
import { agentsight, createConvo, type Metadata, type ProviderOptions } from "../src/index.ts";

const SETTLE_MS = 60;
const WRITERS = 4;
const KEYS = 4;

/** Milliseconds to the vendor, or back: mostly a few, sometimes far more than writers wait for each other. */
const way = fc.oneof(
  { weight: 20, arbitrary: fc.nat(4) },
  { weight: 1, arbitrary: fc.integer({ min: 70, max: 200 }) },
);
const ways = fc.array(fc.tuple(way, way), { minLength: 40, maxLength: 40 });

/** What the caller of one update was told. */
type Told = "done" | "late" | "failed" | "unknown";

/**
 * Lets several writers add keys of their own. `told` has an entry per key; `undone` has the update that took a key away, the first one
 * since its own writer saw it there: what comes after that may bring it back and take it away again.
 */
async function race(line: readonly (readonly [number, number])[]) {
  const sandbox = createSandbox();
  const stored = () => (sandbox.read("agentsight", 42) as { metadata: Metadata }).metadata;
  const told = new Map<string, Told>();
  const undone = new Map<string, string>();
  let sent = 0;
  const at = { baseUrl: sandbox.baseUrl("agentsight"), apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null };
  // One request at a time, so that it is known which of them took a key away.
  let last: Promise<unknown> = Promise.resolve();
  const answer = (url: string, init: Parameters<typeof sandbox.fetch>[1], key: string) => {
    const answered = last.then(async () => {
      const before = Object.keys(stored());
      // Its own writer sees that it is there: who took it away earlier does not matter any more.
      if (before.includes(key)) undone.delete(key);
      const response = await sandbox.fetch(url, init);
      const gone = before.filter((one) => !Object.hasOwn(stored(), one));
      for (const one of gone) if (!undone.has(one)) undone.set(one, key);
      return response;
    });
    last = answered;
    return answered;
  };
  const write = async (writer: number): Promise<void> => {
    let key = "";
    const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, init) => {
      const [there, back] = line[sent++ % line.length] as [number, number];
      await sleep(there);
      const response = await answer(url, init, key);
      await sleep(back);
      return response;
    };
    // Accounts of their own do not wait for each other, as processes do not.
    const provider = agentsight({ ...at, fetch, account: `process ${writer}` });
    const handle = createConvo({ agentsight: provider }).agentsight;
    for (let n = 0; n < KEYS; n++) {
      key = `w${writer}_${n}`;
      const call = handle.update(42, { metadata: { [key]: n } }, { verify: { settleMs: SETTLE_MS } });
      const what = await call.then(
        ({ warnings }): Told => (warnings.some(({ code }) => code === "late_write") ? "late" : "done"),
        (error): Told => error.outcome ?? "failed",
      );
      told.set(key, what);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  const there = stored();
  await sandbox.close();
  const acknowledged = [...told].filter(([, what]) => what === "done" || what === "late");
  return { told, undone, lost: acknowledged.map(([key]) => key).filter((key) => !Object.hasOwn(there, key)) };
}

it("is kept however long requests take on their way", async () => {
  await fc.assert(
    fc.asyncProperty(ways, async (line) => {
      const { told, undone, lost } = await race(line);
      for (const key of lost) expect(told.get(undone.get(key) ?? ""), key).toMatch(/^(late|failed|unknown)$/);
    }),
    // A counterexample depends on time: shrinking it would not find it again.
    { numRuns: Number(process.env.MODEL_RUNS ?? 4), endOnFailure: true },
  );
});
