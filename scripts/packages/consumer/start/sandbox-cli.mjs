// The sandbox as a command, as its README starts it: what it prints leads a client to it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname } from "node:path";
import { createInterface } from "node:readline";

const stdio = ["ignore", "pipe", "inherit"];
// npx takes the first Node there is: the one that runs this.
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
const options = { stdio, env: { ...process.env, PATH }, detached: true };
const child = spawn("npx", ["--no-install", "@convo/sandbox", "--port", "0"], options);
try {
  const env = {};
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^export (\w+)=(.+)$/.exec(line) ?? [];
    if (name) env[name] = value;
    if (Object.keys(env).length === 11) break;
  }
  const { origin } = new URL(env.OPENAI_BASE_URL);
  assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
  for (const vendor of ["OPENAI", "LETTA", "DATAGRID", "CHATDASH"])
    assert.ok(env[`${vendor}_BASE_URL`].startsWith(`${origin}/${vendor.toLowerCase()}`), vendor);
  assert.equal(env.AGENTSIGHT_API_ENDPOINT, `${origin}/agentsight`);
  const headers = { authorization: `Bearer ${env.OPENAI_API_KEY}` };
  const answer = await fetch(`${env.OPENAI_BASE_URL}/conversations/conv_sandbox0001`, { headers });
  assert.equal(answer.status, 200);
  assert.match(await (await fetch(origin)).text(), /<title>Convo sandbox/);
} finally {
  // npx and the sandbox beneath it are a group of their own.
  process.kill(-child.pid, "SIGTERM");
  await once(child, "exit");
}
