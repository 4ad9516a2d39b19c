import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SubjectName } from "../clients/index.ts";
import { startServer } from "../faults/child.ts";
import { type Row, runClient } from "../faults/run.ts";
import { scenarios } from "../faults/scenarios/index.ts";

/** Numbers of all scenarios but those that need the machine for themselves. Those that count sockets share with nobody. */
const quick = (counted: boolean): number[] =>
  scenarios.flatMap(({ solo, group }, number) => (solo || (group === "load") !== counted ? [] : [number]));

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function run(
  client: SubjectName,
  numbers: readonly number[],
  lanes: number,
  label: string,
): Promise<Row[]> {
  const rows: Row[] = [];
  await runClient({ client, numbers, workers: 1, lanes, label }, server, (row) => rows.push(row));
  return rows;
}

/** On a busy machine a short time can pass unnoticed, on either side: what was not good gets a second chance, alone. */
async function notGood(client: SubjectName): Promise<Row[]> {
  const many = quick(false);
  const few = quick(true);
  const rows = (await Promise.all([run(client, many, 16, client), run(client, few, 1, client)])).flat();
  expect(rows).toHaveLength(many.length + few.length);
  const poor = rows.filter(({ verdict }) => verdict !== "good");
  for (const { name, why } of poor) console.warn(`${client}, ${name}, again: ${why.join("; ")}`);
  const numbers = poor.map(({ number }) => number);
  const again = await run(client, numbers, 1, `again-${client}`);
  return again.filter(({ verdict }) => verdict !== "good");
}

describe("faults", () => {
  test.concurrent.each(["convo-fetch", "convo-undici"] as const)(
    "%s handles every one",

    async (client) => {
      expect(await notGood(client)).toEqual([]);
    },
  );

  test("the rules find a client that does not", async () => {
    const name = "404 with nothing";
    const number = scenarios.findIndex((scenario) => scenario.name === name);
    const [row] = await run("openapi-fetch", [number], 1, "openapi-fetch");
    expect(row).toMatchObject({ name, verdict: "bad", why: ["wrong result: undefined"] });
  });
});
