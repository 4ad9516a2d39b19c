import { once } from "node:events";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonLines, place, printed } from "./run.ts";

const { convo, start, sandbox, file } = place({ datagrid: { rateLimit: false } });

const line = (id: string, changes: object): string => JSON.stringify({ id, changes });

/** Creates conversations at a vendor, and returns their ids. */
async function create(count: number): Promise<string[]> {
  const headers = { Authorization: "Bearer dg-sandbox-0123456789abcdef", "Content-Type": "application/json" };
  const url = `${sandbox.baseUrl("datagrid")}/conversations`;
  const body = JSON.stringify({ name: "before" });
  const one = async (): Promise<string> =>
    ((await (await fetch(url, { method: "POST", headers, body })).json()) as { id: string }).id;
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await one());
  return ids;
}

const namesOf = (ids: readonly string[]): unknown[] =>
  ids.map((id) => (sandbox.read("datagrid", id) as { name: string }).name);

/** A file in which somebody else gives a conversation another name. */
function theirs(id: string): string {
  writeFileSync(file(id), line(id, { name: "theirs" }));
  return id;
}

test("bad lines are told with their number, the rest is done, and undo takes it back", async () => {
  const [a = "", b = ""] = await create(2);
  writeFileSync(
    file("some.jsonl"),
    [
      line(a, { name: "A" }),
      '{"id": secret',
      line(b, { nam: "B" }),
      line("", { name: "x" }),
      "[]",
      line(b, { name: "B" }),
      '{"id":"x","changes":{},"more":1}',
    ].join("\n"),
  );
  const run = await convo("bulk", "datagrid", "some.jsonl", "--json");
  expect(run.code).toBe(1);
  const results = jsonLines(run.stdout).sort((x, y) => Number(x.line) - Number(y.line));
  expect(results.map(({ line: number, status }) => [number, status])).toEqual([
    [1, "updated"],
    [2, "failed"],
    [3, "failed"],
    [4, "failed"],
    [5, "failed"],
    [6, "updated"],
    [7, "failed"],
  ]);
  for (const number of [2, 3, 4, 5, 7]) expect(run.stderr).toContain(`line ${number}: `);
  expect(run.stderr + run.stdout).not.toContain("secret");
  expect(namesOf([a, b])).toEqual(["A", "B"]);
  expect(statSync(file("some.jsonl.journal")).mode & 0o777).toBe(0o600);
  const again = await convo("bulk", "datagrid", "some.jsonl", "--journal", "some.jsonl.journal");
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("2 done by an earlier run, 5 failed in an earlier run");
  expect(again.stderr).toContain("line 3: failed in an earlier run: ");
  expect(again.stderr).toMatch(/To correct what failed, put these lines alone, corrected, into a new file/);
  const wrong = readFileSync(file("some.jsonl"), "utf8");
  writeFileSync(file("some.jsonl"), wrong.replace('"A"', '"AA"'));
  expect(await convo("bulk", "datagrid", "some.jsonl")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("leave some.jsonl as it was: put these lines alone"),
  });
  writeFileSync(file("some.jsonl"), wrong);
  const undo = await convo("undo", "datagrid", "some.jsonl.journal");
  expect(undo).toMatchObject({ code: 0, stderr: expect.stringContaining("2 restored") });
  expect(namesOf([a, b])).toEqual(["before", "before"]);
  const undone = await convo("bulk", "datagrid", "some.jsonl");
  expect(undone).toMatchObject({ code: 5, stderr: expect.stringContaining("was undone") });
  rmSync(file("some.jsonl.journal"));
  expect((await convo("bulk", "datagrid", "some.jsonl")).stderr).toContain("2 updated, 5 failed");
});

