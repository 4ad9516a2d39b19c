/** How a vendor limits requests. */
export type LimitKind = "window" | "silent window" | "bucket" | "none";

/** Requests within a period. */
export interface Limit {
  readonly kind: LimitKind;
  readonly requests: number;
  readonly perMs: number;
}

/** Whether a request is granted, and if not, what the vendor says about it. */
export type Verdict =
  | { readonly granted: true }
  | { readonly granted: false; readonly retryAfterSeconds?: number };

/** A limit at work, which may change at any moment. Time is in milliseconds since some start. */
export class LimitAtWork {
  limit: Limit;
  #window = -1;
  #used = 0;
  #tokens: number;
  #at = 0;

  constructor(limit: Limit) {
    this.limit = limit;
    this.#tokens = limit.requests;
  }

  take(now: number): Verdict {
    const { kind, requests, perMs } = this.limit;
    if (kind === "none") return { granted: true };
    if (kind === "bucket") {
      this.#tokens = Math.min(requests, this.#tokens + ((now - this.#at) * requests) / perMs);
      this.#at = now;
      if (this.#tokens < 1) return { granted: false, retryAfterSeconds: 1 };
      this.#tokens--;
      return { granted: true };
    }
    const window = Math.floor(now / perMs);
    if (window !== this.#window) [this.#window, this.#used] = [window, 0];
    if (this.#used >= requests) {
      const seconds = Math.ceil(((window + 1) * perMs - now) / 1000);
      return kind === "window" ? { granted: false, retryAfterSeconds: seconds } : { granted: false };
    }
    this.#used++;
    return { granted: true };
  }
}

/** Milliseconds that a client needs which knows the limit, always waits at the door, and takes no time itself. */
export function optimumMs(limit: Limit, requests: number, later: Limit, changeAt: number): number {
  const work = new LimitAtWork(limit);
  let granted = 0;
  let now = 0;
  while (granted < requests) {
    if (granted === changeAt) work.limit = later;
    if (work.take(now).granted) granted++;
    else now++;
  }
  return now;
}
