// Many conversations: lines as the vendor takes them, results, progress, journals and undo.
import {
  type AllLine,
  type BulkLine,
  type BulkOptions,
  type BulkProgress,
  type BulkResult,
  type BulkRun,
  createConvo,
  datagrid,
  type JournalStore,
  type LimiterState,
  letta,
  memoryJournal,
  openai,
  type RestoredValue,
  type UndoOptions,
  type UndoResult,
  type UpdateResult,
} from "@convo/core";
import { fileJournal, lockFile } from "@convo/core/journal";
import { expectTypeOf } from "expect-type";

const providers = { openai: openai(), datagrid: datagrid(), letta: letta() };
const convo = createConvo(providers);
const journal: JournalStore = memoryJournal();
const undoing: UndoOptions = { concurrency: 2, dryRun: true };
expectTypeOf<UndoResult["restores"]>().toEqualTypeOf<readonly RestoredValue[] | undefined>();
const options: BulkOptions = { concurrency: 8, journal, source: "a.jsonl", dryRun: false, total: 3 };

const run = convo.openai.updateMany([{ id: "conv_1", changes: { metadata: { topic: "x" } } }], options);
expectTypeOf(run).toExtend<AsyncIterable<{ line: number; status: string }>>();
expectTypeOf(run.progress()).toEqualTypeOf<BulkProgress>();
expectTypeOf(run.finish()).toEqualTypeOf<Promise<BulkProgress>>();
expectTypeOf<BulkProgress["limits"][string]>().toEqualTypeOf<LimiterState>();
expectTypeOf<BulkRun>().toExtend<AsyncIterable<BulkResult<UpdateResult>>>();

async function read(): Promise<void> {
  for await (const result of run) {
    if (result.status === "failed") expectTypeOf(result.again).toEqualTypeOf<boolean>();
    else if (result.status === "updated") expectTypeOf(result.result).toExtend<UpdateResult>();
    expectTypeOf(result.input.id).toEqualTypeOf<string>();
  }
  for await (const undone of convo.openai.undo(journal, undoing))
    expectTypeOf(undone).toEqualTypeOf<UndoResult>();
  convo.openai.undo(await convo.openai.update("conv_1", { metadata: { a: "1" } }));
  convo.all.undo(fileJournal("run.journal"));
  await fileJournal("run.journal").close();
  const unlock = await lockFile("run.journal");
  await unlock();
}
void read;

// @ts-expect-error Letta has no metadata.
convo.letta.updateMany([{ id: "c", changes: { metadata: { a: "1" } } }]);
// @ts-expect-error a line has an id
convo.openai.updateMany([{ changes: { metadata: { a: "1" } } }]);
const line: BulkLine<string, { name: string }> = { id: "c", changes: { name: "x" } };
convo.datagrid.updateMany([line]);
convo.all.updateMany([
  { ids: { openai: "conv_1", datagrid: "cnv_1" }, changes: {}, overrides: { datagrid: { name: "x" } } },
]);
const everywhere: AllLine<typeof providers, { openai: string }> = {
  ids: { openai: "conv_1" },
  changes: { metadata: { a: "1" } },
};
convo.all.updateMany([everywhere]);
// @ts-expect-error Letta has no metadata.
convo.all.updateMany([{ ids: { letta: "c" }, changes: { metadata: { a: "1" } } }]);
