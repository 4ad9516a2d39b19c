import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonLines, place } from "./run.ts";

const { convo, convoOnFullDisk, convoWith, sandbox, folder, file } = place();
const ID = "conv_sandbox0001";
const OTHER = "66f0c0ffee0000000000cd01";

test("get shows a conversation to people, and all of it as JSON", async () => {
  const [text, json] = await Promise.all([
    convo("get", "agentsight", "42"),
    convo("get", "agentsight", "42", "--json"),
  ]);
  expect(text).toMatchObject({ code: 0, stderr: "" });
  expect(text.stdout).toMatch(/^name +Account Access$/m);
  expect(JSON.parse(json.stdout)).toMatchObject({
    conversation: { id: 42 },
    raw: { conversation_id: "support-session-456" },
  });
});

test("an external id is found where the vendor has them, digits or not", async () => {
  const { stdout } = await convo("get", "agentsight", "external:support-session-456", "--json");
  expect(JSON.parse(stdout).conversation.id).toBe(42);
  expect((await convo("get", "agentsight", "external:42")).code).toBe(4);
});

test("update changes what is named, and a plan is applied once", async () => {
  const shown = await convo(
    "update",
    "chatdash",
    OTHER,
    "--set",
    "status=open",
    "--unset",
    "owner",
    "--plan",
  );
  expect(shown.stdout).toContain('+ metadata.status  "open"');
  expect(shown.stdout).toContain('- metadata.owner  "ada"');
  expect(shown.stdout).toContain("curl -X PUT");
  expect(shown.stdout).not.toContain("CD.0123");
  const plan = await convo(
    "update",
    "chatdash",
    OTHER,
    "--set-json",
    'tags=["a",1]',
    "--summary",
    "New",
    "--plan",
    "--json",
  );
  writeFileSync(file("plan.json"), plan.stdout);
  expect(await convo("update", "chatdash", "--apply", "plan.json")).toMatchObject({ code: 0 });
  expect(sandbox.read("chatdash", OTHER)).toMatchObject({
    summary: "New",
    metadata: { topic: "project-x", tags: ["a", 1] },
  });
  expect(await convo("update", "chatdash", "--apply", "plan.json")).toMatchObject({ code: 5 });
});

test("an update of which everything was skipped says that nothing was sent", async () => {
  const id = "conv-00000000-0000-4000-8000-000000000001";
  const before = sandbox.requests().length;
  const { code, stdout, stderr } = await convo(
    "update",
    "letta",
    id,
    "--set",
    "a=b",
    "--unsupported",
    "skip",
  );
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing sent: skipped.");
  expect(stdout).not.toContain("Updated");
  expect(stderr).toContain("letta has no metadata");
  expect(sandbox.requests()).toHaveLength(before);
});

test("doctor says which keys work, which are missing and which are refused", async () => {
  const { code, stdout } = await convoWith(
    { LETTA_API_KEY: undefined, OPENAI_API_KEY: "nonsense" },
    "doctor",
    "--json",
  );
  expect(code).toBe(3);
  const keys = Object.fromEntries(jsonLines(stdout).map(({ account, key }) => [account, key]));
  expect(keys).toEqual({
    openai: "refused",
    letta: "missing",
    datagrid: "works",
    chatdash: "works",
    agentsight: "works",
  });
  expect(
    sandbox.requests().filter(({ method, vendor }) => method !== "GET" && vendor === "datagrid"),
  ).toEqual([]);
});

test("list pages with a cursor, filters, and refuses a filter that needs a scan", async () => {
  const first = await convo("list", "agentsight", "--limit", "1", "--json");
  expect(jsonLines(first.stdout).map(({ id }) => id)).toEqual([42]);
  const { cursor } = JSON.parse(first.stderr);
  const next = await convo("list", "agentsight", "--limit", "1", "--cursor", `${cursor}`, "--json");
  expect(jsonLines(next.stdout).map(({ id }) => id)).toEqual([43]);
  expect(await convo("list", "chatdash", "--metadata", "topic=project-x")).toMatchObject({ code: 2 });
  const scanned = await convo("list", "chatdash", "--metadata", "topic=project-x", "--scan", "--json");
  expect(jsonLines(scanned.stdout)).toHaveLength(1);
  expect(JSON.parse(scanned.stderr)).toEqual({ scanned: 1 });
  const text = await convo("list", "chatdash", "--metadata", "topic=project-x", "--scan", "--limit", "1");
  expect(text.stderr).toContain("1 conversations were read.");
  const messages = await convo("messages", "openai", ID, "--limit", "1");
  const [, from = ""] = /--cursor '(.+)'/.exec(messages.stderr) ?? [];
  const rest = await convo("messages", "openai", ID, "--cursor", from, "--json");
  expect(jsonLines(rest.stdout)).toHaveLength(1);
});

test("find knows what was seen here, and forgets it when asked not to look", async () => {
  const home = { XDG_DATA_HOME: file("data") };
  await convoWith(home, "get", "openai", ID, "--no-catalogue");
  expect((await convoWith(home, "find", "--json")).stdout).toBe("");
  await convoWith(home, "get", "openai", ID);
  const { stdout } = await convoWith(home, "find", "--metadata", "topic=project-x", "--json");
  expect(jsonLines(stdout)).toMatchObject([{ provider: "openai", id: ID, seenAt: expect.any(String) }]);
  // The same file, another server: not the same conversations.
  const other = await convoWith({ ...home, OPENAI_BASE_URL: "http://127.0.0.1:1" }, "find", "--json");
  expect(other.stdout).toBe("");
});

