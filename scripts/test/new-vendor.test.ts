/** A sixth vendor, made up, from the document it publishes to an update through core: what is left for a person to write. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { acmeText } from "./acme.ts";
import { copyRepository } from "./copy.ts";

const copy = copyRepository({ tests: true });
afterAll(() => copy.remove());
const upstream = join(import.meta.dirname, "fixtures", "zephyr.json");

const path = (file: string): string => join(copy.root, file);
const node = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { cwd: copy.root, encoding: "utf8" });

function edit(file: string, from: string, to: string): void {
  const old = readFileSync(path(file), "utf8");
  expect(old).toContain(from);
  writeFileSync(path(file), old.replace(from, to));
}

/** What `pnpm install` would do in the copy, whose other dependencies are links into this repository. */
function link(from: string, to: string): void {
  mkdirSync(dirname(path(from)), { recursive: true });
  symlinkSync(to, path(from));
}

/** Lines added or removed since the last commit in files that people write. */
function handwritten(): number {
  copy.git("add", "-A");
  const generated = [
    ":!packages/zephyr",
    ":!packages/sandbox/specs",
    ":!packages/sandbox/README.md",
    ":!README.md",
    ":!docs",
  ];
  const rows = copy
    .git("diff", "--cached", "--numstat", "--", ".", ...generated)
    .trim()
    .split("\n");
  return rows.flatMap((row) => row.split("\t").slice(0, 2)).reduce((sum, count) => sum + Number(count), 0);
}

/** Updates a conversation as a user would, over HTTP, at a server that does what Zephyr's document says: a PUT replaces the chat. */
const PROGRAM = `
  import { createServer } from "node:http";
  import { createConvo, zephyr } from "./packages/core/src/index.ts";
  let chat = { id: "chat_1", title: "Old", locale: "de", device: { os: "x" }, metadata: { topic: "a", owner: "b" }, created: 1 };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const isChat = request.url === "/workspaces/w1/chats/chat_1" && request.headers.authorization === "Bearer key-1";
    if (isChat && request.method === "PUT") chat = { id: "chat_1", created: 1, metadata: {}, ...JSON.parse(text) };
    const list = { items: [chat], next: null };
    const answer = isChat ? chat : /^\\/workspaces\\/w1\\/chats(\\?limit=1)?$/.test(request.url) ? list : undefined;
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const options = { apiKey: "key-1", baseUrl: "http://127.0.0.1:" + server.address().port };
  const convo = createConvo({ zephyr: zephyr({ ...options, workspace_id: "w1" }) });
  const changes = { name: "Refund", marked: true, metadata: { status: "resolved" }, unset: ["owner"] };
  const { confirmed, conversation } = await convo.zephyr.update("chat_1", changes);
  const { data: page } = await convo.zephyr.client.request("GET /workspaces/{workspace_id}/chats", {
    path: { workspace_id: "w1" }, query: { limit: 1 },
  });
  const listed = [];
  for await (const { id, name } of convo.zephyr.list()) listed.push({ id, name });
  console.log(JSON.stringify({ confirmed, conversation, stored: chat, more: page.next, listed }));
  server.close();
  server.closeAllConnections();
`;

