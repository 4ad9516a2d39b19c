/**
 * When the next request to a vendor account may start. Vendors do not say what their limit is, or say it late, and it may
 * change at any moment; so the limiter learns it from what is granted and what is refused (status 429):
 *
 * - A *window* vendor grants a number of requests, then nothing until the window is over. What was granted in the last
 *   window is granted in the next: it is spent at once, but for the last part, which is spent slowly, so that the end of
 *   the window refuses one or two requests and not everything that is under way.
 * - A *bucket* vendor grants at a steady rate. The number granted between two refusals, by the time between them, is that
 *   rate; requests are paced at it, and a little faster the longer nothing is refused.
 *
 * Which of them a vendor is shows in how long it refuses: for less than two seconds, or for longer. Pure but for the clock
 * and one timer.
 */

/** How a request ended, as far as a limit is concerned. */
export interface Outcome {
  /** HTTP status; `undefined` where no response came. */
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Requests left in the vendor's window, as its headers say. */
  readonly remaining?: number | undefined;
  /** Milliseconds until that window is over. */
  readonly resetMs?: number | undefined;
}

/** What a limiter knows and does, for a progress display. */
export interface LimiterState {
  /** Requests under way. */
  readonly inFlight: number;
  /** The most it lets be under way now. */
  readonly room: number;
  /** Milliseconds until the vendor grants requests again; 0 while it does. */
  readonly blockedMs: number;
  /** Requests granted in a window, or in a second: what was learned; `undefined` before the first refusal. */
  readonly learned: { readonly perWindow: number } | { readonly perSecond: number } | undefined;
  /** Requests that the vendor answered with anything but a refusal. */
  readonly granted: number;
  /** Requests that the vendor refused with 429. */
  readonly refused: number;
}

/** Options of a limiter. */
export interface LimiterOptions {
  /** Requests under way at once, at most. */
  readonly maxInFlight: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number;
}

interface Waiter {
  readonly resolve: (ticket: Ticket) => void;
  readonly reject: (reason: unknown) => void;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
}

/** The right to one request; to be given back with how it ended. */
export interface Ticket {
  end(outcome: Outcome): void;
}

/** Requests under way before anything is known. */
const START = 8;
/** Growth of that in a second, while nothing is refused. */
const GROWTH = 0.5;
/** The last part of a window is spent within about this time, in milliseconds, and with as few under way as that allows. */
const LAST_PART_MS = 1000;
/** How much of a window that is, beside what is under way. */
const MARGIN = 0.01;
/** Requests under way there, at least. */
const NARROW = 2;
/** A refusal of at least this long is the end of a window, in milliseconds. */
const WINDOW_MS = 2000;
/** First waits of one request that looks whether a vendor that gave no time grants again. */
const PROBE_MS = [250, 500, 1000];
/** Time without a refusal after which a bucket's rate is tried higher, in seconds. */
const PATIENCE_S = 6;
/** Further seconds until it is twice as high; it grows ever faster, in case the limit has been lifted. */
const DOUBLE_S = 12;
/** The longest wait that a vendor means, in milliseconds; beyond it, a moment was probably given where a number of seconds belongs. */
const LONGEST_MS = 86_400_000;

const meant = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms <= LONGEST_MS ? ms : undefined;

