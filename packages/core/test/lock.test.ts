import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentsight, createConvo, type Lock } from "../src/index.ts";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(() => sandbox.close());

const methods = () => sandbox.requests().map(({ method }) => method);

/** A handle whose updates are made under this lock. */
function under(withLock: (key: string, work: () => Promise<unknown>) => Promise<unknown>) {
  const provider = agentsight({
    baseUrl: sandbox.baseUrl("agentsight"),
    apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null,
    fetch: (url, init) => sandbox.fetch(url, init),
    lock: { withLock } as Lock,
    account: "acme",
  });
  return createConvo({ agentsight: provider }).agentsight;
}
const change = { metadata: { a: 1 } };

describe("a lock", () => {
  it("is held from the read to the last check", async () => {
    const held: unknown[] = [];
    const handle = under(async (key, work) => {
      held.push(key, methods().length);
      await work();
      held.push(methods().length);
    });
    const options = { verify: { settleMs: 60_000 } };
    expect(await handle.update(42, change, options)).toMatchObject({ guarantee: "locked", warnings: [] });
    const key = `${JSON.stringify(["agentsight", "acme", {}])} http://sandbox.test/agentsight 42`;
    expect(held).toEqual([key, 0, 3]);
  });

  it.each([
    ["is not available", () => Promise.reject(new Error("busy")), { message: "busy" }],
    ["lets nobody in", () => Promise.resolve(), undefined],
  ])("that %s is a conflict, and nothing is sent", async (_, withLock, cause) => {
    const error = await under(withLock)
      .update(42, change)
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "conflict", retryable: true, ...(cause && { cause }) });
    expect(methods()).toEqual([]);
  });

  it.each<[string, (work: () => Promise<unknown>) => Promise<unknown>]>([
    ["cannot be given back", (work) => work().then(() => Promise.reject(new Error("connection lost")))],
    ["is lost during the work", (work) => Promise.race([work(), Promise.reject(new Error("expired"))])],
    ["does not wait for the work", async (work) => void work()],
  ])("that %s is not said to have been held", async (_, withLock) => {
    const result = await under((_key, work) => withLock(work)).update(42, change);
    expect(result).toMatchObject({
      guarantee: "best_effort",
      confirmed: "echo",
      warnings: [{ code: "lock_lost", field: "lock" }],
    });
    expect(methods()).toEqual(["GET", "PATCH"]);
  });

  it("that is lost while the work is out does not let the next update in", async () => {
    let locks = 0;
    const handle = under((_key, work) =>
      locks++ === 0 ? Promise.race([work(), Promise.reject(new Error("expired"))]) : work(),
    );
    sandbox.fault({ kind: "latency", ms: 30, operation: "updateConversation" });
    const first = handle.update(42, change);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, handle.update(42, { metadata: { b: 1 } })]);
    expect(methods()).toEqual(["GET", "PATCH", "GET", "PATCH"]);
  });

  it("that does not look at the work leaves no rejection unhandled", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", listen);
    sandbox.fault({ kind: "status", status: 403, operation: "getConversation" });
    const handle = under(async (_key, work) => {
      void work();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await expect(handle.update(42, change)).rejects.toMatchObject({ kind: "permission" });
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });

  it("that never settles does not hold up those who come after", async () => {
    let locks = 0;
    const late: (() => Promise<unknown>)[] = [];
    const handle = under((_key, work) => {
      if (locks++ > 0) return work();
      late.push(work);
      return new Promise(() => {});
    });
    const gone = handle.update(42, change, { deadlineMs: 20 });
    await expect(gone).rejects.toMatchObject({ kind: "timeout", retryable: true });
    expect(await handle.update(42, { metadata: { b: 1 } })).toMatchObject({ guarantee: "locked" });
    await Promise.allSettled(late.map((work) => work()));
    expect(methods()).toEqual(["GET", "PATCH"]);
  });

  it("that runs the work twice has it done once", async () => {
    const handle = under(async (_key, work) => [await work(), await work()]);
    expect((await handle.update(42, change)).guarantee).toBe("locked");
    expect(methods()).toEqual(["GET", "PATCH"]);
  });

  it("hands on what the work failed with", async () => {
    const handle = under((_key, work) => work());
    sandbox.fault({ kind: "status", status: 403, operation: "getConversation" });
    await expect(handle.update(42, change)).rejects.toMatchObject({ kind: "permission", status: 403 });
  });
});
