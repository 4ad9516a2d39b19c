/** The client of the soak, in a process of its own: a quarter of the calls each time it is told to go on. */
import { getEventListeners } from "node:events";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isConvoError } from "@convo/client";
import { createOpenAIClient, type OpenAIClient } from "@convo/openai";
import { endOf, faultOf, isRead } from "./faults.ts";

/** What is there when no call is running. */
export interface Rest {
  /** Calls made so far. */
  readonly calls: number;
  readonly seconds: number;
  /** Heap and what hangs on it, after a garbage collection. */
  readonly bytes: number;
  readonly rssMb: number;
  /** What keeps the process alive, by kind (`process.getActiveResourcesInfo`). */
  readonly resources: Readonly<Record<string, number>>;
  /** Abort listeners on the signal that every call was given. */
  readonly signalListeners: number;
  /** Most listeners on one open socket. */
  readonly socketListeners: number;
  /** Listeners on `process`. */
  readonly processListeners: number;
  /** How the calls ended, and what ended otherwise than it should have. */
  readonly ends: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

const [path, baseUrl, perQuarter, concurrency] = process.argv.slice(2) as [string, string, string, string];
const wrong: string[] = [];
const ends: Record<string, number> = {};
const { signal } = new AbortController();
let next = 0;
let seconds = 0;

process.on("unhandledRejection", (reason) => void wrong.push(`unhandled rejection: ${reason}`));
process.on("warning", (warning) => void wrong.push(`warning: ${warning.message}`));
process.on("disconnect", () => process.exit());

const { undiciFetch } = await import("@convo/client/undici");
const client = createOpenAIClient({
  baseUrl,
  apiKey: "sk-soak",
  timeoutMs: 1500,
  deadlineMs: 20_000,
  ...(path === "undici" && { fetch: undiciFetch() }),
});

async function one(client: OpenAIClient, number: number): Promise<string> {
  const id = `conv_${number}`;
  const metadata = { answer: `${number}` };
  // A caller who gives up has a signal of its own; everybody else shares one for the life of the process.
  const own = faultOf(number) === "abort" ? AbortSignal.timeout(30) : signal;
  try {
    const found = isRead(number)
      ? await client.getConversation(id, { signal: own })
      : await client.updateConversation(id, { metadata }, { signal: own });
    const kept = isRead(number) || (found.metadata as { answer?: string } | null)?.answer === metadata.answer;
    return found.id === id && kept ? "right" : "wrong result";
  } catch (error) {
    return isConvoError(error) ? error.kind : `untyped ${error}`;
  }
}

async function quarter(): Promise<void> {
  const begun = performance.now();
  const until = next + Number(perQuarter);
  const lane = async (): Promise<void> => {
    while (next < until) {
      const number = next++;
      const end = await one(client, number);
      ends[end] = (ends[end] ?? 0) + 1;
      if (end !== endOf(number) && wrong.length < 20)
        wrong.push(`call ${number} (${faultOf(number) ?? "no fault"}) ended ${end}, not ${endOf(number)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, lane));
  seconds += (performance.now() - begun) / 1000;
}

const handles = (): unknown[] =>
  (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles();
const listeners = (emitter: NodeJS.EventEmitter): number =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

async function rest(): Promise<Rest> {
  for (let turn = 0; turn < 4; turn++) {
    await sleep(25);
    globalThis.gc?.();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const open = handles().filter((handle) => handle instanceof Socket);
  return {
    calls: next,
    seconds,
    bytes: heapUsed + external,
    rssMb: Math.round(rss / 1e6),
    resources,
    signalListeners: getEventListeners(signal, "abort").length,
    socketListeners: Math.max(0, ...open.map(listeners)),
    processListeners: listeners(process),
    ends,
    wrong,
  };
}

process.on("message", async (wish) => {
  if (wish === "go") await quarter();
  process.send?.(await rest());
});
process.send?.("ready");