test("a plan shows what each line would change, and an undo's what it would restore; neither writes", async () => {
  const ids = await create(25);
  const [id = ""] = ids;
  const lines = [...ids.map((each) => line(each, { name: "after" })), line(id, { name: "last" })];
  writeFileSync(file("planned.jsonl"), lines.join("\n"));
  const writes = (): number => sandbox.requests().filter(({ method }) => method === "PATCH").length;
  const before = writes();
  const plan = await convo("bulk", "datagrid", "planned.jsonl", "--plan");
  expect(plan.stdout).toContain(`line 1: datagrid ${id}  name: "before" -> "after"`);
  expect(plan.stdout.trimEnd().split("\n")).toHaveLength(20);
  expect(plan.stderr).toContain("And 6 more: --json prints all.\n26 planned");
  const all = jsonLines((await convo("bulk", "datagrid", "planned.jsonl", "--plan", "--json")).stdout);
  expect(all).toHaveLength(26);
  expect(all[0]).toMatchObject({ plan: { before: { name: "before" }, after: { name: "after" } } });
  expect(writes()).toBe(before);

  await convo("bulk", "datagrid", "planned.jsonl");
  const done = writes();
  const undo = await convo("undo", "datagrid", "planned.jsonl.journal", "--plan");
  expect(undo.stdout).toContain(`datagrid ${id}  name: "last" -> "after"`);
  expect(undo.stderr).toContain("And 6 more: --json prints all.");
  expect(undo.stderr).toContain(
    "26 would be restored, 0 left alone, 0 unchanged, 0 failed. Nothing was sent.",
  );
  const undos = jsonLines(
    (await convo("undo", "datagrid", "planned.jsonl.journal", "--plan", "--json")).stdout,
  );
  expect(undos).toHaveLength(26);
  expect(undos).toContainEqual(
    expect.objectContaining({
      id,
      status: "planned",
      restores: [{ path: "name", before: "after", after: "before" }],
    }),
  );
  expect(writes()).toBe(done);
  expect(namesOf([id])).toEqual(["last"]);
  expect((await convo("undo", "datagrid", "planned.jsonl.journal")).stderr).toContain("26 restored");
  expect(namesOf([id])).toEqual(["before"]);
});

test("an undo that writes nothing leaves its run as it was; one that writes closes it", async () => {
  const [a = "", b = ""] = await create(2);
  const lines = [line(a, { name: "after" }), line(b, { name: "after" })];
  writeFileSync(file("kept.jsonl"), lines.join("\n"));
  const bulk = () => convo("bulk", "datagrid", "kept.jsonl");
  expect(await bulk()).toMatchObject({ code: 0 });
  for (const id of [a, b]) await convo("bulk", "datagrid", theirs(id), "--journal", `${id}.journal`);
  for (const more of [["--plan"], []]) {
    const undo = await convo("undo", "datagrid", "kept.jsonl.journal", ...more);
    expect(undo.stderr.match(/left alone, since/g)).toHaveLength(2);
    expect(await bulk()).toMatchObject({ code: 0 });
  }
  expect(namesOf([a, b])).toEqual(["theirs", "theirs"]);
  await convo("undo", "datagrid", `${b}.journal`);
  const recover = sandbox.fault({ vendor: "datagrid", operation: "updateConversation", kind: "reset-after" });
  expect(await convo("undo", "datagrid", "kept.jsonl.journal")).toMatchObject({ code: 0 });
  recover();
  expect(await bulk()).toMatchObject({ code: 5, stderr: expect.stringContaining("was undone") });
});

test("a plan shows fields of the vendor's own, and each vendor of a line", async () => {
  const ids = { chatdash: "66f0c0ffee0000000000cd01", agentsight: 42 };
  const overrides = {
    chatdash: { native: { read: true } },
    agentsight: { metadata: { a: 1 }, unset: ["topic"] },
  };
  writeFileSync(file("several.jsonl"), JSON.stringify({ ids, changes: {}, overrides }));
  const { stdout } = await convo("bulk", "all", "several.jsonl", "--plan");
  expect(stdout).toContain("line 1: chatdash 66f0c0ffee0000000000cd01  native.read: true");
  writeFileSync(file("unset.jsonl"), line("conv_sandbox0001", { unset: ["owner"] }));
  const plan = await convo("bulk", "openai", "unset.jsonl", "--plan");
  expect(plan.stderr).toContain("Warnings: unset_uncertain at openai (1).");
  expect(stdout).toContain('metadata.topic: "project-x" -> (none), metadata.a: (none) -> 1');
});

