import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgres, type Server, startPostgres } from "../../packages/queue/test/postgres.ts";
import { runDepth } from "../queue/depth.ts";
import { runKills } from "../queue/kills.ts";
import { runSharedLimit } from "../queue/shared-limit.ts";
import { runFifo, runThroughput } from "../queue/throughput.ts";
import { randomFrom } from "../random.ts";

const bin = findPostgres();

describe.skipIf(!bin)("the queue's bench on a Postgres server", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startPostgres(bin as string, false);
  });
  afterAll(() => server.stop());

  test("several processes: in order, one at a time, few writes", async () => {
    const load = { processes: 2, patches: 200, conversations: 40 };
    const row = await runThroughput(server.url, load);
    expect(row).toMatchObject({ outOfOrder: 0, overlapping: 0, wrong: 0 });
    expect(row.vendorWrites).toBeLessThanOrEqual(80);
    expect(await runFifo(server.url, { processes: 1, patches: 20, conversations: 10 }, 30_000)).toMatchObject(
      {
        vendorWrites: 20,
      },
    );
  });

  test("killed and frozen workers: nothing wrong, nothing late", async () => {
    const row = await runKills(server.url, 120, 30, 2, randomFrom(3));
    expect(row).toMatchObject({ wrong: 0, startedAfterLoss: 0 });
  });

  test("a shared limit and deep queues", async () => {
    const shared = await runSharedLimit(server.url, 2, 50, 2);
    expect(shared.measuredPerSecond).toBeGreaterThan(0);
    expect(await runDepth(server.url, 200, 1000)).toHaveLength(2);
  });
});
