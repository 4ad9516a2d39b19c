import { loadPart } from "../errors.ts";
import type { BulkProgress, BulkRun } from "./bulk.ts";

/** The one door to bulk runs: what is behind it is loaded at the first use, so that bundlers keep it apart. */

type Loaded = typeof import("./bulk.ts") & typeof import("./targets.ts") & typeof import("./undo-many.ts");

const load = async (): Promise<Loaded> => ({
  ...(await loadPart("convo", import("./bulk.ts"))),
  ...(await loadPart("convo", import("./targets.ts"))),
  ...(await loadPart("convo", import("./undo-many.ts"))),
});

/** A bulk run that is made when it is read. */
export function lazyRun<Result, Line>(
  make: (loaded: Loaded) => Promise<BulkRun<Result, Line>>,
): BulkRun<Result, Line> {
  let run: BulkRun<Result, Line> | undefined;
  let making: Promise<BulkRun<Result, Line>> | undefined;
  const started = (): Promise<BulkRun<Result, Line>> => {
    making ??= load().then(make);
    return making;
  };
  return {
    async *[Symbol.asyncIterator]() {
      run = await started();
      yield* run;
    },
    progress: () => run?.progress() ?? NOTHING,
    async finish() {
      run = await started();
      return run.finish();
    },
  };
}

/** An undo that is begun when it is read. */
export async function* lazyUndo<Result>(
  make: (loaded: Loaded) => AsyncIterable<Result>,
): AsyncGenerator<Result, void, undefined> {
  yield* make(await load());
}

const NOTHING: BulkProgress = {
  updated: 0,
  unchanged: 0,
  planned: 0,
  failed: 0,
  resumed: 0,
  perSecond: 0,
  total: undefined,
  secondsLeft: undefined,
  limits: {},
};