test("what is skipped is told on the screen and in the results, at one vendor and at several", async () => {
  const [id = ""] = await create(1);
  const changes = { metadata: { a: "b" } };
  writeFileSync(file("one.jsonl"), line(id, changes));
  writeFileSync(file("all.jsonl"), JSON.stringify({ ids: { datagrid: id, agentsight: 42 }, changes }));
  for (const [name, status] of [
    ["one", "skipped"],
    ["all", "updated"],
  ]) {
    const account = name === "one" ? "datagrid" : "all";
    const run = await convo("bulk", account, `${name}.jsonl`, "--unsupported", "skip", "--json");
    expect(run.stderr).toContain("Nothing sent: skipped");
    const warnings = [{ code: "skipped", provider: "datagrid" }];
    expect(jsonLines(run.stdout)).toMatchObject([{ status, warnings }]);
  }
});

test("CSV: columns are mapped, cells are typed, and what is wrong is told before anything is sent", async () => {
  writeFileSync(
    file("t.csv"),
    '\ufeffTicket,Priority,name,Notes\r\n42,2,"Two\nlines",x\r\n43,high,,\r\n42,3\r\n43,1,,\r\n',
  );
  const before = sandbox.requests().length;
  expect(await convo("bulk", "agentsight", "t.csv")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('column "Ticket"'),
  });
  expect(await convo("bulk", "agentsight", "t.csv", "--column", "Tiket=id")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no column "Tiket"'),
  });
  expect(sandbox.requests().length).toBe(before);
  writeFileSync(file("excel.csv"), "id;metadata.status\n42;open\n");
  expect(await convo("bulk", "agentsight", "excel.csv")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("separated by semicolons"),
  });
  const columns = [
    "--column",
    "Ticket=id",
    "--column",
    "Priority=metadata.priority:number",
    "--column",
    "Notes=",
  ];
  const run = await convo("bulk", "agentsight", "t.csv", ...columns, "--json");
  const results = jsonLines(run.stdout).map(({ line: number, status }) => `${number} ${status}`);
  expect(results.sort()).toEqual(["3 updated", "4 failed", "5 failed", "6 updated"]);
  expect(sandbox.read("agentsight", 42)).toMatchObject({
    name: "Two\nlines",
    metadata: { priority: 2, topic: "project-x" },
  });
  expect(sandbox.read("agentsight", 43)).toMatchObject({ metadata: { priority: 1 } });
});

test("a run that is killed goes on where it was; a journal of another file or account is refused", async () => {
  const ids = await create(60);
  writeFileSync(file("many.jsonl"), ids.map((id) => line(id, { name: "after" })).join("\n"));
  const child = start("bulk", "datagrid", "many.jsonl", "--concurrency", "1", "--json");
  await printed(child, /"line":10,/);
  child.kill("SIGKILL");
  await once(child, "exit");
  const done = namesOf(ids).filter((name) => name === "after").length;
  expect(done).toBeGreaterThanOrEqual(10);
  const writes = () =>
    sandbox.requests().filter(({ method, vendor }) => method === "PATCH" && vendor === "datagrid").length;
  const before = writes();
  const again = await convo("bulk", "datagrid", "many.jsonl");
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/\d+ done by an earlier run/);
  expect(namesOf(ids)).toEqual(ids.map(() => "after"));
  // What was in flight when it was killed may be written once more, and nothing else.
  expect(writes() - before).toBeLessThanOrEqual(60 - done + 1);
  writeFileSync(file("other.jsonl"), line(`${ids[0]}`, { name: "x" }));
  const other = await convo("bulk", "datagrid", "other.jsonl", "--journal", "many.jsonl.journal");
  expect(other).toMatchObject({ code: 5, stderr: expect.stringContaining("The journal is of many.jsonl") });
  const version = readFileSync(file("many.jsonl.journal"), "utf8").replace('"version":1', '"version":9');
  writeFileSync(file("newer.journal"), version);
  expect(await convo("bulk", "datagrid", "many.jsonl", "--journal", "newer.journal")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("version 9"),
  });
});

