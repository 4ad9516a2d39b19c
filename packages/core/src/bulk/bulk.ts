import { createError, invalidArgument, isConvoError, PartialError } from "../errors.ts";
import type { Plan } from "../types/plan.ts";
import type { UpdateResult } from "../types/update.ts";
import { type Done, digest, type Journal, JournalError, type JournalStore, openJournal } from "./journal.ts";
import type { LimiterState } from "./limiter.ts";
import { runInOrder } from "./schedule.ts";

/** Options of a bulk run, beside those of each update. */
export interface BulkOptions {
  /** Lines worked on at once. Default 32. The vendor's limit is learned during the run: docs/guide/bulk.md. */
  concurrency?: number;
  /** Where the run is written down, so that it can be resumed when it was ended in the middle, and undone. */
  journal?: JournalStore;
  /** What the source is, such as a file's name and size: the journal of another one is refused. The lines themselves are compared too. */
  source?: string;
  /** Plans every line and sends no write. Default false. */
  dryRun?: boolean;
  /** Lines of the source, where that is known: for `secondsLeft`. */
  total?: number;
  /** Begins nothing more when it aborts; what is under way is finished. */
  signal?: AbortSignal;
}

/** What became of one line. `line` counts from 1. */
export type BulkResult<Result = UpdateResult, Line = unknown> = {
  /** Its number in the source, from 1. */
  readonly line: number;
  /** The line as the source gave it. */
  readonly input: Line;
} & (
  | {
      /** `updated`: it was written, also where that changed nothing. `unchanged`: nothing was left to send. */
      readonly status: "updated" | "unchanged";
      /** What a single `update` returns; of several vendors, by their names. */
      readonly result: Result;
    }
  | {
      /** Under `dryRun`: nothing was written. */
      readonly status: "planned";
      /** What would be sent and changed; of several vendors, by their names. */
      readonly plan: Plan | Readonly<Record<string, Plan>>;
    }
  | {
      /** It was not done, or that is not known: see `error`. */
      readonly status: "failed";
      /** Why, as a rule a `ConvoError`. */
      readonly error: unknown;
      /** Whether the error may pass, or be mended at the account: a resumed run tries the line again. */
      readonly again: boolean;
    }
);

/** How far a run is. */
export interface BulkProgress {
  /** Lines that were written, also where that changed nothing. */
  readonly updated: number;
  /** Lines of which nothing was left to send. */
  readonly unchanged: number;
  /** Lines planned under `dryRun`. */
  readonly planned: number;
  /** Lines that failed. */
  readonly failed: number;
  /** Lines that an earlier run had done. */
  readonly resumed: number;
  /** Lines a second, over the last ten seconds. */
  readonly perSecond: number;
  /** Lines of the source, as the option says; `undefined` where it does not. */
  readonly total: number | undefined;
  /** `undefined` while that cannot be told. */
  readonly secondsLeft: number | undefined;
  /** What is known of the vendors' limits, by provider. */
  readonly limits: Readonly<Record<string, LimiterState>>;
}

/** A bulk run: it works as its results are read, and they are read once. To go on after a `break`, begin another run with the same journal. */
export interface BulkRun<Result = UpdateResult, Line = unknown>
  extends AsyncIterable<BulkResult<Result, Line>> {
  /** How far the run is; at any time. */
  progress(): BulkProgress;
  /** Reads the results that are left to their end, and gives the numbers. For those who do not need each result. */
  finish(): Promise<BulkProgress>;
}

/** What a run does with its lines: the updates of one vendor, or of several. */
export interface BulkTarget<Line, Result> {
  /** Name of the provider, or `all`. */
  readonly name: string;
  /** Conversations a line is about. Throws `ConvoError` for an invalid line. */
  keysOf(line: Line): string[];
  /** What a line may take in all, its tries and the pauses between them, in milliseconds. */
  readonly deadlineMs: number;
  /** @param earlier what the try before failed with: what it has done at one of several vendors is not repeated */
  update(
    line: Line,
    number: number,
    journal: Journal | undefined,
    deadlineMs: number,
    earlier: unknown,
  ): Promise<Result>;
  plan(line: Line): Promise<Plan | Readonly<Record<string, Plan>>>;
  /** Whether anything was requested. */
  changed(result: Result): boolean;
  requestId(result: Result): string | undefined;
  limits(): Readonly<Record<string, LimiterState>>;
  /** When the run is over: other calls no longer wait for its limits. */
  close(): void;
}

