/**
 * Runs programs one after the other, each against a sandbox of its own whose keys and base URLs are in the environment, and prints as
 * JSON what each of them has printed and thrown. One process for all, so that the packages are loaded once; programs that use Node's
 * test runner have one of their own.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { createSandbox } from "@convo/sandbox";

interface Run {
  stdout: string;
  problem?: string;
}

const execute = promisify(execFile);
const write = process.stdout.write;

async function inProcess(file: string): Promise<Run> {
  let stdout = "";
  process.stdout.write = (text: string | Uint8Array) => {
    stdout += text;
    return true;
  };
  try {
    await import(file);
    return { stdout };
  } catch (error) {
    return { stdout, problem: String((error as Error).stack ?? error) };
  } finally {
    process.stdout.write = write;
  }
}

async function alone(file: string): Promise<Run> {
  try {
    return await execute(process.execPath, [file]);
  } catch (error) {
    return { stdout: "", problem: (error as { stdout: string }).stdout };
  }
}

const before = { ...process.env };
const runs: Run[] = [];
for (const file of process.argv.slice(2)) {
  const sandbox = createSandbox();
  await sandbox.listen();
  process.env = { ...before, ...sandbox.env() };
  runs.push(await (readFileSync(file, "utf8").includes('"node:test"') ? alone : inProcess)(file));
  await sandbox.close();
}
process.stdout.write(JSON.stringify(runs), () => process.exit());
