import { type ConvoError, isConvoError } from "@convo/client";
import type { Calls } from "./calls.ts";
import type { Look, Seen } from "./exchange.ts";
import { changedAt, type Reading } from "./from-wire.ts";
import { unchecked } from "./outcome-errors.ts";
import type { Provider } from "./provider.ts";
import { settleTime } from "./settling.ts";
import { waitBefore } from "./turned-away.ts";

const MAX_LOOKS = 3;
const BACKOFF_MS = 25;

/**
 * Waits, then reads: waiting comes before the look, never between it and the next write, so that what was seen is not old.
 *
 * @param judge what to make of a look; if it is of an old copy, as one of several servers may hold it, there is another, up to three
 */
export async function lookAgain<T extends { readonly isOld: boolean }>(
  calls: Calls,
  round: number,
  failure: ConvoError | undefined,
  judge: (seen: Seen) => T,
): Promise<T> {
  const unsent = failure && !failure.outcome;
  const ms = failure ? (unsent ? waitBefore(calls, failure, round) : backoff(round)) : settleTime(calls);
  if (ms === undefined) throw failure;
  await calls.wait(ms);
  try {
    for (let looks = 1; ; looks++) {
      const judged = judge(await calls.read("verify"));
      if (looks === MAX_LOOKS || !judged.isOld) return judged;
      await calls.wait(backoff(looks));
    }
  } catch (error) {
    if (failure || !isConvoError(error)) throw failure ?? error;
    throw unchecked(calls, error);
  }
}

/**
 * Whether a look is older than a write, by the vendor's own times: the answer to the write, or else the read before it, tells
 * a later one, or none that a write in between has moved. False where the vendor tells none.
 */
export function isOlder(
  provider: Provider,
  seen: Reading,
  answer: Look | undefined,
  before: Reading | undefined,
): boolean {
  const shown = changedAt(provider, seen);
  if (answer?.reading) return shown < changedAt(provider, answer.reading);
  const earlier = changedAt(provider, before);
  return answer ? shown <= earlier : shown < earlier;
}

const backoff = (times: number): number => BACKOFF_MS * 2 ** times * (1 + Math.random() / 2);
