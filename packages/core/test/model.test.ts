/** Any mix of updates over a line that loses writes: what is there in the end is what the callers were told, in the order of their calls. */
import { createSandbox, type Sandbox } from "@convo/sandbox";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  equalJson,
  isConvoError,
  type Metadata,
  mergeMetadata,
  type ProviderOptions,
  type UpdateOptions,
} from "../src/index.ts";

/** What becomes of one write: only the first and the last two reach the vendor. */
type Fate = "answered" | "rejected" | "lost before" | "lost after" | "503 after";

interface State {
  readonly field: string;
  readonly metadata: Metadata;
}

interface Changes {
  readonly field?: string;
  readonly metadata?: Metadata;
  readonly unset?: string[];
}

interface Op extends Changes {
  readonly merge: "shallow" | "deep" | "replace";
  readonly verify: boolean;
  /** Given up after so many milliseconds. */
  readonly abortMs: number | undefined;
  /** Turns of the event loop before the next one. */
  readonly turns: number;
}

const key = fc.constantFrom("a", "b", "c", "topic");
const leaf = fc.constantFrom(1, 2, "x", { x: 1 }, { y: { z: 2 } }, ["l"]);
const metadata = fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 2 });
const field = fc.constantFrom("one", "two");
const rest = {
  abortMs: fc.option(fc.constantFrom(0, 1, 5, 30), { nil: undefined, freq: 5 }),
  turns: fc.nat(6),
  verify: fc.boolean(),
};
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record(
    { field, metadata, merge: fc.constantFrom("shallow", "deep", "replace"), ...rest },
    { requiredKeys: ["metadata", "merge", "turns", "verify"] },
  ),
  fc.record({ field, merge: fc.constant("shallow"), ...rest }),
  fc.record({ unset: fc.array(key, { minLength: 1, maxLength: 2 }), merge: fc.constant("shallow"), ...rest }),
) as fc.Arbitrary<Op>;
const fate = fc.constantFrom<Fate>("answered", "rejected", "lost before", "lost after", "503 after");

/** A vendor that answers with what was written and one that only says yes; the field that stands for all others. */
const VENDORS = {
  agentsight: { id: 42, field: "name" },
  chatdash: { id: "66f0c0ffee0000000000cd01", field: "summary" },
} as const;
type Vendor = keyof typeof VENDORS;

function stored(sandbox: Sandbox, vendor: Vendor): State {
  const { id, field } = VENDORS[vendor];
  const { metadata, ...body } = sandbox.read(vendor, id) as Metadata & { metadata: Metadata };
  return { field: body[field] as string, metadata };
}

function updateOver(sandbox: Sandbox, vendor: Vendor, fates: readonly Fate[]) {
  const left = [...fates];
  const lost = () =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
  const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, init) => {
    const become = init.method === "GET" ? "answered" : left.shift();
    if (become === "rejected") return Response.json({}, { status: 429, headers: { "retry-after-ms": "1" } });
    if (become === "lost before") throw lost();
    const response = await sandbox.fetch(url, init);
    if (become === "lost after") throw lost();
    return become === "503 after" ? Response.json({}, { status: 503 }) : response;
  };
  const apiKey = sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null;
  const at = { baseUrl: sandbox.baseUrl(vendor), apiKey, fetch };
  const convo = createConvo({
    agentsight: agentsight(at),
    chatdash: chatdash({ ...at, agentId: "agent_1" }),
  });
  return (changes: Omit<Changes, "field"> & { field?: string }, options?: UpdateOptions) => {
    const { field, ...others } = changes;
    const all = field === undefined ? others : { ...others, [VENDORS[vendor].field]: field };
    const { id } = VENDORS[vendor];
    return id === 42 ? convo.agentsight.update(id, all, options) : convo.chatdash.update(id, all, options);
  };
}

/** Every state that may be there, given what the callers were told. */
function possible(
  start: State,
  ops: readonly Op[],
  told: readonly ("done" | "unknown" | "not done")[],
): State[] {
  let states = [start];
  ops.forEach(({ field, metadata: patch, unset = [], merge }, n) => {
    const made = states.map((one) => ({
      field: field ?? one.field,
      metadata: mergeMetadata(one.metadata, patch ?? {}, { merge: patch ? merge : "shallow", unset }),
    }));
    if (told[n] === "done") states = made;
    if (told[n] === "unknown") states = states.concat(made);
  });
  return states;
}

// Side by side: most of the time is the waiting between two attempts.
it.concurrent.each(["agentsight", "chatdash"] as const)(
  "%s: loses nothing, invents nothing, and keeps the order",
  async (vendor) => {
    const sandbox = createSandbox();
    await fc.assert(
      fc.asyncProperty(
        fc.array(op, { minLength: 1, maxLength: 7 }),
        fc.array(fate, { minLength: 1, maxLength: 5 }),
        async (ops, fates) => {
          sandbox.reset();
          const start = stored(sandbox, vendor);
          const update = updateOver(sandbox, vendor, fates);
          const calls: Promise<"done" | "unknown" | "not done">[] = [];
          for (const { abortMs, turns, merge, verify, ...changes } of ops) {
            const options: UpdateOptions = { merge, verify: verify && { settleMs: 0 } };
            if (abortMs !== undefined) options.signal = AbortSignal.timeout(abortMs);
            calls.push(
              update(changes, options).then(
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
          if (told.includes("unknown")) await update({ unset: ["nothing"] }).catch(() => {});
          const states = possible(start, ops, told);
          expect(
            states.some((one) => equalJson({ ...one }, { ...stored(sandbox, vendor) })),
            JSON.stringify([told, stored(sandbox, vendor), states]),
          ).toBe(true);
        },
      ),
      { numRuns: Number(process.env.MODEL_RUNS ?? 25) },
    );
    await sandbox.close();
  },
);
