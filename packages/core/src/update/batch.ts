import type { Attempt, CallOptions, ConvoError } from "@convo/client";
import { callOptionsOf, requestConversation } from "../call.ts";
import type { CombinedUpdate } from "../merge/combine.ts";
import type { Metadata } from "../metadata/json.ts";
import type { StepEvent } from "../observe/listener.ts";
import { emitStep, type OperationContext } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import {
  assertSafeIntegers,
  type ReadPurpose,
  type ReadResponse,
  toConversation,
  type VendorResponse,
} from "../wire/from-wire.ts";
import { callerGone, type Job } from "./job.ts";
import { isReadStale } from "./timing.ts";
import type { Place } from "./turns.ts";

/** Reads in a row, where the first ones take so long that they are old when they come. */
const MAX_READS = 3;

/**
 * How long a write that has left is given to be answered when no caller waits for it any more, in milliseconds: the next update of the
 * conversation is made on top of it then, instead of being undone by it.
 */
const GRACE_MS = 5000;

/** Thrown before a write whose caller was taken for vanished: it must not write over those who came after it. */
export class TurnLost {}

/** What goes out in one attempt, and what it stands for. */
export interface Sending {
  readonly combined: CombinedUpdate<Job>;
  readonly body: Metadata;
}

/**
 * The updates that share a write, and their requests: made in the context of the first, counted for all, within the latest of their
 * deadlines, and cancelled when no caller waits any more.
 */
export class Batch {
  readonly jobs: readonly Job[];
  readonly provider: Provider;
  readonly id: string | number;
  readonly options: Job["options"];
  readonly operations: readonly OperationContext[];
  /** Aborted when no caller waits any more; not there where only deadlines can end it. */
  readonly signal: AbortSignal | undefined;
  /** The longest request so far, in milliseconds. */
  slowestMs = 0;
  /** When the last read began, on `performance.now()`'s clock; nothing is known that is newer than that. */
  readAt: number | undefined;
  /** What it showed. */
  lastRead: ReadResponse | undefined;
  /** Reports a step that ends now; not there where nobody listens. */
  readonly report: ((step: StepEvent["step"], since: number) => void) | undefined;
  private readonly first: Job;
  private readonly place: Place | undefined;
  private readonly deadline: number = 0;
  private readonly merges: boolean = false;
  private readonly controller: AbortController | undefined;
  /** Whether another write was sent after one that had got no answer. */
  private leftUnanswered = false;
  /** Writes that were started. */
  writes = 0;
  private graceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(jobs: readonly Job[], place?: Place) {
    const [first] = jobs as readonly [Job];
    this.jobs = jobs;
    this.first = first;
    this.place = place;
    this.provider = first.provider;
    this.id = first.pathId;
    this.options = first.options;
    this.operations = jobs.map(({ operation }) => operation);
    if (first.operation.listener) this.report = (step, since) => emitStep(this.operations, step, since);
    const { options, schema } = first.provider;
    // Deadlines are the client's to keep; a signal is needed only where something else can end it all.
    let cancels = Boolean(options.lock || schema);
    for (const { deadline, wire, options } of jobs) {
      this.deadline = Math.max(this.deadline, deadline);
      this.merges ||= wire.metadata !== null;
      cancels ||= Boolean(options.signal);
    }
    if (!cancels) return;
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    for (const job of jobs) job.onGone = () => this.endIfNobodyWaits();
  }

  /** Whether a write is out that has got no answer. */
  private get writing(): boolean {
    return this.first.openWrite !== undefined;
  }

  /** Whether a write got no answer and may reach the vendor yet. */
  get mayStillLand(): boolean {
    return this.writing || this.leftUnanswered;
  }

  /** Milliseconds until the deadline. */
  left(): number {
    return this.deadline - performance.now();
  }

  /** Reads the conversation. Throws `ConvoError`, kind `bad_response` for a response that cannot be trusted. */
  async read(step: "read" | "verify"): Promise<ReadResponse> {
    const purpose = this.merges ? "merge" : "inspect";
    for (let reads = 1; ; reads++) {
      const since = performance.now();
      this.readAt = since;
      try {
        const call = { deadlineMs: this.timeLeft() };
        const read = (await this.send(step, purpose, call)) as ReadResponse;
        if (this.merges) assertSafeIntegers(this.provider, this.operations[0]?.id ?? this.id, read);
        this.lastRead = read;
        if (reads === MAX_READS || !isReadStale(this)) return read;
      } finally {
        this.slowestMs = Math.max(this.slowestMs, performance.now() - since);
      }
    }
  }

