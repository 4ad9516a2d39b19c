/** Options of a schedule. */
export interface ScheduleOptions<Item, Result> {
  /** Items worked on at once. */
  readonly concurrency: number;
  /** What an item is about; items with a key in common are worked on one after the other, in the order of the source. */
  readonly keysOf: (item: Item) => readonly string[];
  /** Must not reject: a failure is a result too. */
  readonly work: (item: Item) => Promise<Result>;
  /** Begins nothing more when it aborts; what is under way is finished. */
  readonly signal?: AbortSignal | undefined;
}

/** Items taken from the source ahead of those worked on, for each of them: room to get past items that wait for their turn. */
const AHEAD = 4;

/**
 * Works on a source of any length in constant memory, and gives results as they come. The source is read no faster than work
 * is done, and work is done no faster than results are read; who stops reading waits for what is under way, and nothing more is begun.
 * Throws what the source throws, after what was under way.
 */
export async function* runInOrder<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  { concurrency, keysOf, work, signal }: ScheduleOptions<Item, Result>,
): AsyncGenerator<Result, void, undefined> {
  const items = (async function* () {
    yield* source;
  })();
  /** The last item of each key, as long as it is not done. */
  const tails = new Map<string, Promise<void>>();
  const results: Result[] = [];
  let taken = 0;
  let running = 0;
  let pulling = false;
  let ended = false;
  /** Nobody reads results any more. */
  let isLeft = false;
  let failure: { error: unknown } | undefined;
  let wake: () => void = () => {};
  const slots: (() => void)[] = [];

  const start = (item: Item): void => {
    taken++;
    const keys = keysOf(item);
    const before = keys.flatMap((key) => tails.get(key) ?? []);
    const done = (async () => {
      if (before.length > 0) await Promise.all(before);
      if (running >= concurrency) await new Promise<void>((resolve) => slots.push(resolve));
      else running++;
      if (!isLeft && !signal?.aborted) results.push(await work(item));
    })().finally(() => {
      for (const key of keys) if (tails.get(key) === done) tails.delete(key);
      const next = slots.shift();
      if (next) next();
      else running--;
      taken--;
      wake();
    });
    for (const key of keys) tails.set(key, done);
    // Work does not reject; should it, the reader is told below.
    done.catch((error) => {
      failure ??= { error };
      ended = true;
    });
  };
  const pull = (): void => {
    pulling = true;
    items
      .next()
      .then(
        ({ done, value }) => {
          if (done || signal?.aborted) ended = true;
          else start(value);
        },
        (error) => {
          failure ??= { error };
          ended = true;
        },
      )
      .finally(() => {
        pulling = false;
        wake();
      });
  };
  const onAbort = (): void => {
    ended = true;
    wake();
  };
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) ended = true;
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      while (results.length > 0) yield results.shift() as Result;
      if (ended && taken === 0 && results.length === 0) break;
      const full = taken >= concurrency * AHEAD || results.length >= concurrency;
      if (!ended && !pulling && !full) pull();
      await woken;
    }
    if (failure) throw failure.error;
  } finally {
    ended = true;
    isLeft = true;
    signal?.removeEventListener("abort", onAbort);
    // A source that never gives its next item must not hold up who has stopped reading.
    if (!pulling) await items.return(undefined);
    await Promise.allSettled(tails.values());
  }
}
