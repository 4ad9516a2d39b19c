/** Any mix of updates over a line that loses writes: what is there in the end is what the callers were told, in the order of their calls. */
import { createSandbox, type Sandbox } from "@convo/sandbox";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  agentsight,
  createConvo,
  equalJson,
  isConvoError,
  type Metadata,
  mergeMetadata,
  type ProviderOptions,
  type UpdateOptions,
} from "../src/index.ts";

/** What becomes of one write: only the first and the last two reach the vendor. */
type Fate = "answered" | "turned away" | "lost before" | "lost after" | "503 after";

interface Op {
  readonly metadata?: Metadata;
  readonly unset?: string[];
  readonly merge: "shallow" | "deep" | "replace";
  /** Given up after so many milliseconds. */
  readonly abortMs: number | undefined;
  /** Turns of the event loop before the next one. */
  readonly turns: number;
}

const key = fc.constantFrom("a", "b", "c", "topic");
const leaf = fc.constantFrom(1, 2, "x", { x: 1 }, { y: { z: 2 } }, ["l"]);
const metadata = fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 2 });
const rest = {
  abortMs: fc.option(fc.constantFrom(0, 1, 5, 30), { nil: undefined, freq: 5 }),
  turns: fc.nat(6),
};
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ metadata, merge: fc.constantFrom("shallow", "deep", "replace"), ...rest }),
  fc.record({ unset: fc.array(key, { minLength: 1, maxLength: 2 }), merge: fc.constant("shallow"), ...rest }),
) as fc.Arbitrary<Op>;
const fate = fc.constantFrom<Fate>("answered", "turned away", "lost before", "lost after", "503 after");

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = createSandbox();
});
afterAll(() => sandbox.close());
const stored = () => (sandbox.read("agentsight", 42) as { metadata: Metadata }).metadata;

function handleOver(fates: readonly Fate[]) {
  const left = [...fates];
  const lost = () =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
  const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, init) => {
    const become = init.method === "GET" ? "answered" : left.shift();
    if (become === "turned away")
      return Response.json({}, { status: 429, headers: { "retry-after-ms": "1" } });
    if (become === "lost before") throw lost();
    const response = await sandbox.fetch(url, init);
    if (become === "lost after") throw lost();
    return become === "503 after" ? Response.json({}, { status: 503 }) : response;
  };
  const at = { baseUrl: sandbox.baseUrl("agentsight"), apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null };
  return createConvo({ agentsight: agentsight({ ...at, fetch }) }).agentsight;
}

/** Every document that may be there, given what the callers were told. */
function possible(
  start: Metadata,
  ops: readonly Op[],
  told: readonly ("done" | "unknown" | "not done")[],
): Metadata[] {
  let documents = [start];
  ops.forEach(({ metadata: patch = {}, unset = [], merge }, n) => {
    const made = documents.map((document) => mergeMetadata(document, patch, { merge, unset }));
    if (told[n] === "done") documents = made;
    if (told[n] === "unknown") documents = documents.concat(made);
  });
  return documents;
}

it("loses nothing, invents nothing, and keeps the order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(op, { minLength: 1, maxLength: 7 }),
      fc.array(fate, { minLength: 1, maxLength: 5 }),
      async (ops, fates) => {
        sandbox.reset();
        const start = stored();
        const handle = handleOver(fates);
        const calls: Promise<"done" | "unknown" | "not done">[] = [];
        for (const { abortMs, turns, merge, ...changes } of ops) {
          const options: UpdateOptions = { merge };
          if (abortMs !== undefined) options.signal = AbortSignal.timeout(abortMs);
          calls.push(
            handle.update(42, changes as { metadata: Metadata }, options).then(
              () => "done",
              (error) => {
                expect(isConvoError(error), String(error)).toBe(true);
                return error.outcome ?? "not done";
              },
            ),
          );
          for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        }
        const told = await Promise.all(calls);
        // What nobody waits for any more may still be on its way.
        if (told.includes("unknown")) await handle.update(42, { unset: ["nothing"] });
        const documents = possible(start, ops, told);
        expect(
          documents.some((one) => equalJson(one, stored())),
          JSON.stringify([told, stored(), documents]),
        ).toBe(true);
      },
    ),
    { numRuns: Number(process.env.MODEL_RUNS ?? 40) },
  );
});
