import { expect, test } from "vitest";
import { leaksOf } from "../soak/leaks.ts";
import { PATHS, soak } from "../soak/run.ts";

test.concurrent.each(PATHS)(
  "thousands of calls with faults over %s leave nothing behind",

  async (path) => {
    const { leaks, rests } = await soak(path, 3200, 16);
    expect(leaks).toEqual([]);
    expect(rests.at(-1)?.calls).toBe(3200);
  },
);

test("a leak is told", () => {
  const rest = {
    calls: 0,
    seconds: 0,
    bytes: 0,
    rssMb: 0,
    resources: { PipeWrap: 1 },
    signalListeners: 0,
    socketListeners: 9,
    processListeners: 3,
    ends: {},
    wrong: [],
  };
  const worse = { ...rest, resources: { PipeWrap: 1, Timeout: 1 }, signalListeners: 2 };
  expect(leaksOf([rest, rest, rest], [0, 64, 0], 64)).toEqual([]);
  expect(leaksOf([rest, worse, worse], [0, 129, 1], 64)).toEqual([
    "1 Timeout left when all connections were closed",
    "129 connections for 64 calls at a time",
    "1 connections that never became idle",
    "2 listeners on the signal after 0 calls",
    "1 timers after 0 calls",
  ]);
});
