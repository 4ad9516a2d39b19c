/** While a bulk run works on an account, whatever else is called there waits for the same pace. */
import { expect, onTestFinished, test } from "vitest";
import { accountKey, callOptionsOf, pacers } from "../../src/call.ts";
import { createConvo, openai } from "../../src/index.ts";
import { start } from "../sandboxed.ts";

const ID = "conv_sandbox0001";

/** An account that is paced: each attempt's kind is noted before it begins. */
async function paced() {
  const { at } = start();
  const provider = openai(at("openai"));
  const target = await provider.resolveTarget({});
  const begun: string[] = [];
  pacers.set(accountKey(target), ({ kind }) => void begun.push(kind));
  onTestFinished(() => pacers.clear());
  return { begun, target, provider, handle: createConvo({ openai: provider }).openai, at };
}

test("every verb does", async () => {
  const { begun, handle } = await paced();
  const calls: [() => Promise<unknown>, string[]][] = [
    [() => handle.get(ID), ["read"]],
    [() => handle.update(ID, { metadata: { a: "1" } }), ["read", "update"]],
    [() => handle.create({}), ["create"]],
    [async () => (await handle.messages(ID).pages()[Symbol.asyncIterator]().next()).value, ["read"]],
    [() => handle.addMessage(ID, { role: "user", text: "hello" }), ["create"]],
    [() => handle.delete(ID), ["delete"]],
  ];
  for (const [call, kinds] of calls) {
    begun.length = 0;
    await call();
    expect([call.toString(), begun]).toEqual([call.toString(), kinds]);
  }
});

test("a caller's own pace goes first, and another account has none", async () => {
  const { begun, handle, target, at } = await paced();
  let own = 0;
  await handle.get(ID, { beforeAttempt: () => void own++ });
  expect([own, begun]).toEqual([1, []]);
  const mine = (): void => {};
  expect(callOptionsOf(openai(at("openai")), { beforeAttempt: mine }, target).beforeAttempt).toBe(mine);
  const other = createConvo({ openai: openai({ ...at("openai"), headers: { "x-api-key": "other" } }) });
  await other.openai.get(ID);
  expect(begun).toEqual([]);
});
