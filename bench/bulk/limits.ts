import { ask, start } from "../child.ts";
import { type Limit, type LimitKind, optimumMs } from "../limited/limit.ts";
import { openVendor } from "../limited/vendor.ts";

/** How one client did against one kind of limit. */
export interface LimitsRow {
  readonly part: "limits";
  readonly limit: LimitKind;
  readonly client: string;
  readonly before: number;
  readonly after: number;
  readonly updates: number;
  readonly seconds: number;
  readonly optimumSeconds: number;
  readonly ratio: number;
  readonly failed: number;
  /** Updates whose write did not reach the vendor. */
  readonly missing: number;
  readonly refused: number;
  /** Share of the requests that were refused. */
  readonly refusedShare: number;
  readonly cpuSeconds: number;
  readonly goal: "met" | "missed" | "none";
}

/** What a round is made of. */
export interface LimitsLoad {
  readonly updates: number;
  /** Requests within `perMs`, about; drawn at random by up to 15 %, once at the start and once midway. */
  readonly requests: number;
  readonly perMs: number;
  readonly latencyMs: number;
  readonly random: () => number;
}

const OURS = "convo updateMany";
const SLACK: Readonly<Record<LimitKind, number>> = {
  window: 1.03,
  "silent window": 1.1,
  bucket: 1.03,
  none: 1,
};

/** Runs clients, one after the other, against one kind of limit; all meet the same. */
export async function runLimits(
  kind: LimitKind,
  clients: readonly string[],
  load: LimitsLoad,
): Promise<LimitsRow[]> {
  const { updates, perMs, latencyMs, random } = load;
  const draw = (): Limit => ({ kind, perMs, requests: Math.round(load.requests * (0.85 + random() * 0.3)) });
  const [before, after] = [draw(), draw()];
  const vendor = await openVendor(latencyMs);
  const rows: LimitsRow[] = [];
  try {
    for (const client of clients) {
      await vendor.set(before, after, updates);
      const args = [vendor.baseUrl, client, updates, before.requests, perMs].map(String);
      const child = start(new URL("./client.ts", import.meta.url).pathname, ...args);
      const { ms, failed, cpuMs } = await ask<{ ms: number; failed: number; cpuMs: number }>(child);
      const { requests, refused } = await vendor.report();
      const missing =
        updates - Object.values(await vendor.documents()).filter(({ done }) => done === "1").length;
      // A merge is a read and a write.
      const optimum = optimumMs(before, updates * 2, after, updates) + 2 * latencyMs;
      const [ratio, refusedShare] = [ms / optimum, refused / requests];
      const good = failed === 0 && missing === 0 && ratio <= SLACK[kind] && refusedShare <= 0.01;
      rows.push({
        part: "limits",
        limit: kind,
        client,
        before: before.requests,
        after: after.requests,
        updates,
        seconds: ms / 1000,
        optimumSeconds: optimum / 1000,
        ratio,
        failed,
        missing,
        refused,
        refusedShare,
        cpuSeconds: cpuMs / 1000,
        goal: client !== OURS ? "none" : good ? "met" : "missed",
      });
    }
  } finally {
    vendor.stop();
  }
  return rows;
}
