/** Places in the queue of a conversation: plain data, since another copy of the package may be what looks at them. */
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createConvo, openai } from "../src/index.ts";
import {
  isFirst,
  joinQueue,
  leaveQueue,
  mayStillLand,
  noteUnanswered,
  type Place,
  removeVanished,
} from "../src/update/turns.ts";
import { serve } from "./server.ts";

let places: Place[] = [];
afterEach(() => {
  for (const place of places) leaveQueue(place);
  places = [];
});

/** A place at the end of a queue, seen last at the beginning of time. */
function join(key: string): Place & { wake: ReturnType<typeof vi.fn> } {
  const place = { key, lastSeen: 0, writing: false, left: false, wake: vi.fn() };
  joinQueue(place);
  places.push(place);
  return place;
}

/** A clock that stands still. */
function stopClock(at: number): (to: number) => void {
  const now = vi.spyOn(performance, "now").mockReturnValue(at);
  onTestFinished(() => now.mockRestore());
  return (to) => void now.mockReturnValue(to);
}

describe("who leaves a queue", () => {
  it("wakes the one who is first then, and only if the turn was its own", () => {
    const [first, second, third] = [join("wake"), join("wake"), join("wake")];
    leaveQueue(second);
    expect(third.wake).not.toHaveBeenCalled();
    leaveQueue(first);
    expect(third.wake).toHaveBeenCalledTimes(1);
    expect(isFirst(third)).toBe(true);
  });

  it("leaves with those who have shared its turn", () => {
    const [first, second, third] = [join("served"), join("served"), join("served")];
    leaveQueue(first, [second]);
    expect([first.left, second.left, third.left]).toEqual([true, true, false]);
    expect(second.wake).not.toHaveBeenCalled();
    expect(third.wake).toHaveBeenCalledTimes(1);
  });
});

describe("a caller that shows no sign", () => {
  it("has vanished after three seconds, and so have those behind it", () => {
    const [first, second, third] = [join("vanish"), join("vanish"), join("vanish")];
    removeVanished(third, 3000, true);
    expect(isFirst(first)).toBe(true);
    removeVanished(third, 3001, true);
    expect([first.left, second.left, isFirst(third)]).toEqual([true, true, true]);
  });

  it("is not judged by who comes late itself: the whole process may have stood still", () => {
    const [first, second] = [join("late"), join("late")];
    removeVanished(second, 60_000, false);
    expect([first.left, isFirst(first)]).toEqual([false, true]);
    removeVanished(second, 60_000, true);
    expect([first.left, isFirst(second)]).toEqual([true, true]);
  });

  it("leaves an unanswered write only where one was out", () => {
    stopClock(10_000);
    for (const writing of [false, true]) {
      const key = `writing ${writing}`;
      const [first, second] = [join(key), join(key)];
      first.writing = writing;
      removeVanished(second, 10_000, true);
      expect(mayStillLand(key)).toBe(writing);
    }
  });
});

describe("a write that got no answer", () => {
  it("may land for a minute", () => {
    const setClock = stopClock(0);
    noteUnanswered("minute");
    setClock(59_999);
    expect(mayStillLand("minute")).toBe(true);
    setClock(60_000);
    expect(mayStillLand("minute")).toBe(false);
  });

  it("is forgotten afterwards: a process that runs for months keeps none", () => {
    const { unanswered } = (
      globalThis as unknown as Record<symbol, { readonly unanswered: Map<string, number> }>
    )[Symbol.for("@convo/core/turns/1")] as { unanswered: Map<string, number> };
    const setClock = stopClock(1e6);
    for (let n = 0; n < 100; n++) noteUnanswered(`old ${n}`);
    setClock(1e6 + 30_000);
    noteUnanswered("old 0");
    setClock(1e6 + 60_000);
    noteUnanswered("new");
    expect([...unanswered.keys()].filter((key) => /^(old|new)/.test(key))).toEqual(["old 0", "new"]);
  });
});

it("a machine that slept takes nobody for vanished", async () => {
  const ID = "conv_1";
  const server = await serve(() => ({
    body: { id: ID, object: "conversation", created_at: 1, metadata: { a: "1" } },
  }));
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  // The turn of another copy of the package.
  const other = join(`${JSON.stringify(["openai", undefined, {}])} ${server.baseUrl} ${JSON.stringify(ID)}`);
  other.lastSeen = performance.now();
  const registry = globalThis as unknown as Record<symbol, { readonly places: Map<string, Place[]> }>;
  const mine = () => registry[Symbol.for("@convo/core/turns/1")]?.places.get(other.key)?.[1];
  const call = handle.update(ID, { metadata: { a: "1" } });
  await vi.waitFor(() => expect(mine()).toBeDefined());
  const real = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => real() + 60_000);
  onTestFinished(() => clock.mockRestore());
  const slept = performance.now();
  await vi.waitFor(() => expect(mine()?.lastSeen).toBeGreaterThanOrEqual(slept), {
    timeout: 60_000,
    interval: 5,
  });
  expect(other.left).toBe(false);
  leaveQueue(other);
  expect(await call).toMatchObject({ confirmed: "echo", warnings: [] });
});
