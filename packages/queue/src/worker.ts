import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { type AttemptOutcome, isConvoError } from "@convo/client";
import type { Database } from "./database.ts";
import { type Engine, nameOf, type Wakeup } from "./engine.ts";
import { CLAIM_LIMIT, type ClaimedPatch, type Patches, type Settlement } from "./patches.ts";
import type { SharedRate } from "./rate.ts";

/** What a worker calls: `createConvo(...)` gives it, one handle for each account. */
export type Accounts = Readonly<
  Record<string, { update(id: never, changes: never, options?: never): Promise<unknown> }>
>;

/** What a worker is made of. */
export interface WorkerParts {
  readonly accounts: Accounts;
  readonly db: Database;
  readonly engine: Engine;
  readonly patches: Patches;
  readonly rate: SharedRate;
  /** Conversations at a time. */
  readonly concurrency: number;
  /** Age after which a patch that keeps failing is given up. */
  readonly retryForMs: number;
  readonly onError: (error: unknown) => void;
}

/** What core tells of an update that was done. */
interface Done {
  readonly confirmed: string;
  readonly requestId?: string;
  readonly httpRequests: number;
}

const POLL_MS = 250;
/** Between two signs of life: three in the shortest heartbeat there can be. */
const BEAT_MS = 3000;
/** How long all wait after a refusal that names no time. */
const REFUSED_MS = 1000;
const MAX_BACKOFF_MS = 300_000;
/** The longest wait that a vendor means; beyond it, a moment was probably given where a number of seconds belongs. */
const LONGEST_WAIT_MS = 86_400_000;
/** Errors that the same changes would meet again. */
const FINAL: ReadonlySet<string> = new Set(["invalid", "unsupported", "limit", "not_found", "not_applied"]);

const meant = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms <= LONGEST_WAIT_MS ? ms : undefined;

/** Another worker has taken the conversation: nothing may be written any more. */
class LostClaim extends Error {}

/** A moment on the two clocks there are: one stands still while the machine sleeps, the other one can be set. */
type Moment = readonly [number, number];

const thisMoment = (): Moment => [performance.now(), Date.now()];

/** Milliseconds that have passed since, at most. */
function sinceAtMost([steady, wall]: Moment): number {
  return Math.max(performance.now() - steady, Date.now() - wall);
}

