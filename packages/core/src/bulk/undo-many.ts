import { invalidArgument } from "../errors.ts";
import type { UpdateResult } from "../types/update.ts";
import { type JournalStore, type Reversal, reversalsOf } from "./journal.ts";
import { runInOrder } from "./schedule.ts";
import type { Account, RunOptions } from "./targets.ts";
import { type Known, planUndo, reversalOfResult, type UndoResult, undoOne } from "./undo.ts";

/**
 * Undoes a bulk run, newest update first, or a single update; under `dryRun` it says what that would restore.
 *
 * @param target name of the provider, or `all`
 * @param what the journal of the run, or the result of an update
 */
export async function* undoAll(
  target: string,
  accounts: Readonly<Record<string, Account>>,
  what: JournalStore | UpdateResult,
  options: RunOptions,
): AsyncGenerator<UndoResult, void, undefined> {
  const { read, diff } = Object(what) as { read?: unknown; diff?: unknown };
  if (typeof read !== "function" && diff === undefined)
    throw invalidArgument(target, "what", "give the journal of a run, or the result of an update");
  const accountOf = (name: string): Account | undefined =>
    Object.hasOwn(accounts, name) ? accounts[name] : undefined;
  const reversals =
    "diff" in what ? [reversalOfResult(what, accountOf(what.provider))] : reversalsOf(what, target);
  const keyOf = ({ provider, id }: Reversal): string => JSON.stringify([provider, id]);
  /** Under `dryRun`: conversations as the undos before would leave them. */
  const planned = new Map<string, Known>();
  try {
    yield* runInOrder<Reversal, UndoResult>(reversals, {
      concurrency: options.concurrency ?? 32,
      signal: options.signal,
      keysOf: (reversal) => [keyOf(reversal)],
      async work(reversal) {
        const account = accountOf(reversal.provider);
        if (!account) {
          const error = invalidArgument(
            "convo",
            reversal.provider,
            `${reversal.provider} is not a provider of this undo`,
          );
          return { provider: reversal.provider, id: reversal.id, status: "failed", kept: [], error };
        }
        if (!options.dryRun) return undoOne(account, reversal);
        const key = keyOf(reversal);
        const { result, known } = await planUndo(account, reversal, planned.get(key));
        if (known) planned.set(key, known);
        return result;
      },
    });
  } finally {
    for (const account of Object.values(accounts)) account.close();
  }
}
