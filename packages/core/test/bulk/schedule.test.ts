import fc from "fast-check";
import { expect, test } from "vitest";
import { runInOrder } from "../../src/bulk/schedule.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("every item is worked on once, those of one key in order and one at a time", async () => {
  const item = fc.record({
    keys: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }),
    turns: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      async (items, concurrency) => {
        const busy = new Set<string>();
        const done = new Map<string, number[]>();
        let most = 0;
        let active = 0;
        const results = await collect(
          runInOrder(items.entries(), {
            concurrency,
            keysOf: ([, { keys }]) => keys,
            async work([index, { keys, turns }]) {
              most = Math.max(most, ++active);
              for (const key of keys) {
                expect(busy.has(key)).toBe(false);
                busy.add(key);
              }
              for (let n = 0; n < turns; n++) await turn();
              for (const key of keys) {
                busy.delete(key);
                done.set(key, [...(done.get(key) ?? []), index]);
              }
              active--;
              return index;
            },
          }),
        );
        expect(results.toSorted((a, b) => a - b)).toEqual([...items.keys()]);
        for (const order of done.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(most).toBeLessThanOrEqual(concurrency);
      },
    ),
    { numRuns: 60 },
  );
});

test("the source is read no faster than results are", async () => {
  let read = 0;
  async function* endless() {
    for (;;) yield read++;
  }
  const results = runInOrder(endless(), {
    concurrency: 4,
    keysOf: (n) => [String(n)],
    work: async (n) => n,
  });
  await results.next();
  for (let n = 0; n < 100; n++) await turn();
  expect(read).toBeLessThan(30);
  await results.return(undefined);
});

test("aborting takes nothing more and finishes what is under way", async () => {
  const stop = new AbortController();
  let begun = 0;
  const results = await collect(
    runInOrder(
      Array.from({ length: 100 }, (_, n) => n),
      {
        concurrency: 2,
        signal: stop.signal,
        keysOf: (n) => [String(n)],
        async work(n) {
          begun++;
          if (n === 5) stop.abort();
          await turn();
          return n;
        },
      },
    ),
  );
  expect(results).toHaveLength(begun);
  expect(begun).toBeLessThan(20);
});

test("a source that fails is told after what was under way", async () => {
  async function* failing() {
    yield 1;
    yield 2;
    throw new Error("disk gone");
  }
  const seen: number[] = [];
  const run = async () => {
    const options = { concurrency: 2, keysOf: (n: number) => [String(n)], work: async (n: number) => n };
    for await (const result of runInOrder(failing(), options)) seen.push(result);
  };
  await expect(run()).rejects.toThrow("disk gone");
  expect(seen).toEqual([1, 2]);
});

test("who stops reading is not held up by a source that never goes on", async () => {
  async function* stuck() {
    yield 1;
    await new Promise(() => {});
  }
  const options = { concurrency: 2, keysOf: (n: number) => [String(n)], work: async (n: number) => n };
  for await (const result of runInOrder(stuck(), options)) {
    expect(result).toBe(1);
    break;
  }
});

test("who stops reading waits for what is under way, and nothing more is begun", async () => {
  let begun = 0;
  let done = 0;
  const items = Array.from({ length: 100 }, (_, n) => n);
  const work = async (n: number): Promise<number> => {
    begun++;
    await turn();
    done++;
    return n;
  };
  let before = 0;
  for await (const _ of runInOrder(items, { concurrency: 2, keysOf: (n) => [String(n)], work })) {
    before = begun;
    break;
  }
  expect([begun, done]).toEqual([before, before]);
});