interface Numbered<Line> {
  readonly number: number;
  readonly line: Line;
  /** Of the source up to it, where there is a journal. */
  readonly hash: number | undefined;
}

/** Times a line is tried whose error may pass. */
const TRIES = 5;
/** Seconds that the speed is measured over. */
const SPEED_S = 10;

/** Starts a run; nothing is read or sent before its results are. */
export function startBulk<Line, Result>(
  target: BulkTarget<Line, Result>,
  source: Iterable<Line> | AsyncIterable<Line>,
  options: BulkOptions,
): BulkRun<Result, Line> {
  const counts = { updated: 0, unchanged: 0, planned: 0, failed: 0, resumed: 0 };
  const speed = createSpeed();
  let failures = 0;

  async function* results(): AsyncGenerator<BulkResult<Result, Line>, void, undefined> {
    const { concurrency = 32, dryRun, signal } = options;
    const lines = Object(source);
    if (typeof source === "string" || !(Symbol.asyncIterator in lines || Symbol.iterator in lines))
      throw invalidArgument(target.name, "lines", "lines must be an iterable of lines");
    const journal =
      options.journal && !dryRun
        ? await openJournal(options.journal, target.name, options.source)
        : undefined;
    const stop = new AbortController();
    const end = (): void => stop.abort(signal?.reason);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
    let fatal: unknown;
    const work = async (item: Numbered<Line>): Promise<BulkResult<Result, Line>> => {
      try {
        return await attempt(item, journal, stop.signal);
      } catch (error) {
        // The journal is gone: what cannot be written down is not done.
        fatal ??= error;
        stop.abort(error);
        return { line: item.number, input: item.line, status: "failed", error, again: true };
      }
    };
    try {
      for await (const result of runInOrder(numbered(source, journal, counts), {
        concurrency,
        signal: stop.signal,
        keysOf: ({ number, line }) => keysOf(line, number),
        work,
      })) {
        counts[result.status]++;
        speed.add();
        yield result;
        failures = result.status === "failed" && result.again ? failures + 1 : 0;
        if (fatal || result.status !== "failed") continue;
        const reasons = reasonsOf(result.error);
        const refusal = reasons.find(isRefusedKey);
        if (!refusal && failures < Math.max(concurrency, 10)) continue;
        const why = refusal ? "every line would fail like this one" : "too many lines failed in a row";
        fatal = stopped(target.name, why, refusal ?? reasons.find(mayPass), journal !== undefined);
        stop.abort(fatal);
      }
      if (fatal) throw fatal;
    } finally {
      signal?.removeEventListener("abort", end);
      target.close();
    }
  }

  function keysOf(line: Line, number: number): string[] {
    try {
      return target.keysOf(line);
    } catch {
      // It fails when its turn comes.
      return [`line ${number}`];
    }
  }

  async function attempt(
    { number, line, hash }: Numbered<Line>,
    journal: Journal | undefined,
    signal: AbortSignal,
  ): Promise<BulkResult<Result, Line>> {
    const about = { line: number, input: line };
    const finish = async (entry: Omit<Done, "line" | "digest">): Promise<void> =>
      journal?.finish({ line: number, ...entry, ...(hash !== undefined && { digest: hash }) });
    const endsAt = performance.now() + target.deadlineMs;
    let earlier: unknown;
    for (let tries = 1; ; tries++) {
      let result: Result;
      try {
        target.keysOf(line);
        if (options.dryRun) return { ...about, status: "planned", plan: await target.plan(line) };
        const left = Math.max(1, Math.ceil(endsAt - performance.now()));
        result = await target.update(line, number, journal, left, earlier);
      } catch (thrown) {
        if (thrown instanceof JournalError) throw thrown;
        // A last try that the line's end cut short says less than the one before it.
        const isCutShort = isConvoError(thrown) && thrown.kind === "timeout" && performance.now() >= endsAt;
        const error = isCutShort && !thrown.outcome ? (earlier ?? thrown) : thrown;
        earlier = error;
        const reasons = reasonsOf(error);
        const isWorthATry = reasons.some(isRetryable) && !reasons.some(isRefusedKey);
        const pauseMs = Math.min(30_000, 500 * 2 ** tries);
        if (isWorthATry && tries < TRIES && performance.now() + pauseMs < endsAt) {
          await wait(pauseMs, signal);
          if (!signal.aborted) continue;
        }
        const message = error instanceof Error ? error.message : String(error);
        const again = reasons.some(mayPass);
        await finish({ done: "failed", again, error: message });
        return { ...about, status: "failed", error, again };
      }
      const status = target.changed(result) ? "updated" : "unchanged";
      const requestId = target.requestId(result);
      await finish({ done: status, ...(requestId && { requestId }) });
      return { ...about, status, result };
    }
  }

  function progress(): BulkProgress {
    const perSecond = speed.perSecond();
    const { updated, unchanged, planned, failed, resumed } = counts;
    const left = options.total && options.total - updated - unchanged - planned - failed - resumed;
    return {
      ...counts,
      perSecond,
      total: options.total,
      secondsLeft: left !== undefined && perSecond > 0 ? Math.ceil(left / perSecond) : undefined,
      limits: target.limits(),
    };
  }

  const run = results();
  let isRead = false;
  let ended: Promise<void> | undefined;
  const readOn = async (): Promise<void> => {
    for await (const _ of run);
  };
  return {
    [Symbol.asyncIterator]() {
      if (isRead)
        throw invalidArgument(target.name, "run", "the results of a run are read once: begin another one");
      isRead = true;
      return run;
    },
    progress,
    async finish() {
      isRead = true;
      ended ??= readOn();
      await ended;
      return progress();
    },
  };
}

