import type { Target } from "@convo/client";
import { deadlineOf } from "../call.ts";
import { type ConversationError, createError, describeId, isConvoError, READ_FIRST } from "../errors.ts";
import type { CombinedUpdate } from "../merge/combine.ts";
import type { Json } from "../metadata/json.ts";
import type { OperationContext } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import type { UpdateOptions, UpdateResult } from "../types/update.ts";
import type { WireChange } from "../wire/change.ts";
import { type Place, removeVanished, TICK_MS } from "./turns.ts";

/** An update that was checked and copied: it can be sent, also more than once. */
export interface PreparedUpdate {
  readonly wire: WireChange;
  readonly options: UpdateOptions;
  /** What must still be there for the change to be made (`apply`). */
  readonly precondition?: Json;
}

type Outcome = { readonly result: UpdateResult } | { readonly error: unknown };

/**
 * Whether a promise must be resolved by the request that awaits it: in Cloudflare Workers with a compatibility date before
 * 2024-10-14 it never continues otherwise, so every caller has to look for itself. They are known by a global that all of them have: before
 * 2022-03-21, and with `no_global_navigator`, there is no `navigator`.
 * https://developers.cloudflare.com/workers/configuration/compatibility-flags/
 */
const LOOKS_FOR_ITSELF = "WebSocketPair" in globalThis;
const LOOK_MS = 50;

/** Everywhere else one timer looks after all jobs of the process, as long as there are any. */
const watched = new Set<Job>();
let watch: { readonly timer: ReturnType<typeof setTimeout>; readonly due: number } | undefined;

function keepWatch(): void {
  watch = { timer: setTimeout(tickAll, TICK_MS), due: performance.now() + TICK_MS };
}

function tickAll(): void {
  const now = performance.now();
  const onTime = now - (watch?.due ?? 0) < TICK_MS;
  keepWatch();
  for (const job of watched) job.tick(now, onTime);
}

/** One caller's update on its way: what to change, until when, and whom to tell. Settles once. */
export class Job {
  readonly provider: Provider;
  readonly operation: OperationContext;
  readonly wire: WireChange;
  readonly options: UpdateOptions;
  /** What must still be there for the change to be made (`apply`). */
  readonly precondition: Json | undefined;
  /** When the caller wants an answer at the latest, on `performance.now()`'s clock. */
  readonly deadline: number;
  readonly result: Promise<UpdateResult>;
  /** Where the requests go and as whom, known once the key is. */
  target: Target | undefined;
  /** The id in the path, known once it is looked up. */
  pathId: string | number;
  /** Where it waits. */
  place: Place | undefined;
  /** How it ended; set once. */
  outcome: Outcome | undefined;
  /** What was sent for it and has got no answer yet, also where the one who sent it has vanished. */
  openWrite: CombinedUpdate<Job> | undefined;
  /** Whether a write of it is known to have been made: all that is left is to prove it. */
  written = false;
  /** Whether its caller waits no more, or has been told. */
  done = false;
  /** Called when the caller gives up. */
  onGone: (() => void) | undefined;
  private resolve!: (result: UpdateResult) => void;
  private reject!: (error: unknown) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told = false;
  private readonly abort: (() => void) | undefined;
  private resume: (() => void) | undefined;

  constructor(
    provider: Provider,
    operation: OperationContext,
    { wire, options, precondition }: PreparedUpdate,
  ) {
    this.provider = provider;
    this.operation = operation;
    this.wire = wire;
    this.options = options;
    this.precondition = precondition;
    this.pathId = operation.id;
    this.deadline = deadlineOf(provider, operation, options);
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const { signal } = options;
    if (signal) this.abort = () => this.giveUp("aborted");
    if (signal?.aborted) this.giveUp("aborted");
    else {
      if (this.abort) signal?.addEventListener("abort", this.abort);
      if (!LOOKS_FOR_ITSELF) watched.add(this);
      if (!LOOKS_FOR_ITSELF && !watch) keepWatch();
      this.schedule(performance.now());
    }
  }

