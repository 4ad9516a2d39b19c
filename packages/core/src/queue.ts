import { callOptions } from "./calls.ts";
import type { Job } from "./job.ts";

/** Updates of one conversation that wait, and the batch that is out. */
interface Queue {
  waiting: Job[];
}

/** One entry per conversation with an update on its way; an idle conversation has none. */
const queues = new Map<string, Queue>();

/** How many conversations have an update on its way now. */
export const activeConversations = (): number => queues.size;

/**
 * Puts a job in its conversation's queue. Batches of one conversation run one after the other; all that wait when one
 * is over, and may share a write, are the next. Other conversations do not wait.
 *
 * @param run never rejects; it settles every job it is given
 */
export function enqueue(key: string, job: Job, run: (jobs: Job[]) => Promise<void>): void {
  const queue = queues.get(key);
  if (queue) queue.waiting.push(job);
  else {
    const started: Queue = { waiting: [job] };
    queues.set(key, started);
    void drain(key, started, run);
  }
}

async function drain(key: string, queue: Queue, run: (jobs: Job[]) => Promise<void>): Promise<void> {
  // One turn for those who call in the same breath, such as `Promise.all`: they share the first write already.
  await undefined;
  for (;;) {
    queue.waiting = queue.waiting.filter((job) => !job.done);
    const [first] = queue.waiting;
    if (!first) break;
    const next = queue.waiting.findIndex((job) => !mayShare(first, job));
    const batch = queue.waiting.splice(0, next === -1 ? queue.waiting.length : next);
    await run(batch);
  }
  queues.delete(key);
}

/** Whether two updates may go out in one request: the same credentials, headers and care. A planned one goes alone. */
function mayShare(first: Job, other: Job): boolean {
  if (first === other) return true;
  const alone = first.expected !== undefined || other.expected !== undefined;
  return !alone && first.provider === other.provider && careOf(first) === careOf(other);
}

function careOf({ options }: Job): string {
  const { verify, maxRounds, settleMs } = options;
  return JSON.stringify([callOptions(options), verify, maxRounds, settleMs]);
}