/** Counts lines a second, over the last ten, in constant memory. */
function createSpeed(): { add(): void; perSecond(): number } {
  let seconds: { readonly since: number; lines: number }[] = [];
  const recent = (now: number): typeof seconds => {
    if ((seconds[0]?.since ?? now) <= now - SPEED_S * 1000)
      seconds = seconds.filter(({ since }) => since > now - SPEED_S * 1000);
    return seconds;
  };
  return {
    add() {
      const now = Date.now();
      const last = recent(now).at(-1);
      if (last && now - last.since < 1000) last.lines++;
      else seconds.push({ since: now, lines: 1 });
    },
    perSecond() {
      const now = Date.now();
      const lines = recent(now).reduce((sum, second) => sum + second.lines, 0);
      return (lines * 1000) / Math.max(1000, now - (seconds[0]?.since ?? now));
    },
  };
}

/** The lines of a source with their numbers, without those that are done. */
async function* numbered<Line>(
  source: Iterable<Line> | AsyncIterable<Line>,
  journal: Journal | undefined,
  counts: { resumed: number },
): AsyncGenerator<Numbered<Line>> {
  let number = 0;
  let hash: number | undefined;
  for await (const line of source) {
    number++;
    if (journal) {
      hash = digest(textOf(line), hash);
      journal.check(number, hash);
      if (journal.isDone(number)) {
        counts.resumed++;
        continue;
      }
    }
    yield { number, line, hash };
  }
  journal?.checkEnd(number);
}

/** What a line is compared by. One that JSON cannot hold fails when its turn comes. */
function textOf(line: unknown): string {
  try {
    return JSON.stringify(line) ?? "";
  } catch {
    return "";
  }
}

/** Why a line failed: at each of several vendors that it failed at. */
const reasonsOf = (error: unknown): readonly unknown[] =>
  error instanceof PartialError
    ? Object.values(error.results).flatMap((settled) => (settled.ok ? [] : [settled.error]))
    : [error];

/** Every further line would meet it. */
const isRefusedKey = (reason: unknown): boolean => isConvoError(reason) && reason.kind === "auth";
const isRetryable = (reason: unknown): boolean => isConvoError(reason) && reason.retryable;
/** By itself, or when the account is mended: its key, its rights, its credit. */
const mayPass = (reason: unknown): boolean =>
  isRetryable(reason) || isRefusedKey(reason) || (isConvoError(reason) && reason.kind === "permission");

function stopped(name: string, why: string, cause: unknown, journaled: boolean): Error {
  const { kind = "server", message = "" } = Object(cause);
  return createError(
    { name },
    kind,
    `The run has stopped, because ${why}: ${message.replace(/^\[[^\]]*\] /, "").replace(/\.$/, "")}`,
    journaled ? "Run it again with the same journal to go on." : "With a journal, a run can be resumed.",
    { cause },
  );
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