  /**
   * Writes, and writes again as the client's retry policy allows, also where the outcome is unknown: `again` says what to send after a
   * failed attempt, and has to look before it lets a write be repeated. Throws `ConvoError`, with `outcome: "unknown"` if it may
   * have been applied, or what `again` throws. Call `writeEnded` either way.
   */
  write(first: Sending, again: (error: ConvoError) => Promise<Sending>): Promise<VendorResponse> {
    const { retry = this.provider.options.retry, beforeWrite } = this.options;
    const body = ({ lastError }: Attempt): Metadata | Promise<Metadata> => {
      this.assertWaiting();
      if (lastError || beforeWrite) return this.openLater(lastError ? again(lastError) : first);
      return this.open(first);
    };
    // What callbacks throw says nothing of the write before it, and is not told here.
    const noteAnswer = ({ error }: { readonly error: ConvoError }): void => {
      if (!error.outcome) this.setOpen(undefined);
    };
    const call: CallOptions = {
      retry: retry === "never" ? "never" : "always",
      deadlineMs: Math.min(this.timeLeft() + GRACE_MS, 2 ** 31 - 1),
      observe: { onRetry: noteAnswer, onError: noteAnswer },
    };
    return this.send("write", "echo", call, body);
  }

  /** Notes that a write that began at `since` has ended, however. */
  writeEnded(since: number): void {
    this.slowestMs = Math.max(this.slowestMs, performance.now() - since);
    clearTimeout(this.graceTimer);
    this.graceTimer = undefined;
  }

  /** Notes what leaves now; not for a caller whose turn is over, or who waits no more. */
  private open({ combined, body }: Sending): Metadata {
    if (this.place?.left) throw new TurnLost();
    this.assertWaiting();
    this.leftUnanswered ||= this.writing;
    this.setOpen(combined);
    this.writes += 1;
    for (const operation of this.operations) operation.writes += 1;
    return body;
  }

  /** The same for what is still being made, or is to be looked at before it leaves. */
  private async openLater(made: Promise<Sending> | Sending): Promise<Metadata> {
    const sending = await made;
    this.assertWaiting();
    const read = this.lastRead?.conversation;
    const before = read && toConversation(this.provider, this.id, read);
    await this.options.beforeWrite?.({ before, raw: read?.body });
    return this.open(sending);
  }

  /** A wait that ends early when no caller waits any more. */
  async wait(ms: number): Promise<void> {
    const since = performance.now();
    const { signal } = this;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.ceil(Math.max(0, Math.min(ms, this.left()))));
      signal?.addEventListener("abort", end);
      if (signal?.aborted) end();
    });
    this.report?.("wait", since);
  }

  /** What was sent has been applied: who gives up from now on is told so. */
  applied(): void {
    this.setOpen(undefined);
    for (const job of this.jobs) job.written = true;
  }

  /** Ends a write that would go out for nobody. */
  private assertWaiting(): void {
    if (this.jobs.every(({ done }) => done)) throw callerGone(this.first, "aborted");
  }

  private setOpen(combined: CombinedUpdate<Job> | undefined): void {
    for (const job of this.jobs) job.openWrite = combined;
    if (this.place) this.place.writing = this.writing;
  }

  /** One call in the context of the first caller: traced and counted for all. */
  private send(
    step: "read" | "verify" | "write",
    purpose: ReadPurpose,
    own: CallOptions,
    body?: (attempt: Attempt) => unknown,
  ): Promise<VendorResponse> {
    const { operations, provider, id, signal } = this;
    const { options, target } = this.first;
    const call = { ...callOptionsOf(provider, options, target), ...own, ...(signal && { signal }) };
    return requestConversation(operations, step, provider, id, purpose, call, body);
  }

  private timeLeft(): number {
    const left = Math.ceil(this.left());
    if (left <= 0 || this.signal?.aborted) throw callerGone(this.first, "timeout");
    return left;
  }

  /** Ends what is on its way when no caller waits any more; a write that has left gets a moment to be answered. */
  private endIfNobodyWaits(): void {
    const { controller } = this;
    if (!controller || controller.signal.aborted || !this.jobs.every(({ done }) => done)) return;
    if (this.writing) this.graceTimer ??= setTimeout(() => controller.abort(), GRACE_MS);
    else controller.abort();
  }
}
