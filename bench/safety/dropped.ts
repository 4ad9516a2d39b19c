import { LATENCY_MS } from "./concurrent.ts";
import { type Fate, openFront } from "./front.ts";
import { openStore, type Store } from "./store.ts";
import { plainRequests, SEED, targetAt, type VendorName } from "./vendors.ts";
import { convoWriter, naiveWriter, nameOf } from "./writers.ts";

/** Faults that leave a writer without the answer it needs. */
export const FAULTS: readonly Exclude<Fate, "answer">[] = ["reset-before", "429", "reset", "503", "hang"];

/** What became of one write without an answer, and of a newer value that came right after it. */
export interface DroppedRow {
  readonly part: "no answer";
  readonly vendor: VendorName;
  readonly writer: "convo" | "openai SDK";
  readonly fault: Fate;
  /** Whether another writer set the same key, and one of its own, before the first one could know. */
  readonly meddled: boolean;
  readonly told: string;
  readonly warnings: string;
  /** Whether the key is there, with the newer value if there is one. */
  readonly right: boolean;
  /** Whether everything else is there. */
  readonly kept: boolean;
  readonly requests: number;
  readonly goal: "met" | "missed" | "none";
}

const TIMEOUT_MS = 400;
const OLD = { mine: "value of mine" };
const NEW = { mine: "newer", theirs: "value of theirs" };

/** Sends one write whose answer does not come. */
export async function runDropped(
  vendor: VendorName,
  writer: DroppedRow["writer"],
  fault: Exclude<Fate, "answer">,
  meddled: boolean,
): Promise<DroppedRow> {
  const store = openStore(vendor);
  let left = 1;
  const front = await openFront(store, {
    latencyMs: LATENCY_MS,
    fate: () => (left-- > 0 ? fault : "answer"),
    async between() {
      if (meddled) await meddle(store, vendor);
    },
  });
  const target = targetAt(vendor, front.origin);
  const write =
    writer === "convo" ? convoWriter(target, { timeoutMs: TIMEOUT_MS }) : naiveWriter(target, TIMEOUT_MS);
  try {
    const outcome = await write("mine", OLD.mine).then(describe, nameOf);
    const [told = "", warnings = ""] = outcome.split(":");
    const document = store.document();
    const holds = (part: Record<string, string>): boolean =>
      Object.entries(part).every(([key, value]) => document[key] === value);
    // Where the write was not applied, nobody can say which value is the newer one: either may stand.
    const applied = fault !== "reset-before" && fault !== "429";
    const right = holds({ mine: NEW.mine }) || ((!meddled || !applied) && holds(OLD));
    const kept = holds(SEED) && (!meddled || holds({ theirs: NEW.theirs }));
    const requests = front.counts.reads + front.counts.writes;
    const goal = writer !== "convo" ? "none" : right && kept && told === "done" ? "met" : "missed";
    return { part: "no answer", vendor, writer, fault, meddled, told, warnings, right, kept, requests, goal };
  } finally {
    await front.close();
  }
}

/** Another writer, on a better line: merges two keys into what is there now. */
async function meddle(store: Store, vendor: VendorName): Promise<void> {
  const { write, headers } = plainRequests(targetAt(vendor, "http://sandbox.test"));
  const body = JSON.stringify({ metadata: { ...store.document(), ...NEW } });
  await store.handle(new Request(write.url, { method: write.method, headers, body }));
}

/** What the writer was told, and the codes of the warnings that came with it. */
function describe(result: unknown): string {
  const { warnings = [] } = result as { warnings?: readonly { code: string }[] };
  return `done:${warnings.map(({ code }) => code).join(" ")}`;
}
