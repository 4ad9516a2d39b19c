import { expect, test } from "vitest";
import { createConvo, openai } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";

async function setUp() {
  const { at, stored, writes } = start();
  const handle = createConvo({ openai: openai(at("openai")) }).openai;
  const { id } = await handle.client.createConversation({ metadata: { kept: "yes" } });
  return { handle, id, metadata: () => stored("openai", id).metadata, updates: () => writes().length - 1 };
}

test("beforeWrite sees what was read for the write, before anything is sent", async () => {
  const { handle, id, updates } = await setUp();
  const seen: unknown[] = [];
  await handle.update(
    id,
    { metadata: { a: "1" } },
    {
      beforeWrite: ({ before }) => void seen.push(before?.metadata, updates()),
    },
  );
  expect(seen).toEqual([{ kept: "yes" }, 0]);
  expect(updates()).toBe(1);
});

test("what beforeWrite throws ends the update, and nothing is sent", async () => {
  const { handle, id, metadata, updates } = await setUp();
  const lost = new Error("lease lost");
  const update = handle.update(
    id,
    { metadata: { a: "1" } },
    {
      beforeWrite: () => Promise.reject(lost),
    },
  );
  expect(await failure(update)).toBe(lost);
  expect(updates()).toBe(0);
  expect(metadata()).toEqual({ kept: "yes" });
});

test("updates share a write only with those that have the same beforeWrite", async () => {
  const { handle, id, updates } = await setUp();
  let calls = 0;
  const beforeWrite = () => void calls++;
  await Promise.all([
    handle.update(id, { metadata: { a: "1" } }, { beforeWrite }),
    handle.update(id, { metadata: { b: "1" } }, { beforeWrite }),
    handle.update(id, { metadata: { c: "1" } }),
  ]);
  expect(calls).toBe(1);
  expect(updates()).toBe(2);
});

test("a beforeWrite that is no function is refused", async () => {
  const { handle, id } = await setUp();
  const error = await failure(handle.update(id, { metadata: { a: "1" } }, { beforeWrite: true as never }));
  expect(error).toMatchObject({ kind: "invalid" });
});
