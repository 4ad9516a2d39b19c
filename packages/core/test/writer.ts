/** One of several processes that merge into one conversation: `writer.ts <Task as JSON>`; prints what it was told. */
import { mkdir, rmdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { agentsight, createConvo, isConvoError, type Lock, type UpdateOptions } from "../src/index.ts";

/** What a process was told. */
export interface Told {
  /** The kinds of its failures, by key. */
  readonly failed: Record<string, string>;
  /** How many of its writes may have undone what others had verified. */
  readonly late: number;
}

/** What a process does: so many merges, some at once, each a key `<name>_<n>`. */
export interface Task {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly name: string;
  readonly merges: number;
  readonly atOnce: number;
  readonly options: UpdateOptions;
  /** A folder that is there as long as somebody holds the lock. */
  readonly lock?: string;
}

const { baseUrl, apiKey, name, merges, atOnce, options, lock } = JSON.parse(process.argv[2] ?? "") as Task;
const convo = createConvo({
  // By the header a test finds a process's requests in the sandbox's log.
  agentsight: agentsight({
    baseUrl,
    apiKey,
    headers: { "x-writer": name },
    ...(lock && { lock: folderLock(lock) }),
  }),
});
const failed: Record<string, string> = {};
let late = 0;

/** The simplest lock that processes of one machine can share: only one of them can make a folder. */
function folderLock(folder: string): Lock {
  return {
    async withLock(_key, work) {
      while (
        !(await mkdir(folder).then(
          () => true,
          () => false,
        ))
      )
        await sleep(2);
      return work().finally(() => rmdir(folder));
    },
  };
}

async function merge(n: number): Promise<void> {
  const key = `${name}_${n}`;
  try {
    const { warnings } = await convo.agentsight.update(42, { metadata: { [key]: n } }, options);
    if (warnings.some(({ code }) => code === "late_write")) late++;
  } catch (error) {
    failed[key] = isConvoError(error) ? error.kind : String(error);
  }
}
for (let n = 0; n < merges; n += atOnce)
  await Promise.all(Array.from({ length: Math.min(atOnce, merges - n) }, (_, k) => merge(n + k)));
process.stdout.write(JSON.stringify({ failed, late } satisfies Told));