test("Ctrl-C finishes what is under way and says how to go on", async () => {
  const ids = await create(300);
  writeFileSync(file("long.jsonl"), ids.map((id) => line(id, { name: "after" })).join("\n"));
  const child = start(
    "bulk",
    "datagrid",
    "long.jsonl",
    "--concurrency",
    "1",
    "--json",
    "--journal",
    "my run",
  );
  let text = "";
  child.stderr?.on("data", (chunk) => (text += chunk));
  await printed(child, /"line":5,/);
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(code).toBe(130);
  expect(text).toContain("Finishing what is under way");
  expect(text).toContain("convo bulk datagrid long.jsonl --concurrency 1 --json --journal 'my run'\n");
  expect(await convo("bulk", "datagrid", "long.jsonl", "--journal", "my run")).toMatchObject({ code: 0 });
  expect(namesOf(ids)).toEqual(ids.map(() => "after"));
});

test("nobody reads the output any more: what is under way is finished, and it says how to go on", async () => {
  const ids = await create(300);
  writeFileSync(file("head.jsonl"), ids.map((id) => line(id, { name: "after" })).join("\n"));
  const child = start("bulk", "datagrid", "head.jsonl", "--concurrency", "1", "--json");
  let text = "";
  child.stderr?.on("data", (chunk) => (text += chunk));
  await printed(child, /"line":5,/);
  child.stdout?.destroy();
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(text).toContain("Standard output was closed");
  expect(text).toContain("convo bulk datagrid head.jsonl --concurrency 1 --json\n");
  expect(namesOf(ids)).toContain("before");
});

test("results that a killed run had not written are made up for by the next one", async () => {
  const ids = await create(6);
  const lines = ids.map((id) => line(id, { name: "after" }));
  writeFileSync(file("whole.csv"), `id,name\n${ids.map((id) => `${id},after`).join("\n")}\nnowhere,x\n`);
  writeFileSync(file("whole.jsonl"), [...lines, "no JSON"].join("\n"));
  for (const name of ["whole.csv", "whole.jsonl"]) {
    const run = () => convo("bulk", "datagrid", name, "--results", "whole.results");
    expect(await run()).toMatchObject({ code: 1 });
    const results = readFileSync(file("whole.results"), "utf8");
    const first = results.slice(0, results.indexOf("\n") + 1);
    writeFileSync(file("whole.results"), `${first}{"line":`);
    expect(await run()).toMatchObject({ code: 1 });
    const whole = readFileSync(file("whole.results"), "utf8");
    expect(whole.startsWith(first)).toBe(true);
    const told = (text: string) =>
      jsonLines(text)
        .map(({ line, id, status }) => ({ line, id, status }))
        .sort((a, b) => Number(a.line) - Number(b.line));
    expect(told(whole)).toEqual(told(results));
    expect(await run()).toMatchObject({ code: 1 });
    expect(readFileSync(file("whole.results"), "utf8")).toBe(whole);
    rmSync(file("whole.results"));
  }
});

