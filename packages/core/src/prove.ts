import { isConvoError, type Reply } from "@convo/client";
import { UpdateError } from "./errors.ts";
import { type Base, bodyOf, type Folded, type State, stateOf } from "./fold.ts";
import type { Reading } from "./from-wire.ts";
import { contradicted, type Judgement, judge, showsAll } from "./judge.ts";
import { checkDocument } from "./limits.ts";
import type { Json } from "./metadata/index.ts";
import type { Calls, Look } from "./update.ts";

/** How the write of a batch ended. */
export interface Outcome {
  readonly confirmed: "echo" | "read" | "none";
  /** The last answer. */
  readonly reply: Reply<unknown>;
  /** The conversation as that answer shows it. */
  readonly reading: Reading | undefined;
  /** Paths that another writer has changed since. */
  readonly superseded: readonly string[];
  /** Paths that are not as asked, and what those who asked for them are told. */
  readonly failed: readonly string[];
  readonly error?: UpdateError;
}

const MAX_ROUNDS = 5;
const SETTLE_MS = 250;
const BACKOFF_MS = 25;
const SLOWER = 4;

/**
 * Writes what was folded and finds out whether it is there, writing again on top of what is there now where that is needed.
 * One request where the vendor's answer shows the change and nothing else was asked for.
 */
export async function prove(calls: Calls, { base: first, target: wanted, kept }: Folded): Promise<Outcome> {
  const { provider, options } = calls;
  const { verify = false, maxRounds = MAX_ROUNDS } = options;
  const lists = kept.flatMap(({ job }) => Object.keys(job.wire.lists));
  const deep = kept.some(({ job }) => job.wire.metadata?.merge === "deep");
  const superseded: string[] = [];
  let base = first;
  let target = wanted;
  for (let round = 1; ; round++) {
    const { look, unknown } = await writeOnce(calls, target);
    if (look?.reading) {
      const echo = stateOf(look.reading, target);
      const failed = contradicted(base, target, echo, lists);
      const blamed = failed.filter((path) => !isNative(kept, path));
      const confirmed = showsAll(target, echo) ? "echo" : "none";
      if (blamed.length > 0)
        return {
          ...look,
          confirmed,
          superseded,
          failed: blamed,
          error: notApplied(calls, blamed, target, echo),
        };
      if (!verify) return { ...look, confirmed, superseded, failed: [] };
    } else if (look && !verify && !needsProof(calls, base, target)) {
      return { ...look, confirmed: "none", superseded, failed: [] };
    }
    // Waiting comes before the look, never between it and the next write: what was seen must not grow old.
    if (unknown) await calls.wait(jitter(BACKOFF_MS * 2 ** round));
    else if (verify && !provider.options.lock) await calls.wait(jitter(settleTime(calls)));
    const seen = await calls.read("verify").catch((error) => {
      throw unknown ?? error;
    });
    const judgement = judge(base, target, stateOf(seen.reading, target), lists, deep);
    superseded.push(...judgement.superseded);
    const { lost } = judgement;
    if (lost.length === 0) return { ...seen, confirmed: "read", superseded, failed: [] };
    const last = round >= maxRounds || options.retry === "never";
    if (unknown && last) throw unknown;
    if (last || !(verify || unknown))
      return {
        ...seen,
        confirmed: "read",
        superseded,
        failed: lost,
        error: gaveUp(calls, judgement, seen, round),
      };
    base = stateOf(seen.reading, target);
    target = again(calls, judgement);
    calls.tell("retry", performance.now());
  }
}

/** One write; an outcome that is unknown is a value here, since a look at the conversation decides what comes next. */
async function writeOnce(calls: Calls, target: State): Promise<{ look?: Look; unknown?: unknown }> {
  try {
    return { look: await calls.write(bodyOf(calls.provider, target)) };
  } catch (error) {
    if (isConvoError(error) && error.outcome === "unknown" && error.kind !== "aborted")
      return { unknown: error };
    throw error;
  }
}

/** Removed keys are there still if the vendor merges; where it does not say, and answers nothing, only a read can tell. */
function needsProof({ provider }: Calls, base: Base, { document }: State): boolean {
  const { document: before } = base;
  const removes = document && before && Object.keys(before).some((key) => !Object.hasOwn(document, key));
  return Boolean(removes) && provider.metadata?.write !== "replace";
}

/** What is to be written next, if it still fits onto what others have written. */
function again({ provider, id }: Calls, { again: target }: Judgement): State {
  const violations = target.document ? checkDocument(provider, target.document) : [];
  if (violations.length === 0) return target;
  throw new UpdateError({
    provider: provider.name,
    kind: "limit",
    what: `What others wrote to conversation ${JSON.stringify(id)} leaves no room: ${violations.map((one) => one.message).join("; ")}`,
    violations,
  });
}

function isNative(kept: Folded["kept"], path: string): boolean {
  return kept.some(({ job }) => job.wire.native.includes(path));
}

/**
 * Whoever overwrites us has read before our write; its own write lands about one exchange later. Exchanges of other writers
 * take about as long as ours, so where ours are slow we wait longer.
 */
function settleTime({ options, slowestMs }: Calls): number {
  return Math.max(options.settleMs ?? SETTLE_MS, SLOWER * slowestMs);
}

const jitter = (ms: number): number => ms * (1 + Math.random() / 2);

function notApplied(
  { provider, id }: Calls,
  fields: readonly string[],
  asked: State,
  found: State,
): UpdateError {
  return new UpdateError({
    provider: provider.name,
    kind: "not_applied",
    what: `${provider.name} accepted the update of conversation ${JSON.stringify(id)} but did not apply it to ${fields.join(", ")}`,
    next: "Its answer shows another value there, or keys that should be gone.",
    retryable: false,
    fields,
    documents: { asked: plain(asked), found: plain(found) },
  });
}

function gaveUp(calls: Calls, { lost, again }: Judgement, seen: Look, rounds: number): UpdateError {
  const { provider, id, options } = calls;
  const found = seen.reading?.document ?? seen.reading?.body ?? {};
  const removed = lost.every(
    (path) => path.startsWith("metadata.") && !Object.hasOwn(again.document ?? {}, path.slice(9)),
  );
  const kind = removed ? "not_applied" : "conflict";
  return new UpdateError({
    provider: provider.name,
    kind,
    what: `After ${rounds} write(s) conversation ${JSON.stringify(id)} is not as asked in ${lost.join(", ")}`,
    next:
      kind === "conflict" && options.verify
        ? "Other writers keep overwriting it: use a lock, or try again."
        : undefined,
    retryable: kind === "conflict",
    fields: lost,
    documents: { asked: again.document ?? again.fields, found },
  });
}

const plain = ({ fields, document }: State): Json => ({ ...fields, ...(document && { metadata: document }) });
