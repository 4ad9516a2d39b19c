import { ask, start } from "../child.ts";

/** A filter over every row of a list. */
export interface ScanRow {
  readonly part: "scan";
  readonly rows: number;
  readonly scanned: number;
  readonly found: number;
  /** The heap without garbage after a tenth of the pages, and after all. */
  readonly heapAtTenth: number;
  readonly heapAtEnd: number;
  readonly rowsPerSecond: number;
  readonly goal: "met" | "missed";
}

const SERVER = new URL("./scan-server.ts", import.meta.url).pathname;
const PROGRAM = new URL("./scan-run.ts", import.meta.url).pathname;

/** Scans a list of so many rows, in a process of its own, from a server that makes them up. One row in a thousand is asked for. */
export async function runScan(rows: number): Promise<ScanRow> {
  const server = start(SERVER, String(rows));
  try {
    const origin = await ask<string>(server);
    const child = start(PROGRAM, origin, String(rows));
    const told = await ask<Pick<ScanRow, "scanned" | "found" | "heapAtTenth" | "heapAtEnd"> & { ms: number }>(
      child,
    );
    const { ms, ...facts } = told;
    const flat = facts.heapAtEnd - facts.heapAtTenth < 2;
    const whole = facts.scanned === rows && facts.found === Math.ceil(rows / 1000);
    const rowsPerSecond = (rows * 1000) / ms;
    return { part: "scan", rows, ...facts, rowsPerSecond, goal: flat && whole ? "met" : "missed" };
  } finally {
    server.disconnect();
  }
}