it("goes from its spec to an update through core with at most 60 handwritten lines", () => {
  const made = copy.script("new-vendor.ts", "zephyr", upstream, "--no-install");
  expect(made.stderr).toBe("");
  expect(made.stdout).toMatch(
    /decide {3}packages\/core\/src\/providers\/zephyr\.ts:\d+ {2}metadata\.write: does a write/,
  );
  expect(made.stdout).toMatch(
    /decide {3}specs\/zephyr\/openapi\.yaml:\d+ {2}updateConversation: does a write clear/,
  );
  expect(made.stdout).toMatch(
    /decide {3}packages\/core\/src\/providers\/verbs\/zephyr\.ts:\d+ {2}list: does it go on by cursor, from body\.next\?/,
  );
  expect(made.stdout).toContain("guessed  $.paths['/workspaces/{workspace_id}/chats/{chat_id}']: ");
  expect(made.stdout).toContain("the list goes on by `cursor`, from `body.next`");
  copy.git("add", "-A");
  copy.git("commit", "-qm", "as scaffolded");
  link("packages/core/node_modules/@convo/zephyr", "../../../zephyr");
  link("packages/zephyr/node_modules/@convo/client", "../../../client");

  // What the person decides: how metadata is written.
  const provider = "packages/core/src/providers/zephyr.ts";
  edit(provider, 'write: "unknown"', 'write: "replace"');
  const regen = copy.script("regen.ts");
  expect(regen.status, regen.stderr).toBe(0);
  // The limit is 60; README.md promises less.
  expect(handwritten()).toBeLessThan(10);

  expect(copy.script("regen.ts", "--check").stdout).toContain("all as the specs say");
  expect(readFileSync(path("README.md"), "utf8")).toContain("| zephyr | `PUT /workspaces/");
  expect(copy.script("accept-spec.ts", "zephyr").stdout).toBe("zephyr: nothing to decide\n");
  const lint = copy.script("lint-specs.ts", "zephyr");
  expect(lint.status, lint.stdout + lint.stderr).toBe(0);
  const written = [
    "packages/zephyr",
    provider,
    "packages/core/src/providers/verbs",
    "packages/core/test/vendors",
    "packages/core/src/providers/index.ts",
  ];
  const biome = node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ...written);
  expect(biome.status, biome.stdout + biome.stderr).toBe(0);
  expect(node("node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false").stdout).toBe("");

  const program = node("--input-type=module", "-e", PROGRAM);
  expect(program.status, program.stderr).toBe(0);
  const told = JSON.parse(program.stdout);
  expect(told).toMatchObject({
    confirmed: "echo",
    conversation: { provider: "zephyr", id: "chat_1", name: "Refund", marked: true },
    // What the caller did not name is there still, though this vendor replaces the chat.
    stored: { title: "Refund", starred: true, locale: "de", metadata: { topic: "a", status: "resolved" } },
    more: null,
    listed: [{ id: "chat_1", name: "Refund" }],
  });
  expect(told.stored.metadata).not.toHaveProperty("owner");

  const suites = ["packages/core/test/vendors", "packages/core/test/providers.test.ts"];
  const names = "zephyr|the list of providers";
  const options = ["--reporter=json", "--outputFile=report.json", "-t", names];
  const run = node("node_modules/vitest/vitest.mjs", "run", ...suites, ...options);
  const result = JSON.parse(readFileSync(path("report.json"), "utf8")) as Record<string, number>;
  expect(result.numFailedTests, run.stdout + run.stderr).toBe(0);
  expect(result.numPassedTests).toBeGreaterThan(25);
});

it("leaves nothing behind where it cannot go on", () => {
  copy.git("reset", "-q", "--hard", "HEAD");
  copy.git("clean", "-qfd");
  for (const [args, message] of [
    [["breeze", upstream, "--paths", "/nowhere"], "no path begins with /nowhere"],
    [["letta", upstream], "core has letta already"],
  ] as const) {
    const run = copy.script("new-vendor.ts", ...args, "--no-install");
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(message);
    expect(copy.git("status", "--porcelain")).toBe("");
  }
});

it("takes what cannot be generated from as it was, and goes on once it is mended", () => {
  const spec = "specs/breeze/openapi.yaml";
  const text = acmeText.replaceAll("Acme", "Breeze");
  const refused = text.replace(
    "    Conversation:\n      type: object\n",
    "$&      allOf: [{ type: object, required: [bare], properties: { bare: { type: object } } }]\n",
  );
  mkdirSync(dirname(path(spec)), { recursive: true });
  writeFileSync(path(spec), refused);
  copy.git("add", "-A");
  copy.git("commit", "-qm", "a spec by hand");
  const run = copy.script("new-vendor.ts", "breeze", "--no-install");
  expect(run.stderr).toMatch(/^vendor:new failed: specs\/breeze\/openapi\.yaml: .*bare/);
  expect(copy.git("status", "--porcelain")).toBe("");
  writeFileSync(path(spec), text);
  expect(copy.script("new-vendor.ts", "breeze", "--no-install")).toMatchObject({ status: 0, stderr: "" });
  expect(copy.git("status", "--porcelain")).toContain("?? packages/breeze/");
  expect(readFileSync(path(".changeset/spec-breeze.md"), "utf8")).toContain('"@convo/core": minor');
});