/** Takes wake-ups, and writes what is open of their conversations. */
export class Worker {
  readonly #parts: WorkerParts;
  readonly #name = `${hostname()}:${process.pid}`;
  readonly #active = new Map<Wakeup, Promise<void>>();
  /** When the last sign of life left that reached the database while the wake-up was still this worker's. */
  readonly #alive = new Map<Wakeup, Moment>();
  /** Accounts that were met and are other workers'. */
  readonly #others = new Set<string>();
  /** Requests that an update of an account took last. */
  readonly #requests = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #loop: Promise<void>;
  #finished: Wakeup[] = [];
  #draining = false;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#heartbeat = setInterval(() => this.#beat().catch(parts.onError), BEAT_MS);
    this.#loop = this.#run();
  }

  /** Takes nothing more, and resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#active.values());
    clearInterval(this.#heartbeat);
    // A wake-up that stays open is handed to a worker again, and there is nothing left to do.
    await this.#finish().catch(this.#parts.onError);
  }

  /** Works until nothing is left that could be done now, then stops. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#loop;
    await this.stop();
  }

  /** Gives a sign of life for what is under way and cannot be anybody else's yet. */
  async #beat(): Promise<void> {
    const wakeups = [...this.#active.keys()].filter((wakeup) => this.#isAlive(wakeup));
    const moment = thisMoment();
    await this.#parts.engine.touch(wakeups);
    // One that came too late may have found the wake-up with another worker.
    for (const wakeup of wakeups) if (this.#isAlive(wakeup)) this.#alive.set(wakeup, moment);
  }

  /** Whether no other worker can have taken a wake-up by now, however long this process has stood still. */
  #isAlive(wakeup: Wakeup): boolean {
    const moment = this.#alive.get(wakeup);
    return moment !== undefined && sinceAtMost(moment) < wakeup.heartbeatMs;
  }

  async #run(): Promise<void> {
    const { concurrency, onError } = this.#parts;
    while (!this.#stop.signal.aborted) {
      try {
        const last = this.#draining && this.#active.size === 0;
        await this.#finish();
        const free = concurrency - this.#active.size;
        const taken = free > 0 ? await this.#take(free) : 0;
        if (last && taken === 0) return;
        // A full fetch says that there is more; it is worth another one when some have room.
        if (taken < free) await Promise.race([this.#sleep(POLL_MS), ...this.#active.values()]);
        while (this.#active.size > concurrency * 0.75 && !this.#stop.signal.aborted)
          await Promise.race([...this.#active.values(), this.#sleep(POLL_MS)]);
      } catch (error) {
        onError(error);
        await this.#sleep(1000);
      }
    }
  }

  #sleep(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  async #take(limit: number): Promise<number> {
    const { engine, patches, db, onError } = this.#parts;
    const moment = thisMoment();
    const taken = await engine.take(limit, [...this.#others]);
    const wakeups = await this.#leaveOthers(taken);
    if (wakeups.length === 0) return taken.length;
    const claim = randomUUID();
    const claimed = new Map<string, ClaimedPatch[]>();
    for (const patch of await patches.claim(db, wakeups, claim, this.#name)) {
      const own = claimed.get(nameOf(patch));
      if (own) own.push(patch);
      else claimed.set(nameOf(patch), [patch]);
    }
    for (const wakeup of wakeups) {
      const own = claimed.get(nameOf(wakeup)) ?? [];
      this.#alive.set(wakeup, moment);
      const work = this.#process(wakeup, own, claim)
        .then(() => void this.#finished.push(wakeup))
        // The wake-up stays open: without a heartbeat it is handed to a worker again.
        .catch(onError)
        .finally(() => {
          this.#active.delete(wakeup);
          this.#alive.delete(wakeup);
        });
      this.#active.set(wakeup, work);
    }
    return taken.length;
  }

  /** Hands back wake-ups of accounts that this worker does not have, and takes no more of them. Gives its own. */
  async #leaveOthers(wakeups: readonly Wakeup[]): Promise<Wakeup[]> {
    const { accounts, db, engine } = this.#parts;
    const others = wakeups.filter(({ account }) => !Object.hasOwn(accounts, account));
    if (others.length > 0) {
      for (const { account } of others) this.#others.add(account);
      await engine.wake(db, others);
      await engine.finish(others);
    }
    return wakeups.filter((wakeup) => !others.includes(wakeup));
  }

  async #finish(): Promise<void> {
    const finished = this.#finished;
    this.#finished = [];
    try {
      await this.#parts.engine.finish(finished);
    } catch (error) {
      this.#finished.push(...finished);
      throw error;
    }
  }

  /** Writes the open patches of one conversation, and writes down what became of them. */
  async #process(wakeup: Wakeup, open: readonly ClaimedPatch[], claim: string): Promise<void> {
    const { db, engine, patches } = this.#parts;
    const [first] = open;
    if (!first) return;
    if (first.dueMs > 0) return engine.wake(db, [wakeup], first.dueMs);
    const { settlements, wrote } = await this.#update(wakeup, first, open, claim);
    const retry = settlements.find(({ state }) => state === "open");
    const more = open.length === CLAIM_LIMIT;
    await db.transaction(async (tx) => {
      const settled = await patches.settle(tx, claim, settlements);
      const lost = settled < open.length;
      if (lost && wrote) await patches.reopen(tx, first);
      if (retry || more || lost) await engine.wake(tx, [wakeup], lost ? 0 : retry?.delayMs);
    });
  }

  /** One update each; core makes one write of them. */
  async #update(
    wakeup: Wakeup,
    first: ClaimedPatch,
    open: readonly ClaimedPatch[],
    claim: string,
  ): Promise<{ settlements: Settlement[]; wrote: boolean }> {
    const { accounts, db, patches, rate } = this.#parts;
    const { account } = first;
    let writing = false;
    let wrote = false;
    // Waited for now, where it costs no update its time.
    let permits = this.#requests.get(account) ?? 2;
    await rate.take(account, permits);
    const beforeAttempt = async (): Promise<(outcome: AttemptOutcome) => void> => {
      if (permits > 0) permits--;
      else await rate.take(account, 1);
      // The last moment before the request leaves: since the look at the claim this process may have stood still.
      if (!this.#isAlive(wakeup)) throw new LostClaim();
      wrote = writing;
      return (outcome) => this.#respect(account, outcome);
    };
    const beforeWrite = async (): Promise<void> => {
      if (!(await patches.holds(db, first.id, claim))) throw new LostClaim();
      writing = true;
    };
    const handle = accounts[account] as Accounts[string];
    // All at the same time and in order: those that come together share a write.
    const updates = open.map(async ({ conversation, changes, options }) => {
      // Over before another worker could take the conversation.
      const deadlineMs = wakeup.heartbeatMs / 2;
      const all = { ...options, deadlineMs, beforeWrite, beforeAttempt };
      return handle.update(JSON.parse(conversation) as never, changes as never, all as never);
    });
    const results = (await Promise.allSettled(updates)) as PromiseSettledResult<Done>[];
    for (const result of results)
      if (result.status === "fulfilled") this.#requests.set(account, result.value.httpRequests);
    return { settlements: settlementsOf(open, results, this.#parts.retryForMs), wrote };
  }

  /** What one worker learns of an account's limit, all of them respect. */
  #respect(account: string, { status, retryAfterMs, rateLimit }: AttemptOutcome): void {
    const spent = rateLimit?.remaining === 0 ? meant(rateLimit.resetMs) : undefined;
    const waitMs = status === 429 ? (meant(retryAfterMs) ?? spent ?? REFUSED_MS) : spent;
    if (waitMs) this.#parts.rate.block(account, waitMs).catch(this.#parts.onError);
  }
}

/**
 * What became of each patch. Order is kept: what was written after one that has to be tried again is written again as well,
 * which changes nothing where they touch different fields.
 */
function settlementsOf(
  open: readonly ClaimedPatch[],
  results: readonly PromiseSettledResult<Done>[],
  retryForMs: number,
): Settlement[] {
  const settlements: Settlement[] = [];
  let delayMs: number | undefined;
  for (const [index, patch] of open.entries()) {
    const result = results[index] as PromiseSettledResult<Done>;
    if (result.status === "rejected" && result.reason instanceof LostClaim) continue;
    const settlement =
      result.status === "fulfilled"
        ? doneWith(patch, result.value)
        : failedWith(patch, result.reason, retryForMs);
    if (settlement.state === "open") delayMs ??= settlement.delayMs;
    settlements.push(
      delayMs !== undefined && settlement.state === "done"
        ? { id: patch.id, state: "open", delayMs }
        : settlement,
    );
  }
  return settlements;
}

function doneWith({ id }: ClaimedPatch, { httpRequests, confirmed, requestId }: Done): Settlement {
  const outcome = httpRequests === 0 ? "unchanged" : confirmed === "none" ? "accepted" : "confirmed";
  return { id, state: "done", outcome, requestId };
}

function failedWith({ id, attempts, ageMs }: ClaimedPatch, reason: unknown, retryForMs: number): Settlement {
  const known = isConvoError(reason) ? reason : undefined;
  const outcome = known?.kind ?? "error";
  const told = {
    id,
    outcome,
    requestId: known?.requestId,
    error: reason instanceof Error ? reason.message : "",
  };
  if (FINAL.has(outcome) || ageMs > retryForMs) return { ...told, state: "dead" };
  const backoffMs = Math.min(1000 * 2 ** attempts, MAX_BACKOFF_MS) * (0.5 + Math.random() / 2);
  return { ...told, state: "open", delayMs: Math.max(backoffMs, meant(known?.retryAfterMs) ?? 0) };
}