/** Learns one account's limit, and hands out tickets as it allows. */
export class Limiter {
  readonly #now: () => number;
  readonly #urgent = new Set<Waiter>();
  readonly #waiting = new Set<Waiter>();
  #maxInFlight: number;
  #inFlight = 0;
  #granted = 0;
  #refused = 0;
  /** Requests under way that are allowed while nothing more is known. */
  #room = START;
  #grownAt: number;
  /** How long a request takes, in milliseconds: a moving average. */
  #latencyMs = 0;
  /** Nothing may start before this time. */
  #blockedUntil = Number.NEGATIVE_INFINITY;
  /** One request looks whether the vendor grants again; the others wait for it. */
  #probing = false;
  /** Probes refused since the last grant. */
  #probes = 0;
  /** Whether the vendor has never named a time. */
  #silent = true;
  /** When the first request of this cycle was granted, and how many have been since. */
  #cycleStart: number;
  #cycleGranted = 0;
  /** When the cycle's first refusal came; tickets granted before it say nothing new when they are refused. */
  #emptyAt: number | undefined;
  #lastEmptyAt: number | undefined;
  #perWindow: number | undefined;
  /** Length of a window whose vendor names no time, in milliseconds. */
  #periodMs: number | undefined;
  #perSecond: number | undefined;
  /** Tokens of the bucket, as of `#tokensAt`. */
  #tokens = 0;
  #tokensAt = 0;
  #flowingSince = 0;
  /** What the vendor's headers leave, and until when that holds. */
  #headroom: { left: number; until: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ maxInFlight, now = () => performance.now() }: LimiterOptions) {
    this.#maxInFlight = maxInFlight;
    this.#now = now;
    this.#cycleStart = now();
    this.#grownAt = this.#cycleStart;
  }

  /**
   * Waits until a request may start. Rejects with the reason of a signal that aborts.
   *
   * @param urgent goes before those that are not: a write that was made from a read should not wait while more is read
   */
  acquire(signal?: AbortSignal, urgent = false): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        reject,
        signal,
        onAbort: () => {
          (urgent ? this.#urgent : this.#waiting).delete(waiter);
          reject(signal?.reason);
          // The timer of those who wait would keep the process, with nobody waiting.
          this.#serve();
        },
      };
      if (signal?.aborted) return waiter.onAbort();
      signal?.addEventListener("abort", waiter.onAbort);
      (urgent ? this.#urgent : this.#waiting).add(waiter);
      this.#serve();
    });
  }

  /** Lets more requests be under way at once; never fewer, since others may have asked for them. */
  allow(maxInFlight: number): void {
    this.#maxInFlight = Math.max(this.#maxInFlight, maxInFlight);
    this.#serve();
  }

  get state(): LimiterState {
    const [perWindow, perSecond] = [this.#perWindow, this.#perSecond];
    return {
      inFlight: this.#inFlight,
      room: this.#roomNow(),
      blockedMs: Math.max(0, this.#blockedUntil - this.#now()),
      learned: perWindow ? { perWindow } : perSecond ? { perSecond } : undefined,
      granted: this.#granted,
      refused: this.#refused,
    };
  }

  /** Gives tickets to those who wait, as many as may start now, and comes back when more may. */
  #serve(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#urgent.size + this.#waiting.size > 0) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        if (Number.isFinite(waitMs))
          this.#timer = setTimeout(() => this.#serve(), Math.min(waitMs, 2 ** 31 - 1));
        return;
      }
      const line = this.#urgent.size > 0 ? this.#urgent : this.#waiting;
      const [waiter] = line as ReadonlySet<Waiter> & Iterable<Waiter>;
      if (!waiter) return;
      line.delete(waiter);
      waiter.signal?.removeEventListener("abort", waiter.onAbort);
      waiter.resolve(this.#give());
    }
  }

  /** Milliseconds until a request may start; infinite where only the end of another one can tell. */
  #waitMs(): number {
    const now = this.#now();
    if (now < this.#blockedUntil) return this.#blockedUntil - now;
    if (this.#inFlight >= this.#roomNow()) return Number.POSITIVE_INFINITY;
    const headroom = this.#headroom;
    if (headroom && now < headroom.until && headroom.left <= 0) return headroom.until - now;
    if (this.#perSecond === undefined || this.#probing) return 0;
    this.#refill(now);
    return this.#tokens >= 1 ? 0 : Math.max(1, ((1 - this.#tokens) * 1000) / this.#rate(now));
  }

  /** How many may be under way: one where it is not known whether anything is granted, few near a known limit. */
  #roomNow(): number {
    if (this.#probing) return 1;
    const most = Math.min(this.#room, this.#maxInFlight);
    if (this.#perWindow === undefined) return most;
    const margin = Math.max(NARROW, this.#perWindow * MARGIN);
    if (this.#cycleGranted + this.#inFlight < this.#perWindow - margin - most) return most;
    const narrow = Math.ceil(((most + 2 * margin) * this.#latencyMs) / LAST_PART_MS);
    // Beyond what the last window granted the limit has grown: slowly more again.
    const beyond = this.#cycleGranted - this.#perWindow - margin;
    return Math.min(most, Math.max(NARROW, narrow) + Math.max(0, Math.floor(beyond / 8)));
  }

  #give(): Ticket {
    const start = this.#now();
    const probe = this.#probing;
    this.#inFlight++;
    this.#tokens--;
    if (this.#headroom) this.#headroom.left--;
    let open = true;
    return {
      end: (outcome) => {
        if (!open) return;
        open = false;
        this.#inFlight--;
        this.#latencyMs += (this.#now() - start - this.#latencyMs) / 16;
        if (outcome.status === 429) this.#refuse(start, probe, outcome);
        else if (outcome.status !== undefined) this.#grant(probe, outcome);
        // A probe without a response has told nothing; the next one asks again.
        this.#serve();
      },
    };
  }

  #grant(probe: boolean, { remaining, ...outcome }: Outcome): void {
    const now = this.#now();
    const resetMs = meant(outcome.resetMs);
    this.#granted++;
    if (probe && this.#probing) this.#startCycle(now);
    this.#cycleGranted++;
    this.#grow(now);
    if (remaining !== undefined && resetMs !== undefined)
      this.#headroom = { left: remaining - this.#inFlight, until: now + resetMs };
  }

  /** Lets more be under way: by time while only that is in the way, by grants where a rate paces them. */
  #grow(now: number): void {
    const full = this.#inFlight + 1 >= this.#room;
    if (this.#perSecond !== undefined) {
      if (this.#cycleGranted % 4 === 0) this.#room++;
    } else if (full && now - this.#grownAt >= 1000 / (this.#room * GROWTH)) {
      // A window that is known is spent at once as it is, unless that takes long.
      if (this.#perWindow === undefined || now - this.#cycleStart > WINDOW_MS) this.#room++;
      this.#grownAt = now;
    }
    this.#room = Math.min(this.#room, this.#maxInFlight);
  }

  /** The vendor grants again after a refusal. */
  #startCycle(now: number): void {
    const pausedMs = now - (this.#emptyAt ?? now);
    // A bucket grants again at the first look.
    if (this.#silent && this.#perWindow === undefined && pausedMs >= WINDOW_MS / 2) this.#becomeWindow();
    if (this.#silent && this.#perWindow !== undefined) {
      // The first look that is granted shows how long a window is; the next one looks a little earlier.
      const lastMs = now - this.#cycleStart;
      this.#periodMs = this.#probes > 0 ? lastMs : Math.min(this.#periodMs ?? lastMs, lastMs);
    }
    this.#probing = false;
    this.#probes = 0;
    this.#cycleStart = now;
    this.#cycleGranted = 0;
    this.#emptyAt = undefined;
    this.#flowingSince = now;
  }

  #becomeWindow(): void {
    this.#perWindow = this.#cycleGranted;
    this.#perSecond = undefined;
  }

  #refuse(start: number, probe: boolean, { retryAfterMs, resetMs }: Outcome): void {
    this.#refused++;
    const now = this.#now();
    const askedMs = meant(retryAfterMs) ?? meant(resetMs);
    if (askedMs !== undefined) this.#silent = false;
    if (probe && this.#probing) this.#probes++;
    // Those that were under way when the first was refused tell nothing new but how long to wait.
    else if (this.#emptyAt === undefined && start >= this.#cycleStart) this.#learn(now, askedMs);
    this.#probing = true;
    this.#flowingSince = now;
    const isGuessed = askedMs === undefined && !probe && this.#blockedUntil > now;
    if (!isGuessed) this.#blockedUntil = Math.max(this.#blockedUntil, now + (askedMs ?? this.#guessMs(now)));
  }

  /** What the first refusal of a cycle says about the limit. */
  #learn(now: number, askedMs: number | undefined): void {
    this.#emptyAt = now;
    // Where nothing was granted, others have used the limit up.
    if (this.#cycleGranted === 0) return;
    const last = this.#lastEmptyAt;
    this.#lastEmptyAt = now;
    const isWindow =
      askedMs === undefined
        ? this.#perWindow !== undefined
        : askedMs >= WINDOW_MS ||
          // The end of a window that was spent slowly is near.
          (this.#perWindow !== undefined && this.#cycleGranted >= this.#perWindow / 2);
    if (isWindow) this.#becomeWindow();
    else {
      // Before the second refusal nobody knows how much of it was a first allowance.
      const ms = last === undefined ? now - this.#cycleStart + (askedMs ?? 0) : now - last;
      this.#perSecond = Math.max(0.1, (this.#cycleGranted * 1000) / Math.max(ms, 1));
      this.#perWindow = undefined;
      // The vendor may have become slower: what was saved up while it refused is spent carefully, with half as many under way,
      // but with as many as the rate needs.
      const needed = Math.ceil((this.#perSecond * this.#latencyMs * 1.25) / 1000);
      this.#room = Math.min(Math.max(START / 2, this.#room >> 1, needed), this.#maxInFlight);
    }
    this.#tokens = 0;
    this.#tokensAt = now;
  }

  /** How long to wait for a vendor that names no time. */
  #guessMs(now: number): number {
    const { length } = PROBE_MS;
    if (this.#periodMs === undefined) return PROBE_MS[Math.min(this.#probes, length - 1)] as number;
    const expected = this.#cycleStart + this.#periodMs * 0.97;
    return Math.max(expected - now, this.#periodMs * 0.02, 50);
  }

  /** The bucket's rate: higher the longer nothing was refused. */
  #rate(now: number): number {
    const patient = Math.max(0, (now - this.#flowingSince) / 1000 - PATIENCE_S);
    return (this.#perSecond ?? Number.POSITIVE_INFINITY) * 2 ** ((patient / DOUBLE_S) ** 2);
  }

  #refill(now: number): void {
    this.#tokens = this.#tokens + ((now - this.#tokensAt) / 1000) * this.#rate(now);
    this.#tokensAt = now;
  }
}