test("export and import carry a conversation with its messages", async () => {
  const exported = await convo("export", "chatdash", OTHER);
  writeFileSync(file("export.json"), exported.stdout);
  const { stdout, code } = await convo("import", "chatdash", "export.json", "--json");
  expect(code).toBe(0);
  const { id, messages } = JSON.parse(stdout);
  const shown = await convo("messages", "chatdash", id, "--json");
  expect(messages).toBeGreaterThan(0);
  expect(jsonLines(shown.stdout)).toHaveLength(messages);
});

test("of several exports each that fails is told, as JSON under --json", async () => {
  const { code, stdout, stderr } = await convo("export", "openai", ID, "conv_missing", "--json");
  expect(code).toBe(4);
  expect(jsonLines(stdout)).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({ id: "conv_missing", error: { kind: "not_found" } });
  expect((await convo("export", "openai", ID, "conv_missing")).stderr).toMatch(/^conv_missing: \[openai\] /);
});

test("export takes all conversations of a customer, and names the accounts it could not search", async () => {
  const { code, stdout, stderr } = await convo("export", "--customer", "customer-7");
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toMatchObject([
    { kind: "convo_export", conversation: { customerId: "customer-7" } },
  ]);
  expect(stderr).toMatch(/Only what this computer has seen was searched.*letta.*convo export \w+ <id>/);
  expect(await convo("export", "agentsight", "--customer", "customer-nobody")).toMatchObject({
    code: 4,
    stdout: "",
  });
  for (const wrong of [
    ["export"],
    ["export", "agentsight"],
    ["export", "agentsight", "42", "--customer", "x"],
  ])
    expect(await convo(...wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining("exactly one") });
});

test("erase needs a yes, writes a receipt, and goes on from it", async () => {
  const { id } = JSON.parse((await convo("create", "openai", "--set", "a=b", "--json")).stdout);
  expect(await convo("erase", "openai", id)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--yes"),
  });
  expect(sandbox.read("openai", id)).toBeDefined();
  const plan = await convo("erase", "openai", id, "--plan", "--json");
  // What a run that was killed before its first delete leaves behind.
  writeFileSync(file("receipt.json"), plan.stdout);
  expect(await convo("erase", "--resume", "receipt.json", "--yes")).toMatchObject({ code: 0 });
  expect(sandbox.read("openai", id)).toBeUndefined();
  expect(JSON.parse(readFileSync(file("receipt.json"), "utf8"))).toMatchObject({
    finishedAt: expect.any(String),
    entries: [{ id, outcome: "gone" }],
  });
  writeFileSync(
    file("edited.json"),
    readFileSync(file("receipt.json"), "utf8").replace('"gone"', '"pending"'),
  );
  expect(await convo("erase", "--resume", "edited.json", "--yes")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("edited"),
  });
});

test("a file that a full disk cuts short is not written, and what was there stays", async () => {
  const { id } = JSON.parse((await convo("create", "openai", "--set", "a=b", "--json")).stdout);
  expect(await convo("export", "openai", id, "--folder", ".")).toMatchObject({ code: 0 });
  const document = file(`openai-${id}.json`);
  const before = readFileSync(document, "utf8");
  const long = ["a", "b", "c", "d"].flatMap((key) => ["--set", `${key}=${"x".repeat(500)}`]);
  await convo("update", "openai", id, ...long);
  expect(await convoOnFullDisk("export", "openai", id, "--folder", ".", "--no-catalogue")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("cannot be written"),
  });
  expect(readFileSync(document, "utf8")).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("an erase whose receipt can no longer be written has deleted something, and its exit code says so", async () => {
  const create = async () =>
    JSON.parse((await convo("create", "openai", "--set", "a=b", "--json")).stdout).id;
  const ids = [ID, await create(), await create(), await create()];
  // The plan takes less than the disk has, and the receipt of what was done more.
  const options = ["--yes", "--no-catalogue", "--receipt", "cut.json"];
  expect(await convoOnFullDisk("erase", "openai", ...ids, ...options)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/To go on: convo erase --resume cut.json .*cut.json cannot be written/s),
  });
  expect(sandbox.read("openai", ID)).toBeUndefined();
  expect(await convo("erase", "--resume", "cut.json", "--yes")).toMatchObject({ code: 0 });
});

test("a receipt of another erase is not overwritten", async () => {
  writeFileSync(file("proof.json"), "the proof of another customer");
  const before = sandbox.requests().length;
  expect(await convo("erase", "openai", ID, "--yes", "--receipt", "proof.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("a new file"),
  });
  expect(readFileSync(file("proof.json"), "utf8")).toBe("the proof of another customer");
  expect(sandbox.requests()).toHaveLength(before);
});

test("an erase that finds nothing says so, and which accounts it could not search", async () => {
  const erase = await convo("erase", "--customer", "customer-nobody", "--yes", "--receipt", "none.json");
  expect(erase.code).toBe(4);
  expect(erase.stderr).toContain("Nothing found for customer customer-nobody");
  expect(erase.stderr).toMatch(/Only what this computer has seen was searched.*letta/);
  expect(await convo("erase", "openai", "conv_missing", "--plan")).toMatchObject({ code: 4 });
  const many = ["erase", "agentsight", "42", "43", "--limit", "1", "--yes", "--receipt", "many.json"];
  expect(await convo(...many)).toMatchObject({ code: 2, stderr: expect.stringContaining("--limit 2") });
});
