import { expect, test } from "vitest";
import { estimate } from "../src/index.ts";

test("a billion conversations, as the README says", () => {
  const plan = estimate({ patches: 1e9, requestsPerSecond: 1000, requestsPerWrite: 2 });
  expect(plan).toMatchObject({
    writes: 1e9,
    requests: 2e9,
    bottleneck: "vendor",
    workers: 2,
    concurrency: 200,
    gigabytes: 900,
    partitions: 40,
  });
  expect(plan.hours).toBeCloseTo(555.6, 1);
  expect(plan.cost).toBeCloseTo(833.3, 1);
});

test("patches of one conversation are one write; enqueueing can be what takes longest", () => {
  const plan = estimate({
    patches: 1e8,
    conversations: 1e6,
    requestsPerSecond: 10_000,
    enqueuePerSecond: 1000,
  });
  expect(plan).toMatchObject({ writes: 1e6, bottleneck: "enqueue" });
  expect(plan.hours).toBe(plan.enqueueHours);
});

test("figures that make no sense are refused", () => {
  expect(() => estimate({ patches: 0, requestsPerSecond: 1 })).toThrow("patches must be a positive number");
});
