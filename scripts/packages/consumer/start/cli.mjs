// A newcomer's minute with the command: what its README says, typed at a terminal. Prints the screen.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";

const readme = readFileSync("node_modules/@convo/cli/README.md", "utf8");
const minute = readme.split("## A minute with the sandbox")[1].split("\n## ")[0];
const [first, second] = [...minute.matchAll(/```sh\n(.*?)```/gs)].map(([, code]) => code.trim().split("\n"));

const folder = await mkdtemp(join(tmpdir(), "convo-minute-"));
const PATH = [dirname(process.execPath), resolve("node_modules/.bin"), process.env.PATH].join(delimiter);
const env = { PATH, HOME: folder, TERM: "xterm-256color", PS1: "$ ", NO_PROXY: "127.0.0.1" };

/** A terminal with a shell in it. */
function openTerminal() {
  const shell = spawn("sh", [], { cwd: folder, env, cols: 100, rows: 30 });
  let screen = "";
  shell.onData((text) => {
    screen += text;
  });
  /** Resolves to what was printed since the last command, up to a text. */
  const until = async (text, from) => {
    for (let tries = 0; tries < 600 && !screen.includes(text, from); tries++)
      await new Promise((wake) => setTimeout(wake, 100));
    assert.ok(screen.includes(text, from), `The terminal never showed ${text}:\n${screen.slice(from)}`);
    return screen.slice(from);
  };
  let count = 0;
  return {
    shell,
    until: (text) => until(text, 0),
    /** Types a command, answers its questions, and waits for its end. */
    async type(line, code = 0, ...answers) {
      const from = screen.length;
      count += 1;
      shell.write(`${line}; echo "ended ${count}:$?"\r`);
      for (const [question, keys] of answers) {
        await until(question, from);
        shell.write(keys);
      }
      const shown = await until(`ended ${count}:`, from + line.length + 20);
      assert.match(
        await until(`\n`, screen.indexOf(`ended ${count}:`, from + line.length + 20)),
        new RegExp(`^ended ${count}:${code}\\r?\\n`),
        shown,
      );
      return shown;
    },
    get screen() {
      return screen;
    },
  };
}

const [server, terminal] = [openTerminal(), openTerminal()];
try {
  // Another sandbox may have the usual port here.
  assert.deepEqual(first, ["convo sandbox > sandbox.env"]);
  server.shell.write("convo sandbox --port 0 > sandbox.env\r");
  await server.until("Sandbox on http://127.0.0.1:");
  // The file is complete only after the line on the screen.
  const isComplete = () =>
    readFileSync(join(folder, "sandbox.env"), "utf8").includes("CHATDASH_AGENT_ID=agent_1\n");
  for (let tries = 0; tries < 600 && !isComplete(); tries++)
    await new Promise((wake) => setTimeout(wake, 100));
  const shown = [];
  for (const line of second) shown.push(await terminal.type(line));
  const [, doctor, , bulk, get, undo] = shown;
  assert.match(doctor, /agentsight.*key works/);
  assert.match(bulk, /█.*1 of 1 lines/);
  assert.match(bulk, /1 updated\r\nTo undo: convo undo agentsight updates\.jsonl\.journal/);
  assert.match(get, /Access restored/);
  assert.match(undo, /1 restored/);

  // A question, and Ctrl-C in the middle of a long run.
  await terminal.type("convo erase agentsight 43", 130, ["for good?", "n"]);
  assert.match(await terminal.type("convo get agentsight 43"), /Written by an old SDK/);
  await terminal.type("convo erase agentsight 43 --receipt receipt.json", 0, ["for good?", "y"]);
  assert.equal(JSON.parse(readFileSync(join(folder, "receipt.json"), "utf8")).entries[0].outcome, "hidden");
  const line = (id) => `${JSON.stringify({ id, changes: { name: "long run" } })}\n`;
  writeFileSync(join(folder, "long.jsonl"), line(42).repeat(3000));
  const stopped = await terminal.type("convo bulk agentsight long.jsonl --concurrency 1", 130, [
    "lines  ",
    "\u0003",
  ]);
  assert.match(stopped, /Finishing what is under way/);
  assert.match(stopped, /give the same command again: convo bulk agentsight long\.jsonl/);
} finally {
  console.log(`${server.screen}\n${terminal.screen}`);
  server.shell.write("\u0003");
  for (const { shell } of [server, terminal]) shell.kill();
  rmSync(folder, { recursive: true, force: true });
}
