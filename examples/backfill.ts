/**
 * A nightly backfill: `node examples/backfill.ts topics.csv` sets the topic of every conversation of a CSV file (`id,topic`), of any length.
 * Run it again after a crash: the journal beside the file says where to go on.
 */
import { createReadStream } from "node:fs";
import { type BulkProgress, createConvo, openai } from "@convo/core";
import { fileJournal } from "@convo/core/journal";
import { parse } from "csv-parse";

async function* linesOf(file: string) {
  const rows: AsyncIterable<{ id: string; topic: string }> = createReadStream(file).pipe(
    parse({ columns: true }),
  );
  for await (const { id, topic } of rows) yield { id, changes: { metadata: { topic } } };
}

/** Updates every row of the file; `report` receives each row that failed. Resolves to the numbers. */
export async function backfill(file: string, report: (text: string) => void): Promise<BulkProgress> {
  const convo = createConvo({ openai: openai() });
  const journal = fileJournal(`${file}.journal`);
  try {
    const run = convo.openai.updateMany(linesOf(file), { journal, source: file });
    for await (const result of run)
      if (result.status === "failed") report(`row ${result.line}: ${(result.error as Error).message}`);
    return run.progress();
  } finally {
    await journal.close();
  }
}

if (import.meta.main) {
  const { updated, unchanged, failed, resumed } = await backfill(
    process.argv[2] ?? "topics.csv",
    console.error,
  );
  console.log(`${updated} updated, ${unchanged} unchanged, ${failed} failed, ${resumed} done before`);
  process.exitCode = failed > 0 ? 1 : 0;
}
