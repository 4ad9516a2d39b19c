import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leaksOf, slopeOf } from "./leaks.ts";
import type { Rest } from "./worker.ts";

/** The two ways to the network. */
export const PATHS = ["web fetch", "undici"] as const;
export type Path = (typeof PATHS)[number];

/** What came of many calls over one path. */
export interface Soak {
  readonly path: Path;
  readonly concurrency: number;
  /** Before the first call, then after each quarter, then after the server closed what was idle. */
  readonly rests: readonly Rest[];
  /** Connections the server had open at each of those moments. */
  readonly sockets: readonly number[];
  /** Bytes per call that the heap grew by between the first quarter and the last. */
  readonly slope: number;
  readonly leaks: readonly string[];
}

function child(file: string, ...args: string[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { execArgv: ["--expose-gc", "--no-warnings"] });
}

/** Asks a process something, if anything, and waits for its word; rejects if it dies instead. */
async function ask<T>(process: ChildProcess, wish?: string): Promise<T> {
  const abort = new AbortController();
  const died = once(process, "exit", { signal: abort.signal }).then(([code]) => {
    throw new Error(`a process of the soak died (${code})`);
  });
  died.catch(() => {});
  const answer = once(process, "message");
  if (wish) process.send(wish);
  const [said] = (await Promise.race([answer, died])) as [T];
  abort.abort();
  return said;
}

/** Makes `calls` calls over one path, `concurrency` at a time, and looks at what is left of them. */
export async function soak(path: Path, calls: number, concurrency: number): Promise<Soak> {
  const server = child("server.ts");
  const port = await ask<number>(server);
  const quarter = `${Math.ceil(calls / 4)}`;
  const worker = child("worker.ts", path, `http://127.0.0.1:${port}/v1`, quarter, `${concurrency}`);
  try {
    await ask(worker);
    const rests: Rest[] = [await ask<Rest>(worker, "look")];
    const sockets: number[] = [await ask<number>(server, "count")];
    for (let turn = 0; turn < 4; turn++) {
      rests.push(await ask<Rest>(worker, "go"));
      sockets.push(await ask<number>(server, "count"));
    }
    await ask(server, "close idle");
    await sleep(500);
    rests.push(await ask<Rest>(worker, "look"));
    sockets.push(await ask<number>(server, "count"));
    const slope = slopeOf(rests.slice(1, 5));
    return { path, concurrency, rests, sockets, slope, leaks: leaksOf(rests, sockets, concurrency) };
  } finally {
    worker.kill();
    server.kill();
  }
}