test("a file that is named by mistake stays as it is", async () => {
  const [id = ""] = await create(1);
  const text = line(id, { name: "after" });
  for (const option of ["--journal", "--results"]) {
    writeFileSync(file("mine.jsonl"), text);
    expect(await convo("bulk", "datagrid", "mine.jsonl", option, "mine.jsonl")).toMatchObject({ code: 2 });
    expect(readFileSync(file("mine.jsonl"), "utf8")).toBe(text);
  }
  const both = ["--journal", "both.new", "--results", "./both.new"];
  expect(await convo("bulk", "datagrid", "mine.jsonl", ...both)).toMatchObject({ code: 2 });
  writeFileSync(file("notes"), "my notes");
  expect(await convo("bulk", "datagrid", "mine.jsonl", "--results", "notes")).toMatchObject({ code: 0 });
  expect(readFileSync(file("notes"), "utf8")).toMatch(/^my notes\n\{"line":1,/);
});

test("a run that stops at a failed line says that the rest was not begun, and the same command goes on", async () => {
  const ids = await create(40);
  const lines = ["no JSON", ...ids.map((id) => line(id, { name: "after" }))];
  writeFileSync(file("stop.jsonl"), lines.join("\n"));
  const run = () => convo("bulk", "datagrid", "stop.jsonl", "--stop-on-error", "--concurrency", "1");
  const stopped = await run();
  expect(stopped.code).toBe(1);
  expect(stopped.stderr).toMatch(
    /nothing more was begun\..*give the same command again: convo bulk datagrid/,
  );
  expect(namesOf(ids)).toContain("before");
  await run();
  expect(namesOf(ids)).toEqual(ids.map(() => "after"));
});

test("text of another encoding is read or refused, never changed", async () => {
  const [id = ""] = await create(1);
  const text = `${line(id, { name: "one" })}\n${line(id, { name: "café" })}\n`;
  writeFileSync(file("latin1.jsonl"), text, "latin1");
  writeFileSync(file("latin1.csv"), `id,name\n${id},café\n`, "latin1");
  for (const name of ["latin1.jsonl", "latin1.csv"])
    expect(await convo("bulk", "datagrid", name)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${name}: line 2 is not UTF-8`),
    });
  expect(namesOf([id])).toEqual(["before"]);
  writeFileSync(file("utf16.jsonl"), `\ufeff${text}`, "utf16le");
  expect(await convo("bulk", "datagrid", "utf16.jsonl")).toMatchObject({ code: 0 });
  expect(namesOf([id])).toEqual(["café"]);
  writeFileSync(file("long.jsonl"), `${text}"${"x".repeat(65 * 1024 * 1024)}"`);
  expect(await convo("bulk", "datagrid", "long.jsonl", "--journal", "too long")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("line 3 is longer than"),
  });
});

test("a line ends where the file has a line break, not at one within its text", async () => {
  const [id = ""] = await create(1);
  const name = "one\u2028two\u2029three";
  // A result with such text: why the second line failed.
  const bad = { id, changes: { [name]: 1 } };
  writeFileSync(file("breaks.jsonl"), `${line(id, { name })}\r\n\r\n${JSON.stringify(bad)}`);
  const run = () => convo("bulk", "datagrid", "breaks.jsonl", "--results", "breaks.results");
  expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining("1 updated, 2 failed") });
  expect(namesOf([id])).toEqual([name]);
  const results = readFileSync(file("breaks.results"), "utf8");
  expect(results).toContain("\u2028");
  const told = jsonLines(results).map(({ line: number, status }) => `${number} ${status}`);
  expect(told.sort()).toEqual(["1 updated", "2 failed", "3 failed"]);
  expect(await run()).toMatchObject({ code: 1 });
  expect(readFileSync(file("breaks.results"), "utf8")).toBe(results);
});

test("a vendor that is down, and a folder that cannot be written: nothing is lost, and it says how to go on", async () => {
  const [id = ""] = await create(1);
  writeFileSync(file("down.jsonl"), line(id, { name: "after" }));
  const nowhere = await convo("bulk", "datagrid", "down.jsonl", "--journal", "no/such/folder/journal");
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain("The journal no/such/folder/journal cannot be opened");
  const recover = sandbox.fault({ vendor: "datagrid", kind: "status", status: 401 });
  const refused = await convo("bulk", "datagrid", "down.jsonl");
  recover();
  expect(refused).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("convo bulk datagrid down.jsonl"),
  });
  expect(namesOf([id])).toEqual(["before"]);
  expect(await convo("bulk", "datagrid", "down.jsonl")).toMatchObject({ code: 0 });
  expect(namesOf([id])).toEqual(["after"]);
  rmSync(file("down.jsonl.journal"));
});

test("what is neither a journal nor a result is not undone", async () => {
  writeFileSync(file("some.txt"), "hello\n");
  expect(await convo("undo", "datagrid", "some.txt")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("neither"),
  });
  expect(readFileSync(file("some.txt"), "utf8")).toBe("hello\n");
});
