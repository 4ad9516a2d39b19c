// Runs each program given as an argument in a process of its own, against the installed sandbox as it is when new.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createSandbox } from "@convo/sandbox";

const programs = process.argv.slice(2);
for (const program of programs) {
  const sandbox = createSandbox();
  await sandbox.listen();
  // The sandbox lives in this process, so this process must not stand still meanwhile.
  await promisify(execFile)(process.execPath, [program], { env: { ...process.env, ...sandbox.env() } });
  await sandbox.close();
}
console.log(`${programs.length} programs ran`);
