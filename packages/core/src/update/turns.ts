/**
 * Whose turn it is to write to a conversation. Nobody runs anybody's work but its own: a caller waits in a queue, and when it is
 * first it has the turn. Its requests run in its own async context, with its own credentials. A caller can vanish: some
 * runtimes (Cloudflare Workers) end whatever a request has left undone. So every caller in a queue shows now and then that it is alive, and
 * those before it who no longer do are taken out.
 */

/** One caller's place in a queue. Plain data: another copy of this package in the process may be what looks at it. */
export interface Place {
  readonly key: string;
  /** When its caller last showed that it is alive, on `performance.now()`'s clock. */
  lastSeen: number;
  /** Whether a write of its caller is out: one that vanishes leaves it unanswered. */
  writing: boolean;
  /** Whether it is out of the queue: its caller has left, or was taken for vanished. */
  left: boolean;
  /** Wakes the caller, if it waits, to look at its place. */
  wake(): void;
}

interface Queues {
  readonly places: Map<string, Place[]>;
  /** When a write was last left unanswered, by queue. */
  readonly unanswered: Map<string, number>;
}

/** How often a caller shows that it is alive, in milliseconds. */
export const TICK_MS = 1000;
/** After how long without such a sign a caller has vanished. */
const VANISHED_MS = 3000;
/** How long a write that was left unanswered may still reach the vendor. */
const UNANSWERED_MS = 60_000;

const REGISTRY: unique symbol = Symbol.for("@convo/core/turns/1") as never;

/** One for all copies of this package in the process. A reset of `@convo/sandbox` removes from `unanswered` what was sent to it. */
function queues(): Queues {
  const registry = globalThis as { [REGISTRY]?: Queues };
  registry[REGISTRY] ??= { places: new Map(), unanswered: new Map() };
  return registry[REGISTRY];
}

/** How many conversations have an update on its way now. */
export const activeConversations = (): number => queues().places.size;

/** Puts a caller at the end of a queue; where that is empty it is first at once. */
export function joinQueue(place: Place): void {
  const { places } = queues();
  const queue = places.get(place.key);
  if (queue) queue.push(place);
  else places.set(place.key, [place]);
}

/** Whether it is this caller's turn. */
export const isFirst = (place: Place): boolean => queues().places.get(place.key)?.[0] === place;

/** Those who wait behind the one whose turn it is, in order. */
export const waitingBehind = (place: Place): readonly Place[] =>
  queues().places.get(place.key)?.slice(1) ?? [];

/** Takes callers out of their queue and wakes the one who is first then. */
export function leaveQueue(place: Place, others: readonly Place[] = []): void {
  const { places } = queues();
  const queue = places.get(place.key);
  if (place.left || !queue) return;
  const wasFirst = queue[0] === place;
  for (const leaving of [place, ...others]) leaving.left = true;
  const rest = queue.length === 1 ? [] : queue.filter(({ left }) => !left);
  if (rest.length === 0) places.delete(place.key);
  else places.set(place.key, rest);
  if (wasFirst) rest[0]?.wake();
}

/**
 * Takes out those before a caller who have vanished. A caller that is late itself (not `onTime`) knows nothing of others: the whole
 * process may have stood still.
 */
export function removeVanished(place: Place, now: number, onTime: boolean): void {
  if (!onTime) return;
  const queue = queues().places.get(place.key) ?? [];
  let first = queue[0];
  while (first && first !== place && now - first.lastSeen > VANISHED_MS) {
    first.left = true;
    if (first.writing) noteUnanswered(place.key);
    queue.shift();
    first = queue[0];
  }
}

/** Remembers that a write of this queue got no answer and may land yet. */
export function noteUnanswered(key: string): void {
  const { unanswered } = queues();
  const now = performance.now();
  // In the order of their times: what is over goes first.
  for (const [old, since] of unanswered) {
    if (now - since < UNANSWERED_MS) break;
    unanswered.delete(old);
  }
  unanswered.delete(key);
  unanswered.set(key, now);
}

/** Whether a write of this queue that got no answer may land yet. */
export function mayStillLand(key: string): boolean {
  const since = queues().unanswered.get(key);
  return since !== undefined && performance.now() - since < UNANSWERED_MS;
}
