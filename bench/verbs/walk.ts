import { isConvoError } from "@convo/core";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { type Connected, connectAll, create, filterOf, type Id, VENDORS, type Vendor } from "./at.ts";

/** What one vendor's conversations became while another writer created and deleted. */
export interface WalkRow {
  readonly part: "walk";
  readonly vendor: Vendor;
  readonly conversations: number;
  /** Made by the other writer, and deleted by it: some of its own, some of ours. */
  readonly othersCreated: number;
  readonly othersDeleted: number;
  /** Conversations there all the time that the list, or the catalogue where there is none, left out. */
  readonly skipped: number;
  readonly twice: number;
  /** Of one group of ten: found though of another, or not found. */
  readonly wrongFiltered: number;
  readonly exported: number;
  readonly gone: number;
  readonly hidden: number;
  readonly notFound: number;
  /** Entries of the receipt that say something else than the store. */
  readonly wrong: number;
  readonly seconds: number;
  readonly goal: "met" | "missed";
}

const GROUPS = 10;

/** Lists, filters, exports and erases at one vendor, over HTTP. */
export async function runWalk(vendor: Vendor, conversations: number): Promise<WalkRow> {
  const sandbox = createSandbox({ datagrid: { rateLimit: 1_000_000 } });
  try {
    await sandbox.listen();
    return await walk(sandbox, vendor, conversations);
  } finally {
    await sandbox.close();
  }
}

/** All vendors, one after the other. */
export async function runWalks(conversations: number): Promise<WalkRow[]> {
  const rows: WalkRow[] = [];
  for (const vendor of VENDORS) rows.push(await runWalk(vendor, conversations));
  return rows;
}

/** The calls of one vendor whose types differ by vendor. */
const handleOf = ({ convo }: Connected, vendor: Vendor) =>
  convo[vendor] as unknown as {
    list(options?: object): AsyncIterable<{ id: Id }>;
    delete(id: Id): Promise<unknown>;
    export(id: Id): Promise<{ source: { id: Id } }>;
  };

async function walk(sandbox: Sandbox, vendor: Vendor, conversations: number): Promise<WalkRow> {
  const begun = performance.now();
  const ours = connectAll(sandbox.env());
  const handle = handleOf(ours, vendor);
  const groupOf = new Map<Id, string>();
  await inParallel(conversations, async (n) => {
    const group = `group ${n % GROUPS}`;
    groupOf.set((await create[vendor](ours.convo, group, `ours-${n}`)).id, group);
  });
  const others = startWriter(sandbox, vendor, [...groupOf.keys()]);

  const listed = await idsOf(find(ours, vendor));
  const stable = [...groupOf.keys()].filter((id) => !others.deleted.has(id));
  const skipped = stable.filter((id) => !listed.includes(id)).length;
  const twice = listed.length - new Set(listed).size;

  const found = await idsOf(find(ours, vendor, filterOf(vendor, "group 3")));
  const wrongFiltered =
    found.filter((id) => groupOf.has(id) && groupOf.get(id) !== "group 3").length +
    [...groupOf].filter(
      ([id, group]) => group === "group 3" && !others.deleted.has(id) && !found.includes(id),
    ).length;

  const ids = [...groupOf.keys()];
  let exported = 0;
  await inParallel(ids.length, async (n) => {
    const id = ids[n] as Id;
    try {
      if ((await handle.export(id)).source.id === id) exported += 1;
    } catch (error) {
      if (!isConvoError(error) || error.kind !== "not_found" || !others.deleted.has(id)) throw error;
    }
  });

  const receipt = await ours.convo.all.erase({ [vendor]: ids } as never, { limit: ids.length });
  await others.stop();
  const count = (outcome: string): number =>
    receipt.entries.filter((entry) => entry.outcome === outcome).length;
  const wrong = receipt.entries.filter(({ id, outcome }) => !agrees(sandbox, vendor, id, outcome)).length;
  const whole = receipt.entries.length === ids.length && receipt.finishedAt !== undefined;
  const good = skipped + twice + wrongFiltered + wrong === 0 && whole;
  return {
    part: "walk",
    vendor,
    conversations,
    othersCreated: others.created(),
    othersDeleted: others.deleted.size,
    skipped,
    twice,
    wrongFiltered,
    exported,
    gone: count("gone"),
    hidden: count("hidden"),
    notFound: count("not_found"),
    wrong,
    seconds: (performance.now() - begun) / 1000,
    goal: good ? "met" : "missed",
  };
}

/** Whether the store has what a receipt says of a conversation. */
export function agrees(sandbox: Sandbox, vendor: Vendor, id: Id | null, outcome: string): boolean {
  const row = id === null ? undefined : (sandbox.read(vendor, id) as { is_deleted?: boolean } | undefined);
  if (outcome === "hidden") return row?.is_deleted === true;
  return (outcome === "gone" || outcome === "not_found") && row === undefined;
}

/** The vendor's list, or the catalogue where there is none. */
function find(connected: Connected, vendor: Vendor, filter?: object): AsyncIterable<{ id: Id }> {
  if (vendor === "openai") return connected.catalogue.find({ provider: vendor, ...(filter && { filter }) });
  return handleOf(connected, vendor).list(filter && { filter, scan: true });
}

async function idsOf(rows: AsyncIterable<{ id: Id }>): Promise<Id[]> {
  const ids: Id[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

/** Somebody else: creates, deletes most of what it created, and now and then one of ours. */
function startWriter(sandbox: Sandbox, vendor: Vendor, targets: readonly Id[]) {
  const others = connectAll(sandbox.env());
  const handle = handleOf(others, vendor);
  const deleted = new Set<Id>();
  let created = 0;
  let stopped = false;
  const run = async (): Promise<void> => {
    const own: Id[] = [];
    while (!stopped) {
      own.push((await create[vendor](others.convo, "group 3", `others-${created}`)).id);
      created += 1;
      const target = created % 10 === 0 ? targets[(created * 7) % targets.length] : own.shift();
      if (target === undefined || deleted.has(target)) continue;
      // Before the delete: from here on it may be missing.
      deleted.add(target);
      await handle.delete(target).catch((error) => {
        if (!isConvoError(error) || error.kind !== "not_found") throw error;
      });
    }
  };
  const running = run();
  return {
    deleted,
    created: () => created,
    stop() {
      stopped = true;
      return running;
    },
  };
}

/** Does something as many times as said, some at once. */
async function inParallel(times: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < times; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
