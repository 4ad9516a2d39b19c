import Datagrid from "datagrid-ai";
import { expect, test } from "vitest";
import { all, serveSandbox } from "./served.ts";
import { callList, judge, versionOf, watch } from "./watch.ts";

// The vendor's own SDK, unchanged but for base URL and key.
const { options } = serveSandbox();

test("datagrid-ai: every conversation call, each returning what its type promises", async () => {
  const { resource, calls, returned } = watch(
    new Datagrid(options("datagrid")).conversations,
    'Datagrid["conversations"]',
  );
  const created = await resource.create({ name: "n" });
  expect(await resource.retrieve(created.id)).toMatchObject({ name: "n" });
  const changes = { name: "m", agent_ids: ["a"] };
  expect(await resource.update(created.id, changes)).toMatchObject(changes);
  expect(await all(resource.list({ limit: 1, direction: "asc" }))).toHaveLength(2);
  expect(await all(resource.messages.list("cnv_sandbox_0001", { limit: 1 }))).toHaveLength(2);
  const message = await resource.messages.retrieve("cnv_sandbox_0001", "msg_sandbox_0001");
  expect(message).toMatchObject({ role: "user", credits: null });
  await resource.delete(created.id);
  await expect(resource.retrieve(created.id)).rejects.toBeInstanceOf(Datagrid.NotFoundError);

  expect([...calls].filter(([, { answered }]) => answered === 0)).toEqual([]);
  expect(await judge(returned)).toBe("");
  console.log(callList(`datagrid-ai ${versionOf("datagrid-ai")}`, calls));
});
