import pg from "pg";
import { freshQueue } from "./load.ts";

/** What it costs to take wake-ups when many wait. */
export interface DepthRow {
  readonly part: "depth";
  readonly waiting: number;
  /** Milliseconds to take and claim a hundred, median. */
  readonly takeMs: number;
  readonly ratio: number;
  readonly goal: "met" | "missed" | "none";
}

const ROUNDS = 7;
const BATCH = 100;

/** Takes with few and with many conversations waiting. */
export async function runDepth(database: string, few: number, many: number): Promise<DepthRow[]> {
  const { startEngine } = await import("../../packages/queue/src/engine.ts");
  const { openDatabase } = await import("../../packages/queue/src/database.ts");
  const { Patches } = await import("../../packages/queue/src/patches.ts");
  await (await freshQueue(database, 30)).close();
  const db = await openDatabase(database, 4);
  const engine = await startEngine(db, {
    schema: "convo_boss",
    supervise: false,
    heartbeatSeconds: 30,
    onError: () => {},
  });
  const patches = new Patches("convo");
  const rows: DepthRow[] = [];
  try {
    let waiting = 0;
    for (const depth of [few, many]) {
      await fill(database, waiting, depth);
      waiting = depth;
      const times: number[] = [];
      for (let n = 0; n < ROUNDS; n++) {
        const begun = performance.now();
        const wakeups = await engine.take(BATCH);
        await patches.claim(db, wakeups, crypto.randomUUID(), "bench");
        times.push(performance.now() - begun);
        await engine.finish(wakeups);
      }
      const takeMs = times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
      const ratio = takeMs / (rows[0]?.takeMs ?? takeMs);
      rows.push({
        part: "depth",
        waiting: depth,
        takeMs,
        ratio,
        goal: rows.length === 0 ? "none" : ratio <= 3 ? "met" : "missed",
      });
    }
  } finally {
    await engine.stop();
    await db.close();
  }
  return rows;
}

/** Patches and wake-ups of conversations `from` to `to`, as `enqueue` would write them, in two statements. */
async function fill(database: string, from: number, to: number): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query(
    `insert into convo.patch (account, conversation, changes, keys)
     select 'openai', to_json('conv_' || n)::text, '{"metadata":{"topic":"x"}}', '{metadata.topic}' from generate_series($1::int, $2::int) n`,
    [from, to - 1],
  );
  await client.query(
    `insert into convo_boss.job (name, singleton_key, policy, heartbeat_seconds)
     select 'convo-wakeup', '["openai",' || to_json(to_json('conv_' || n)::text)::text || ']', 'stately', 30
     from generate_series($1::int, $2::int) n`,
    [from, to - 1],
  );
  await client.query("analyze convo.patch; analyze convo_boss.job");
  await client.end();
}
