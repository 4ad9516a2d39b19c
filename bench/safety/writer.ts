/** One of several processes that change one conversation: told what to do on the command line, and when to start by a message. */
import { once } from "node:events";
import { lockAt } from "./lock.ts";
import type { Target } from "./vendors.ts";
import { convoWriter, writeAll } from "./writers.ts";

/** What a writer process does. */
export interface Task {
  readonly target: Target;
  readonly keys: readonly string[];
  readonly spreadMs: number;
  readonly verify: boolean;
  readonly lockPort?: number;
}

const { target, keys, spreadMs, verify, lockPort } = JSON.parse(process.argv[2] ?? "") as Task;
const write = convoWriter(target, { verify, ...(lockPort && { lock: lockAt(lockPort) }) });
process.send?.("ready");
await once(process, "message");
const told = await writeAll(write, keys, spreadMs);
process.send?.(told, undefined, undefined, () => process.disconnect());
