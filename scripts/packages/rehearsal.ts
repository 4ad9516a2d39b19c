/**
 * A release, rehearsed: the tarballs are published by the script that publishes releases, to a registry on this
 * machine (verdaccio), installed from it as the README says, and the README's programs are run.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { find, PROGRAMS } from "./programs.ts";
import { type Check, execute, must, type Packed } from "./run.ts";

const name =
  "a release, rehearsed: published to a local registry, installed from it, the README's programs run";

/** Publishes `packed` to a registry of its own in `folder`, and uses what comes from there. */
export async function rehearsal(root: string, packed: readonly Packed[], folder: string): Promise<Check> {
  const [verdaccio, node] = [await find(root, PROGRAMS.verdaccio), await find(root, PROGRAMS.newNode)];
  if ("missing" in verdaccio) return { name, skipped: verdaccio.missing };
  if ("missing" in node) return { name, skipped: node.missing };
  mkdirSync(folder, { recursive: true });
  const registry = await startRegistry(verdaccio.path, folder);
  try {
    const project = join(folder, "project");
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const programs = layOutProject(project, readme, registry.url);
    const publish = [
      join(root, "scripts/release/publish.ts"),
      tarballsFolder(packed),
      "--registry",
      registry.url,
    ];
    const names = packed.map(({ name }) => `${name}@`);
    const steps: Step[] = [
      ["publish", node.path, publish, (out) => names.every((id) => out.includes(id))],
      ["publish again, which has nothing to do", node.path, publish, (out) => out === ""],
      ["install", "npm", ["install", ...wanted(readme), ...INSTALL, "--registry", registry.url], () => true],
      [
        "run",
        node.path,
        ["run-programs.mjs", ...programs],
        (out) => out.includes(`${programs.length} programs ran`),
      ],
    ];
    for (const [step, command, args, isRight] of steps) {
      const { ok, stdout, output } = await execute(command, args, project);
      if (!ok || !isRight(stdout)) return { name, problem: `${step}: ${output}` };
    }
    return { name };
  } finally {
    registry.stop();
  }
}

type Step = [title: string, command: string, args: string[], isRight: (stdout: string) => boolean];

const INSTALL = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];

const tarballsFolder = ([first]: readonly Packed[]): string => join(first?.tarball ?? "", "..");

/** What the README's programs import, and the sandbox to run them against. */
const wanted = (readme: string): string[] => [
  ...new Set([...readme.matchAll(/ from "(@convo\/[^"/]+)/g)].map(([, name = ""]) => name)),
  "@convo/sandbox",
];

/** Writes the README's programs, and npm's configuration, into a new project. Returns the programs' names. */
function layOutProject(project: string, readme: string, registry: string): string[] {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  // npm publishes to no registry without some token; this one takes any.
  writeFileSync(join(project, ".npmrc"), `${registry.replace("http:", "")}:_authToken=rehearsal\n`);
  cpSync(join(import.meta.dirname, "rehearsal"), project, { recursive: true });
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""], index) => {
    writeFileSync(join(project, `program-${index + 1}.ts`), code);
    return `program-${index + 1}.ts`;
  });
}

/** Verdaccio: what it does not have it fetches from the registry npm is set to; ours it takes from anybody. */
async function startRegistry(program: string, folder: string): Promise<{ url: string; stop: () => void }> {
  const uplink = must("npm", ["config", "get", "registry"], folder).trim();
  const config = join(folder, "verdaccio.json");
  const open = { access: "$all", publish: "$all" };
  writeFileSync(
    config,
    JSON.stringify({
      storage: join(folder, "storage"),
      uplinks: { npm: { url: uplink } },
      packages: { "@convo/*": open, "**": { access: "$all", proxy: "npm" } },
      log: { type: "stdout", level: "warn" },
    }),
  );
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(process.execPath, [program, "--config", config, "--listen", address], {
    stdio: "ignore",
  });
  const url = `http://${address}/`;
  try {
    await answers(url, server);
  } catch (error) {
    server.kill();
    throw error;
  }
  return { url, stop: () => server.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Resolves once the registry answers; rejects when it ends first, or says nothing for a minute. */
async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (server.exitCode !== null) throw new Error(`verdaccio ended with ${server.exitCode}`);
    const response = await fetch(`${url}-/ping`).catch(() => undefined);
    if (response?.ok) return;
    await setTimeout(250);
  }
  throw new Error("verdaccio did not answer");
}