  /** Ends it, whoever finds out; the caller is told in its own context, which wakes for that if it waits in the queue. */
  settle(outcome: Outcome): void {
    if (this.outcome) return;
    this.outcome = outcome;
    this.done = true;
    if (!LOOKS_FOR_ITSELF) this.resume?.();
  }

  /** Ends it with an error; where its time is over, the caller is told that, whoever notices first. */
  fail(error: unknown): void {
    const late = isConvoError(error) && error.kind === "timeout" && performance.now() >= this.deadline - 1;
    this.settle({ error: late ? callerGone(this, "timeout") : error });
  }

  /** Ends what was begun for it: its caller is told, and nothing of it ticks any more. */
  end(): void {
    this.finish();
    this.unschedule();
  }

  /** Tells the caller how it ended. */
  private finish(): void {
    if (!this.outcome || this.told) return;
    this.told = true;
    if (!this.holdsPlace) this.unschedule();
    if (this.abort) this.options.signal?.removeEventListener("abort", this.abort);
    if ("result" in this.outcome) this.resolve(this.outcome.result);
    else this.reject(this.outcome.error);
    this.resume?.();
  }

  /** Waits until its place in the queue, or its outcome, should be looked at again. */
  async nextLook(place: Place): Promise<void> {
    await new Promise<void>((resolve) => {
      this.resume = resolve;
      if (LOOKS_FOR_ITSELF) this.schedule(performance.now());
      else place.wake = resolve;
    });
    this.resume = undefined;
  }

  /** Whether others may wait for it: also when its caller is gone, as long as what was begun for it is on its way. */
  private get holdsPlace(): boolean {
    return this.place?.left === false;
  }

  /** Shows that what is done for the caller is alive, and looks at the clock, and at the queue if it waits there. */
  tick(now: number, onTime: boolean): void {
    if (this.place) this.place.lastSeen = now;
    if (this.place && this.resume) removeVanished(this.place, now, onTime);
    if (this.outcome) this.finish();
    else if (now >= this.deadline) this.giveUp("timeout");
    this.resume?.();
    if (!this.outcome || this.holdsPlace) this.schedule(now);
  }

  /** Sets a timer of its own where that of all comes too late, or would be another request's. */
  private schedule(now: number): void {
    clearTimeout(this.timer);
    const left = this.outcome ? Number.POSITIVE_INFINITY : Math.max(this.deadline - now, 0);
    if (!LOOKS_FOR_ITSELF && left >= 2 * TICK_MS) return;
    const ms = Math.min(left, LOOKS_FOR_ITSELF && this.resume ? LOOK_MS : TICK_MS);
    const due = now + ms;
    const tickThis = (): void => {
      const now = performance.now();
      this.tick(now, now - due < TICK_MS);
    };
    this.timer = setTimeout(tickThis, Math.ceil(ms));
  }

  private unschedule(): void {
    clearTimeout(this.timer);
    watched.delete(this);
    if (watched.size > 0) return;
    clearTimeout(watch?.timer);
    watch = undefined;
  }

  private giveUp(kind: "aborted" | "timeout"): void {
    this.settle({ error: callerGone(this, kind) });
    this.finish();
    this.onGone?.();
  }
}

const WRITTEN = "It was written, and not checked to the end: read before you send it again.";

/** What a caller that no longer waits is told. If its write may have left, it does not know the outcome. */
export function callerGone(job: Job, kind: "aborted" | "timeout"): ConversationError {
  const { provider, operation, options, deadline } = job;
  const ms = Math.round(deadline - operation.startedAt);
  const sent = job.written || job.openWrite !== undefined;
  const why = kind === "aborted" ? "was aborted" : `was not done in time (deadlineMs: ${ms})`;
  return createError(
    provider,
    kind,
    `The update of ${describeId(operation.id)} ${why}`,
    job.written ? WRITTEN : sent ? READ_FIRST : "Nothing of it was sent.",
    {
      outcome: sent ? "unknown" : undefined,
      cause: kind === "aborted" ? options.signal?.reason : undefined,
    },
  );
}
