import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Write } from "../limited/server.ts";
import { openVendor } from "../limited/vendor.ts";
import { countWrong, end, freshQueue, patchesOf, startWorkers, untilDone } from "./load.ts";

/** Workers that are killed, and one that is frozen for longer than the heartbeat. */
export interface KillsRow {
  readonly part: "kills";
  readonly patches: number;
  readonly conversations: number;
  readonly killed: number;
  readonly frozen: number;
  /** Keys of final documents that are not right. */
  readonly wrong: number;
  /** Writes that a worker began after it had lost its claim. */
  readonly startedAfterLoss: number;
  readonly vendorWrites: number;
  readonly seconds: number;
  readonly goal: "met" | "missed";
}

const HEARTBEAT_SECONDS = 10;

/** Enqueues while workers are killed and replaced, and one is stopped and continued. */
export async function runKills(
  database: string,
  patches: number,
  conversations: number,
  kills: number,
  random: () => number,
): Promise<KillsRow> {
  const queue = await freshQueue(database, HEARTBEAT_SECONDS);
  await recordClaims(database);
  const vendor = await openVendor(40);
  const options = { concurrency: 8, heartbeatSeconds: HEARTBEAT_SECONDS };
  const begun = performance.now();
  const spawn = async () => {
    const [worker] = await startWorkers(1, database, vendor, options);
    worker?.send("go");
    return worker as NonNullable<typeof worker>;
  };
  const workers = await Promise.all([spawn(), spawn(), spawn()]);
  try {
    await vendor.set({ kind: "none", requests: 0, perMs: 1 });
    const all = [...patchesOf(patches, conversations)];
    const [early, late] = [all.slice(0, patches / 2), all.slice(patches / 2)];
    await queue.enqueueMany("openai" as never, early as never);
    // Frozen in the middle of its work, until others have taken its conversations over.
    await pause(200 + random() * 300);
    const frozen = workers[0] as (typeof workers)[number];
    frozen.kill("SIGSTOP");
    const enqueuing = queue.enqueueMany("openai" as never, late as never);
    for (let n = 0; n < kills; n++) {
      await pause(100 + random() * 600);
      const at = 1 + (n % 2);
      await end([workers[at] as (typeof workers)[number]]);
      workers[at] = await spawn();
    }
    await enqueuing;
    await untilDone(queue, 300_000);
    frozen.kill("SIGCONT");
    // What it still sends, and what that makes the others do again.
    await pause(3000);
    await untilDone(queue, 60_000);
    await pause(1000);
    const { writes } = await vendor.report();
    const wrong = countWrong(await vendor.documents(), patches, conversations);
    const startedAfterLoss = await countLate(database, await vendor.writes());
    return {
      part: "kills",
      patches,
      conversations,
      killed: kills,
      frozen: 1,
      wrong,
      startedAfterLoss,
      vendorWrites: writes,
      seconds: (performance.now() - begun) / 1000,
      goal: wrong === 0 && startedAfterLoss === 0 ? "met" : "missed",
    };
  } finally {
    await end(workers);
    vendor.stop();
    await queue.close();
  }
}

/** Writes down every claim that is made, since the patches know only their last. */
async function recordClaims(database: string): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query(`
    create table convo.bench_claim (conversation text, worker text, at timestamptz);
    create function convo.bench_record() returns trigger language plpgsql as $$ begin
      insert into convo.bench_claim values (new.conversation, new.worker, new.claimed_at); return null;
    end $$;
    create trigger bench_record after update of claim on convo.patch for each row
      when (new.claim is distinct from old.claim and new.claim is not null) execute function convo.bench_record()`);
  await client.end();
}

/** Writes that a process began when another one had made the last claim of the conversation. All clocks are this machine's. */
async function countLate(database: string, writes: readonly Write[]): Promise<number> {
  const client = new pg.Client(database);
  await client.connect();
  const { rows } = await client.query<{ id: string; pid: string; from: number }>(
    `select distinct conversation::json #>> '{}' as id, split_part(worker, ':', 2) as pid,
       (extract(epoch from at) * 1000)::float8 as "from" from convo.bench_claim order by "from"`,
  );
  await client.end();
  const claims = new Map<string, typeof rows>();
  for (const row of rows) claims.set(row.id, [...(claims.get(row.id) ?? []), row]);
  return writes.filter(({ id, worker, begun }) => {
    const holder = claims.get(id)?.findLast(({ from }) => from < begun);
    return holder?.pid !== worker;
  }).length;
}
