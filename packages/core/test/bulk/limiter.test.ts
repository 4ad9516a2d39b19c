import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Limiter, type Outcome } from "../../src/bulk/limiter.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LATENCY_MS = 20;
const PERIOD_MS = 10_000;
/** Says for each request whether it is granted; `limit` requests in ten seconds. */
type Vendor = (now: number, limit: number) => Outcome;

function windowVendor(tells: boolean): Vendor {
  let window = -1;
  let used = 0;
  return (now, limit) => {
    const current = Math.floor(now / PERIOD_MS);
    if (current !== window) [window, used] = [current, 0];
    if (++used <= limit) return { status: 200 };
    const left = (current + 1) * PERIOD_MS - now;
    return tells ? { status: 429, retryAfterMs: Math.ceil(left / 1000) * 1000 } : { status: 429 };
  };
}

function bucketVendor(): Vendor {
  let tokens: number | undefined;
  let at = 0;
  return (now, limit) => {
    tokens = Math.min(limit, (tokens ?? limit) + ((now - at) * limit) / PERIOD_MS);
    at = now;
    if (tokens >= 1) {
      tokens--;
      return { status: 200 };
    }
    return { status: 429, retryAfterMs: 1000 };
  };
}

/** Sends requests until `total` were granted; gives the time and the refusals. */
async function send(vendor: Vendor, total: number, limitAt: (granted: number) => number) {
  const limiter = new Limiter({ maxInFlight: 64 });
  const start = performance.now();
  let granted = 0;
  let seconds = 0;
  const sender = async () => {
    while (granted < total) {
      const ticket = await limiter.acquire();
      await new Promise((resolve) => setTimeout(resolve, LATENCY_MS / 2));
      const outcome = vendor(performance.now() - start, limitAt(granted));
      if (outcome.status === 200 && ++granted === total) seconds = (performance.now() - start) / 1000;
      await new Promise((resolve) => setTimeout(resolve, LATENCY_MS / 2));
      ticket.end(outcome);
    }
  };
  for (let n = 0; n < 64; n++) void sender();
  while (seconds === 0) await vi.advanceTimersByTimeAsync(1000);
  return { seconds, ...limiter.state };
}

describe.each<[string, () => Vendor, number]>([
  ["a window that names its end", () => windowVendor(true), 1.03],
  ["a window that says nothing", () => windowVendor(false), 1.1],
  ["a bucket that names a time", bucketVendor, 1.03],
])("%s", (_, vendor, slack) => {
  test.each([
    [1000, 1000],
    [1100, 850],
    [900, 1200],
    [830, 830],
    [500, 1000],
  ])("%i requests in ten seconds, later %i", async (before, after) => {
    const total = 10_000;
    const run = await send(vendor(), total, (granted) => (granted < total / 2 ? before : after));
    // A client that always waits, knows everything and takes no time.
    const optimum = await ideal(vendor(), total, (granted) => (granted < total / 2 ? before : after));
    expect(run.refused).toBeLessThanOrEqual((total + run.refused) / 100);
    expect(run.seconds).toBeLessThanOrEqual(optimum * slack);
  });

  test("a limit that falls to less than half", async () => {
    const run = await send(vendor(), 8000, (granted) => (granted < 4000 ? 1000 : 400));
    const optimum = await ideal(vendor(), 8000, (granted) => (granted < 4000 ? 1000 : 400));
    expect(run.refused).toBeLessThanOrEqual(160);
    expect(run.seconds).toBeLessThanOrEqual(optimum * slack);
  });
});

async function ideal(vendor: Vendor, total: number, limitAt: (granted: number) => number): Promise<number> {
  let granted = 0;
  let now = 0;
  while (granted < total) {
    if (vendor(now, limitAt(granted)).status === 200) granted++;
    else now++;
  }
  return now / 1000;
}

test("one that aborts waits no longer, and takes nothing with it", async () => {
  const limiter = new Limiter({ maxInFlight: 1 });
  const first = await limiter.acquire();
  const gone = new AbortController();
  const waiting = limiter.acquire(gone.signal);
  const next = limiter.acquire();
  gone.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  first.end({ status: 200 });
  first.end({ status: 200 });
  (await next).end({ status: 200 });
  expect(limiter.state).toMatchObject({ inFlight: 0, granted: 2 });
  await expect(limiter.acquire(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
});

test("who gives up waiting for a pause leaves no timer that keeps the process", async () => {
  const limiter = new Limiter({ maxInFlight: 8 });
  (await limiter.acquire()).end({ status: 429, retryAfterMs: 600_000 });
  const gone = new AbortController();
  const waiting = limiter.acquire(gone.signal);
  expect(vi.getTimerCount()).toBe(1);
  gone.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(vi.getTimerCount()).toBe(0);
});

test("headers that tell what is left are heeded before anything is refused", async () => {
  const limiter = new Limiter({ maxInFlight: 8 });
  (await limiter.acquire()).end({ status: 200, remaining: 1, resetMs: 5000 });
  (await limiter.acquire()).end({ status: 200, remaining: 0, resetMs: 5000 });
  let given = false;
  const third = limiter.acquire().then(() => {
    given = true;
  });
  await vi.advanceTimersByTimeAsync(4900);
  expect(given).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  await third;
});

test("a request without a response tells nothing of the limit", async () => {
  const limiter = new Limiter({ maxInFlight: 8 });
  (await limiter.acquire()).end({ status: 429, retryAfterMs: 1000 });
  await vi.advanceTimersByTimeAsync(1000);
  (await limiter.acquire()).end({});
  const probe = await limiter.acquire();
  expect(limiter.state).toMatchObject({ room: 1, refused: 1, granted: 0 });
  probe.end({ status: 200 });
  expect(limiter.state.granted).toBe(1);
});

test.each([
  { status: 429, retryAfterMs: 1_796_039_019_000 },
  { status: 429, resetMs: 1_796_039_019_000 },
  { status: 200, remaining: 0, resetMs: 1_796_039_019_000 },
])("a wait that no vendor means is as none: %o", async (outcome) => {
  const limiter = new Limiter({ maxInFlight: 8 });
  (await limiter.acquire()).end(outcome);
  const next = limiter.acquire();
  await vi.advanceTimersByTimeAsync(1000);
  (await next).end({ status: 200 });
});
