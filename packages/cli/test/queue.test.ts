import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonLines, place } from "./run.ts";

const { convo, sandbox, file } = place();

test("a drain that gives an update up says so and fails; a discard closes it", async () => {
  const lines = [
    { id: 42, changes: { name: "Queued" } },
    { id: "nowhere", changes: { name: "Queued" } },
  ];
  writeFileSync(file("q.jsonl"), lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(await convo("queue", "add", "agentsight", "q.jsonl")).toMatchObject({ code: 0 });
  const drain = await convo("queue", "drain", "agentsight");
  expect(drain).toMatchObject({ code: 1, stderr: expect.stringContaining("Given up: 1.") });
  // What was given up before is not this drain's failure.
  expect(await convo("queue", "drain", "agentsight")).toMatchObject({ code: 0 });
  const [dead] = jsonLines((await convo("queue", "dead", "--json")).stdout);
  expect(await convo("queue", "discard", `${dead?.id}`)).toMatchObject({ code: 0, stdout: "1 discarded.\n" });
  expect(await convo("queue", "discard", `${dead?.id}`)).toMatchObject({ code: 4 });
  expect(await convo("queue", "replay", `${dead?.id}`, "x1")).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(`None that was given up: ${dead?.id}, x1.`),
  });
  expect((await convo("queue", "dead")).stderr).toContain("None was given up.");
});

test("a drain that leaves updates open says so and fails", async () => {
  writeFileSync(file("down.jsonl"), JSON.stringify({ id: 42, changes: { name: "Queued" } }));
  expect(await convo("queue", "add", "agentsight", "down.jsonl")).toMatchObject({ code: 0 });
  const recover = sandbox.fault({ vendor: "agentsight", kind: "status", status: 503 });
  const drain = () => convo("queue", "drain", "agentsight");
  expect(await drain()).toMatchObject({ code: 1, stderr: expect.stringContaining("Not made yet: 1.") });
  recover();
  await expect.poll(drain, { timeout: 30_000 }).toMatchObject({ code: 0 });
});

test("ids of a file are read as `convo bulk` reads them", async () => {
  writeFileSync(file("ids.csv"), "id,metadata.queued\n42,yes\n");
  expect(await convo("queue", "add", "agentsight", "ids.csv")).toMatchObject({ code: 0 });
  expect(await convo("queue", "drain", "agentsight")).toMatchObject({ code: 0 });
  const [read] = jsonLines((await convo("get", "agentsight", "42", "--json")).stdout);
  expect(read?.conversation).toMatchObject({ metadata: { queued: "yes" } });
});

test("a line that the queue would refuse is told with its number, and nothing of the file is enqueued", async () => {
  const changes = { name: "Queued" };
  const wrong = [
    { id: " ", changes },
    { id: 1.5, changes },
    { id: 42, changes, overrides: {} },
    { id: 42, changes: { metadata: { a: "\ud800" } } },
  ];
  const lines = [...Array.from({ length: 1500 }, () => ({ id: 42, changes })), ...wrong];
  writeFileSync(file("wrong.jsonl"), lines.map((line) => JSON.stringify(line)).join("\n"));
  const add = await convo("queue", "add", "agentsight", "wrong.jsonl", "--folder", "none");
  expect(add.code).toBe(2);
  for (const number of [1501, 1502, 1503, 1504]) expect(add.stderr).toContain(`line ${number}: `);
  expect(add.stderr).toContain("4 lines are wrong. Nothing was enqueued");
  const json = await convo("queue", "add", "agentsight", "wrong.jsonl", "--folder", "none", "--json");
  expect(jsonLines(json.stderr)).toHaveLength(5);
  expect((await convo("queue", "status", "--folder", "none")).stdout).toBe("The queue is empty.\n");
});
