import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cli, place } from "./run.ts";

const { convo, convoWith, file, sandbox } = place();
const ID = "conv_sandbox0001";

test.each<[string, string[], RegExp]>([
  ["a mistyped command", ["updat"], /unknown command 'updat'\n\(Did you mean update\?\)/],
  ["a mistyped option", ["get", "openai", ID, "--jsn"], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
  [
    "a mistyped command beneath another",
    ["queue", "statu"],
    /unknown command 'statu'\n\(Did you mean status\?\)/,
  ],
  ["a word too many", ["get", "openai", ID, "more"], /too many arguments/],
  ["a missing word", ["get", "openai"], /missing required argument 'id'/],
  [
    "a number in another spelling",
    ["list", "agentsight", "--limit", "1e3"],
    /'1e3' is invalid. It must be a whole number from 1/,
  ],
  ["a number out of range", ["sandbox", "--port", "70000"], /whole number from 0 to 65535/],
  [
    "a value that is not one of the choices",
    ["update", "openai", ID, "--merge", "mix"],
    /Allowed choices are shallow, deep, replace/,
  ],
  ["a pair without =", ["update", "openai", ID, "--set", "status"], /must be key=value/],
  ["a key given twice", ["update", "openai", ID, "--set", "a=1", "--set", "a=2"], /a is given twice/],
  ["invalid JSON", ["update", "openai", ID, "--set-json", "a=b"], /The value is not JSON/],
  ["an account that there is not", ["get", "opnai", ID], /no account "opnai".*openai, letta/],
  ["nothing to change", ["update", "openai", ID], /nothing to change/],
  [
    "a plan with changes beside it",
    ["update", "openai", ID, "--apply", "plan.json", "--set", "a=b"],
    /cannot be read|takes everything/,
  ],
  [
    "changes that the vendor cannot hold",
    ["update", "datagrid", "cnv_sandbox_0001", "--set", "a=b"],
    /metadata is not supported by datagrid.*`--unsupported skip`/,
  ],
  ["a verb that the vendor lacks", ["list", "openai"], /has no operation for list.*catalogue/s],
  ["an erase of nothing", ["erase"], /exactly one of them/],
  [
    "a limit that is no rate",
    ["queue", "work", "openai", "--limit", "openai=fast"],
    /account=requests\/seconds/,
  ],
  [
    "a limit of an account that the worker does not have",
    ["queue", "work", "openai", "--limit", "opnai=1000/10"],
    /it has none of these: opnai/,
  ],
])("%s is refused with exit code 2", async (_, args, message) => {
  expect(await convo(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
});

test("a missing key names its variable, and --json tells it as JSON", async () => {
  const none = { OPENAI_API_KEY: undefined };
  expect(await convoWith(none, "get", "openai", ID)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("Set OPENAI_API_KEY"),
  });
  const { stderr } = await convoWith(none, "get", "openai", ID, "--json");
  expect(JSON.parse(stderr).error.message).toContain("OPENAI_API_KEY");
});

test.each([["updat"], ["get", "openai"], ["get", "openai", ID, "--jsn"], ["queue", "statu"]])(
  "a wrong command line is told as JSON under --json: %s %s %s",
  async (...words) => {
    const { code, stdout, stderr } = await convo(...words.filter(Boolean), "--json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({ error: { name: "CommanderError", message: expect.any(String) } });
  },
);

test("a vendor that is down is exit code 1, one that has no such conversation 4, a lost answer to a write 6", async () => {
  expect(await convoWith({ OPENAI_BASE_URL: "http://127.0.0.1:1" }, "get", "openai", ID)).toMatchObject({
    code: 1,
  });
  expect(await convo("get", "openai", "conv_missing")).toMatchObject({ code: 4 });
  const undo = sandbox.fault({ vendor: "datagrid", operation: "createConversation", kind: "reset-after" });
  expect(await convo("create", "datagrid", "--name", "Lost")).toMatchObject({ code: 6 });
  undo();
});

test("a config file chooses accounts and profiles, and one that others may read is refused", async () => {
  const config = file("config.json");
  const account = { vendor: "openai", apiKeyEnv: "SUPPORT_KEY" };
  writeFileSync(config, JSON.stringify({ profiles: { default: { support: account }, other: {} } }), {
    mode: 0o600,
  });
  const env = { CONVO_CONFIG: config, SUPPORT_KEY: "sk-sandbox-0123456789abcdef" };
  expect(await convoWith(env, "get", "support", ID)).toMatchObject({ code: 0 });
  expect(await convoWith({ ...env, SUPPORT_KEY: "" }, "get", "support", ID)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("SUPPORT_KEY"),
  });
  expect(await convoWith(env, "get", "openai", ID)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Use one of: support"),
  });
  expect(await convoWith(env, "get", "support", ID, "--profile", "otter")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("default, other"),
  });
  chmodSync(config, 0o644);
  expect(await convoWith(env, "get", "support", ID)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("chmod 600"),
  });
});

test.each([
  ["sk-secret", /is not JSON/],
  ['{"profiles":{"default":{"openai":{"apikey":"sk-secret"}}}}', /unknown property default.openai.apikey/],
  ['{"profiles":{"default":{"mine":{"vendor":"opnai"}}}}', /default.mine.vendor must be one of openai/],
  ['{"profiles":{"default":{"openai":{"apiKey":5}}}}', /default.openai.apiKey must be text/],
])("a config file that is wrong is refused without showing a key: %s", async (text, message) => {
  const config = file("wrong.json");
  writeFileSync(config, text, { mode: 0o600 });
  const { code, stderr } = await convo("get", "openai", ID, "--config", config);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("sk-secret");
});

test("an older Node is told in one sentence before anything else is loaded", () => {
  const old = `Object.defineProperty(process.versions, "node", { value: "20.19.0" })`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(old)}`, cli, "--help"];
  const run = () => execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });
  expect(run).toThrow(/convo needs Node 22.13 or newer, and this is Node 20.19.0\.\n$/);
});
