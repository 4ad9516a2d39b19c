import type { ChildProcess } from "node:child_process";
import { ask, start } from "../child.ts";
import type { Limit } from "./limit.ts";
import type { Report, Wish, Write } from "./server.ts";

/** The limited vendor, in a process of its own. */
export interface Vendor {
  readonly baseUrl: string;
  /** Sets a limit, forgets everything; after `changeAt` grants the limit is `later`. */
  set(limit: Limit, later?: Limit, changeAt?: number): Promise<void>;
  report(): Promise<Report>;
  documents(): Promise<Record<string, Record<string, string>>>;
  writes(): Promise<Write[]>;
  stop(): void;
}

/** Starts the vendor. */
export async function openVendor(latencyMs: number): Promise<Vendor> {
  const child: ChildProcess = start(new URL("./server.ts", import.meta.url).pathname, String(latencyMs));
  const port = await ask<number>(child);
  const wish = <T>(what: Wish): Promise<T> => ask<T>(child, what);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    set: async (limit, later, changeAt) => {
      await wish({ limit, ...(later && { later }), ...(changeAt !== undefined && { changeAt }) });
    },
    report: () => wish({ report: true }),
    documents: () => wish({ documents: true }),
    writes: () => wish({ writes: true }),
    stop: () => void child.kill(),
  };
}
