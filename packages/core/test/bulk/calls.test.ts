/** The options of calls that a run is given (key, address, times) hold for every request of it: reads as well as writes. */
import { expect, onTestFinished, test } from "vitest";
import { createConvo, letta, memoryJournal } from "../../src/index.ts";
import { all } from "../sandboxed.ts";
import { serve } from "../server.ts";

/** A vendor with one conversation. */
async function account(summary: string) {
  const stored: Record<string, unknown> = { id: "conv-1", agent_id: "agent-1", summary };
  const server = await serve(({ method, body }) => {
    if (method !== "GET") Object.assign(stored, body);
    return { body: stored };
  });
  onTestFinished(() => server.close());
  return { ...server, stored };
}

/** A provider of one account, and another one that calls may go to. */
async function twoAccounts() {
  const [usual, tenant] = [await account("of the usual one"), await account("of the tenant")];
  const convo = createConvo({ letta: letta({ apiKey: "usual", baseUrl: usual.baseUrl }) });
  return { convo, usual, tenant, options: { apiKey: "tenant", baseUrl: tenant.baseUrl } };
}

const lines = [{ id: "conv-1", changes: { summary: "new" } }];

test("a run of another account reads there what it writes down", async () => {
  const { convo, usual, tenant, options } = await twoAccounts();
  const journal = memoryJournal();
  await convo.letta.updateMany(lines, { ...options, journal }).finish();
  expect(tenant.seen.map(({ method }) => method)).toEqual(["GET", "PATCH"]);
  expect([...(journal.read() as string[])].join("\n")).toContain("of the tenant");

  const [planned] = await all(convo.letta.undo(journal, { ...options, dryRun: true }));
  expect(planned).toMatchObject({
    status: "planned",
    restores: [{ path: "summary", before: "new", after: "of the tenant" }],
  });
  const [undone] = await all(convo.letta.undo(journal, options));
  expect(undone).toMatchObject({ status: "restored" });
  expect(tenant.stored.summary).toBe("of the tenant");
  expect(usual.seen).toEqual([]);
});

test("several vendors likewise", async () => {
  const { convo, usual, tenant, options } = await twoAccounts();
  const journal = memoryJournal();
  const both = [{ ids: { letta: "conv-1" }, changes: { summary: "new" } }];
  await convo.all.updateMany(both, { ...options, journal }).finish();
  const [undone] = await all(convo.all.undo(journal, options));
  expect(undone).toMatchObject({ status: "restored" });
  expect([usual.seen, tenant.stored.summary]).toEqual([[], "of the tenant"]);
});

test("how often a request is sent again holds for the reads of a run and of its undo", async () => {
  const server = await serve(() => ({ status: 503, body: {} }));
  onTestFinished(() => server.close());
  const convo = createConvo({ letta: letta({ apiKey: null, baseUrl: server.baseUrl }) });
  const journal = memoryJournal();
  const entry = { line: 1, provider: "letta", id: "conv-1", before: {}, after: { fields: { summary: "x" } } };
  await journal.append(
    [{ journal: "convo-bulk", version: 1, target: "letta" }, entry].map((each) => JSON.stringify(each)),
  );
  for (const dryRun of [true, false]) {
    server.seen.length = 0;
    const [failed] = await all(convo.letta.undo(journal, { maxRetries: 0, dryRun }));
    expect([failed?.status, server.seen.length]).toEqual(["failed", 1]);
  }
});

test("a pace of the caller's own is kept by the run", async () => {
  const { convo, options } = await twoAccounts();
  const journal = memoryJournal();
  const begun: string[] = [];
  const beforeAttempt = ({ kind }: { kind: string }): void => void begun.push(kind);
  await convo.letta.updateMany(lines, { ...options, journal, beforeAttempt }).finish();
  expect(begun).toEqual(["read", "update"]);
  await all(convo.letta.undo(journal, { ...options, beforeAttempt }));
  expect(begun).toEqual(["read", "update", "read", "read", "update"]);
});
