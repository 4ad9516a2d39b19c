import { accountKey, pacers } from "../call.ts";
import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import { Limiter } from "./limiter.ts";

/** What makes every request wait for a limiter, and tells it how the request ended. */
export type Throttle = NonNullable<HttpOptions["beforeAttempt"]>;

/** A vendor account while runs work with it. */
interface Shared {
  readonly limiter: Limiter;
  readonly throttle: Throttle;
  runs: number;
}

/** One limiter per vendor account, shared by all bulk runs of the process; what it has learned stays. */
const accounts = new Map<string, Shared>();

/** The limiter of an account, for one run. */
export interface OpenLimiter {
  readonly limiter: Limiter;
  readonly throttle: Throttle;
  /** When the run is over. */
  close(): void;
}

/**
 * Opens the limiter of the account that a provider's calls with these options go to. Until it is closed, all that the process does
 * with the account waits for it.
 */
export async function openLimiter(
  provider: Provider,
  options: HttpOptions,
  maxInFlight: number,
): Promise<OpenLimiter> {
  const account = accountKey(await provider.resolveTarget(options));
  const shared = accounts.get(account) ?? share(new Limiter({ maxInFlight }));
  accounts.set(account, shared);
  shared.limiter.allow(maxInFlight);
  shared.runs++;
  pacers.set(account, shared.throttle);
  return {
    limiter: shared.limiter,
    throttle: shared.throttle,
    close() {
      if (--shared.runs === 0) pacers.delete(account);
    },
  };
}

function share(limiter: Limiter): Shared {
  const throttle: Throttle = async ({ kind, signal }) => {
    const ticket = await limiter.acquire(signal, kind !== "read");
    return ({ status, retryAfterMs, rateLimit }) =>
      ticket.end({ status, retryAfterMs, remaining: rateLimit?.remaining, resetMs: rateLimit?.resetMs });
  };
  return { limiter, throttle, runs: 0 };
}
