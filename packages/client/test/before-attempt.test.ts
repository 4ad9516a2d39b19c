import { expect, test, vi } from "vitest";
import type { AttemptOutcome, CallOptions, ClientListener, ConvoError } from "../src/index.ts";
import { failure, json, makeClient, startServer } from "./helpers.ts";

const server = await startServer();
const client = makeClient(server.baseUrl);
const busy = { error: { message: "slow down" } };

/** Answers with these statuses, one after the other; the last one stays. */
function answer(...statuses: number[]): void {
  server.seen.length = 0;
  server.on((_request, response) => {
    const status = statuses.length > 1 ? (statuses.shift() as number) : (statuses[0] as number);
    json(response, status, status === 200 ? { id: "c", metadata: {} } : busy, { "retry-after-ms": "1" });
  });
}

test("every attempt waits for it, and it is told how each one ended", async () => {
  answer(429, 503, 200);
  const told: (number | AttemptOutcome)[] = [];
  const options: CallOptions = {
    async beforeAttempt({ number, kind, signal }) {
      expect([kind, signal.aborted]).toEqual(["read", false]);
      await new Promise((resolve) => setTimeout(resolve, 1));
      told.push(number, server.seen.length);
      return (outcome) => void told.push(outcome);
    },
  };
  await client.getConversation("c", options);
  expect(told).toMatchObject([
    1,
    0,
    { status: 429, retryAfterMs: 1 },
    2,
    1,
    { status: 503 },
    3,
    2,
    { status: 200 },
  ]);
});

test("an attempt without a response ends too", async () => {
  server.seen.length = 0;
  server.on((_request, response) => response.socket?.destroy());
  const ended: AttemptOutcome[] = [];
  const beforeAttempt = () => (outcome: AttemptOutcome) => void ended.push(outcome);
  await failure(client.updateConversation("c", {}, { beforeAttempt }));
  expect(ended).toEqual([{ status: undefined, retryAfterMs: undefined, rateLimit: undefined }]);
});

test("what it throws ends the call as it is, and nothing is sent", async () => {
  answer(200);
  const closed = new Error("lease lost");
  const beforeAttempt = () => Promise.reject(closed);
  const told: ConvoError[] = [];
  const observe: ClientListener = { onError: ({ error }) => told.push(error) };
  expect(await failure(client.updateConversation("c", {}, { beforeAttempt, observe }))).toBe(closed);
  expect(server.seen).toEqual([]);
  // It is no failure of the call, and may be none at all.
  expect(told).toEqual([]);
});

test("what it rejects with once it has ended the call itself is left to nobody", async () => {
  answer(200);
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const stop = new AbortController();
  const beforeAttempt = (): Promise<never> => {
    stop.abort();
    return Promise.reject(new Error("lease lost"));
  };
  const error = await failure(client.getConversation("c", { signal: stop.signal, beforeAttempt }));
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("unhandledRejection", listen);
  expect(error).toMatchObject({ kind: "aborted" });
  expect(unhandled).toEqual([]);
  expect(server.seen).toEqual([]);
});

test("a call that ends while it waits aborts it, and what it lets begin later is over at once", async () => {
  answer(200);
  let ended = 0;
  const stop = new AbortController();
  let begun = (): void => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const call = client.getConversation("c", {
    signal: stop.signal,
    beforeAttempt: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(() => void ended++));
        begun();
      }),
  });
  const failed = failure(call);
  await waiting;
  stop.abort();
  expect(await failed).toMatchObject({ kind: "aborted" });
  await expect.poll(() => ended).toBe(1);
  expect(server.seen).toEqual([]);
});

test("its wait counts against the deadline, not against the attempt's time", async () => {
  answer(200);
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 1100));
  await client.getConversation("c", { timeoutMs: 1000, beforeAttempt: slow });
  const error = await failure(
    client.getConversation("c", { deadlineMs: 20, beforeAttempt: () => new Promise(() => {}) }),
  );
  expect(error).toMatchObject({ kind: "timeout" });
  expect(error.message).toContain("deadlineMs");
});

test("what answers at once costs no timer: there is one for each attempt", async () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  const fetch = async (): Promise<Response> => Response.json({ id: "c", metadata: {} });
  const counted = makeClient("http://h", { fetch });
  await counted.request(
    "POST /conversations/{conversation_id}",
    { path: { conversation_id: "c" }, body: () => ({}) },
    { beforeAttempt: () => {}, signal: new AbortController().signal },
  );
  expect(timers).toHaveBeenCalledTimes(1);
  timers.mockRestore();
});

test("it must be a function", async () => {
  expect(await failure(client.getConversation("c", { beforeAttempt: 1 as never }))).toMatchObject({
    kind: "invalid",
  });
});
