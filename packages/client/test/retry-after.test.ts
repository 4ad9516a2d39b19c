import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationMs, retryAfterMs, retryWaitMs } from "../src/response-headers.ts";
import { failure, makeClient } from "./helpers.ts";

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const after = (headers: Record<string, string>): number | undefined =>
  retryAfterMs(new Headers(headers), NOW);

describe("how long the vendor asks to wait", () => {
  test.each([
    ["seconds", { "retry-after": "7" }, 7000],
    ["fractions of seconds", { "retry-after": " 1.5 " }, 1500],
    ["milliseconds win", { "retry-after": "7", "retry-after-ms": "250" }, 250],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:00:30 GMT" }, 30_000],
    [
      "a date against the server's clock",
      { "retry-after": "Fri, 20 Nov 2026 10:00:05 GMT", date: "Fri, 20 Nov 2026 10:00:00 GMT" },
      5000,
    ],
    ["RFC 850", { "retry-after": "Friday, 20-Nov-26 12:00:30 GMT" }, 30_000],
    ["asctime", { "retry-after": "Fri Nov 20 12:00:30 2026" }, 30_000],
    ["an unusable one falls through", { "retry-after": "soon", "x-ratelimit-reset-requests": "2s" }, 2000],
    [
      "OpenAI's requests",
      { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "20ms" },
      20,
    ],
    ["OpenAI's tokens", { "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s" }, 360_000],
    [
      "only the limit that is spent counts",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-remaining-tokens": "100",
        "x-ratelimit-reset-tokens": "6m0s",
      },
      1000,
    ],
    ["a very long one is told as it is", { "retry-after": "277403" }, 277_403_000],
    ["one of more digits than a number has", { "retry-after": "9".repeat(400) }, 1e15],
    [
      "year 9999",
      { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" },
      Date.UTC(9999, 11, 31, 23, 59, 59) - NOW,
    ],
  ] as [string, Record<string, string>, number][])("%s", (_, headers, expected) => {
    expect(after(headers)).toBe(expected);
  });

  test.each([
    "",
    "0",
    "-10",
    "soon",
    "Infinity",
    "NaN",
    "1e9",
    "0x10",
    "12 s",
    "Wed, 01 Jan 2020 00:00:00 GMT",
    "Fri, 99 Foo 2026 12:00:30 GMT",
  ])("%j says nothing usable", (value) => {
    expect(after({ "retry-after": value })).toBeUndefined();
    expect(after({ "retry-after-ms": value })).toBeUndefined();
  });

  test("whatever the text, the answer is undefined or a positive whole number", () => {
    const text = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom("retry-after", "retry-after-ms", "x-ratelimit-reset-requests"),
        (value, name) => {
          const got = retryAfterMs(
            { get: (asked) => (asked === name ? value : null), *[Symbol.iterator]() {} },
            NOW,
          );
          expect(got === undefined || (got > 0 && !Number.isNaN(got) && Math.ceil(got) === got)).toBe(true);
        },
      ),
    );
  });

  test("durations are the sum of their parts", () => {
    const part = fc.tuple(fc.nat(1000), fc.constantFrom("ms", "s", "m", "h", "d"));
    const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const sum = parts.reduce((all, [n, u]) => all + n * unit[u as keyof typeof unit], 0);
        expect(durationMs(parts.map(([n, u]) => `${n}${u}`).join(""))).toBe(sum);
      }),
    );
    for (const bad of ["", "5", "s", "1y", "-1s", "1s ", "1.s"]) expect(durationMs(bad)).toBeUndefined();
  });
});

describe("how long we wait", () => {
  test("what was asked, never less, with jitter; else backoff with jitter up to 8 s", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, asked, random) => {
          expect(retryWaitMs(attempt, asked, random)).toBeGreaterThanOrEqual(asked);
          expect(retryWaitMs(attempt, asked, random)).toBeLessThanOrEqual(
            asked + Math.max(250, asked / 10) + 1,
          );
          const own = retryWaitMs(attempt, undefined, random);
          expect(own).toBeGreaterThanOrEqual(250);
          expect(own).toBeLessThanOrEqual(8000);
        },
      ),
    );
    expect([1, 2, 3, 4, 9].map((attempt) => retryWaitMs(attempt, undefined, 0))).toEqual([
      500, 1000, 2000, 4000, 8000,
    ]);
  });

  test("the budget stops an outage and heals with success", async () => {
    let status = 503;
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests++;
      return Response.json({ id: "c" }, { status, headers: { "retry-after-ms": "1" } });
    };
    const client = makeClient("http://h", { fetch, maxRetries: 1 });
    /** How many of so many failing calls were sent again. */
    const granted = async (calls: number): Promise<number> => {
      [status, requests] = [503, 0];
      await Promise.all(Array.from({ length: calls }, () => failure(client.getConversation("c"))));
      return requests - calls;
    };
    const succeed = async (calls: number): Promise<void> => {
      status = 200;
      for (let n = 0; n < calls; n++) await client.getConversation("c");
    };
    expect(await granted(100)).toBe(30);
    expect(await granted(100)).toBe(0);
    await succeed(1);
    expect(await granted(100)).toBe(1);
    await succeed(200);
    expect(await granted(300)).toBe(100);
  });
});
