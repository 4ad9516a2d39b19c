/** One process that updates conversations through the bare client or through core, and says what that cost. */
import { undiciFetch } from "@convo/client/undici";
import { createConvo, letta } from "@convo/core";
import { createLettaClient } from "@convo/letta";
import { Agent, setGlobalDispatcher } from "undici";
import { takeTasks } from "../child.ts";
import { cpuUs } from "../cpu.ts";

export type Subject = "client" | "core";
export type Transport = "fetch" | "undici";

/** A number of updates: one after the other of one conversation, or all at once, each of a conversation of its own. */
export interface Task {
  readonly subject: Subject;
  readonly calls: number;
  readonly atOnce: boolean;
}

/** What they cost this process. */
export interface Cost {
  /** User and system CPU time per update, in microseconds. */
  readonly cpuUs: number;
  /** The most memory the process has had, in megabytes. */
  readonly peakMb: number;
}

const [transport, baseUrl] = process.argv.slice(2) as [Transport, string];
// Without a bound, fetch would open a socket for each of 100,000 calls at once.
setGlobalDispatcher(new Agent({ connections: 64 }));
// What waits for one of the sockets must not run out of time.
const time = { timeoutMs: 600_000, deadlineMs: 600_000 };
const options = {
  apiKey: "sk-bench",
  baseUrl,
  ...time,
  ...(transport === "undici" && { fetch: undiciFetch() }),
};
const client = createLettaClient(options);
const convo = createConvo({ letta: letta(options) });
const changes = { summary: "billing" };
const updates: Record<Subject, (id: string) => Promise<unknown>> = {
  client: (id) => client.updateConversation(id, changes),
  core: (id) => convo.letta.update(id, changes),
};

async function measure({ subject, calls, atOnce }: Task): Promise<Cost> {
  const update = updates[subject];
  const us = await cpuUs(async () => {
    if (atOnce) await Promise.all(Array.from({ length: calls }, (_, n) => update(`conversation-${n}`)));
    else for (let left = calls; left > 0; left--) await update("conversation-1");
  });
  return { cpuUs: us / calls, peakMb: process.resourceUsage().maxRSS / 1000 };
}

takeTasks(measure);
