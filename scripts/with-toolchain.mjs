/**
 * Runs a script of this repository on a machine that has only git, Node 20 and npm:
 * `node scripts/with-toolchain.mjs <script.ts> [arguments]`.
 *
 * With the right Node and pnpm at hand it uses them; otherwise npx brings both from the npm registry, in the versions
 * package.json names. Then it installs the locked dependencies (a second when nothing changed) and runs the script.
 * Plain JavaScript, because the Node that starts it may not know TypeScript.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const node = manifest.devEngines.runtime.version;
// `pnpm@1.2.3+sha512.<hex>`: corepack checks the hash; npx, which brings pnpm here, checks the registry's own.
const [, pnpm, pnpmVersion] = /^(.+)@([^+]+)/.exec(manifest.packageManager);
const [script, ...args] = process.argv.slice(2);

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", REDOCLY_TELEMETRY: "off" };
const run = (command, parameters) => {
  const { status, error } = spawnSync(command, parameters, { cwd: root, env, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

if (hasToolchain()) {
  // Meant for the npx that brought us; any npx started from here would fetch the same instead of what it is asked for.
  delete env.npm_config_package;
  run(pnpm, ["install", "--frozen-lockfile", "--loglevel=error"]);
  run("node", [script, ...args]);
} else if (process.env.CONVO_TOOLCHAIN) {
  console.error(
    `Node ${node} and pnpm ${pnpmVersion} were fetched with npx but are not first on PATH; put them there.`,
  );
  process.exit(1);
} else {
  console.error(
    `Bringing Node ${node} and pnpm ${pnpmVersion} from the npm registry (the first run takes longer) ...`,
  );
  // npx checks pnpm's engine against the Node that runs npx, not the one it is about to bring: that warning is noise.
  Object.assign(env, {
    CONVO_TOOLCHAIN: "fetched",
    npm_config_loglevel: "error",
    npm_config_update_notifier: "false",
  });
  const self = fileURLToPath(import.meta.url);
  run("npx", [
    "--yes",
    "-p",
    `node@${node}`,
    "-p",
    `${pnpm}@${pnpmVersion}`,
    "--",
    "node",
    self,
    script,
    ...args,
  ]);
}

function hasToolchain() {
  if (major(process.version) < major(node)) return false;
  const found = spawnSync(pnpm, ["--version"], { cwd: root, encoding: "utf8" });
  return found.status === 0 && major(found.stdout) === major(pnpmVersion);
}

function major(version) {
  return Number.parseInt(version.replace(/^v/, ""), 10);
}
