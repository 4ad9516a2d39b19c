import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, start } from "../child.ts";
import { leaksOf, slopeOf } from "./leaks.ts";
import type { Rest } from "./worker.ts";

/** The two ways to the network. */
export const PATHS = ["web fetch", "undici"] as const;
export type Path = (typeof PATHS)[number];

/** The results of many calls over one path. */
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

/** Makes `calls` calls over one path, `concurrency` at a time, and looks at what is left of them. */
export async function soak(path: Path, calls: number, concurrency: number): Promise<Soak> {
  const file = (name: string): string => join(import.meta.dirname, name);
  const server = start(file("server.ts"));
  const port = await ask<number>(server);
  const quarter = `${Math.ceil(calls / 4)}`;
  const worker = start(file("worker.ts"), path, `http://127.0.0.1:${port}/v1`, quarter, `${concurrency}`);
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
