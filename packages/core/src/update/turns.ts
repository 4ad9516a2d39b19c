import type { Job } from "./job.ts";
import { callOptions } from "./requests.ts";

/** The updates that wait, per conversation with one on its way; an idle conversation has no entry. */
const queues = new Map<string, Job[]>();

/** How many conversations have an update on its way now. */
export const activeConversations = (): number => queues.size;

/**
 * Puts a job in its conversation's queue. Batches of one conversation run one after the other; all that wait when one
 * is over, and may share a write, are the next. Other conversations do not wait.
 *
 * @param run never rejects; it settles every job it is given
 */
export function enqueue(key: string, job: Job, run: (jobs: Job[]) => Promise<void>): void {
  const waiting = queues.get(key);
  if (waiting) waiting.push(job);
  else {
    queues.set(key, [job]);
    void drain(key, run);
  }
}

async function drain(key: string, run: (jobs: Job[]) => Promise<void>): Promise<void> {
  // One turn for those who call in the same breath, such as `Promise.all`: they share the first write already.
  await undefined;
  for (;;) {
    const waiting = (queues.get(key) as Job[]).filter((job) => !job.done);
    const [first] = waiting;
    if (!first) break;
    const next = waiting.findIndex((job) => !mayShare(first, job));
    queues.set(key, next === -1 ? [] : waiting.slice(next));
    await run(next === -1 ? waiting : waiting.slice(0, next));
  }
  queues.delete(key);
}

/** Whether two updates may go out in one request: the same credentials, headers and care. A planned one goes alone. */
function mayShare(first: Job, other: Job): boolean {
  if (first === other) return true;
  const alone = first.expected !== undefined || other.expected !== undefined;
  const sameHooks =
    first.options.beforeWrite === other.options.beforeWrite &&
    first.options.beforeAttempt === other.options.beforeAttempt;
  return !alone && sameHooks && first.provider === other.provider && careOf(first) === careOf(other);
}

function careOf({ options }: Job): string {
  const { verify } = options;
  return JSON.stringify([callOptions(options), verify]);
}
