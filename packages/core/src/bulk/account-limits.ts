import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import { Limiter } from "./limiter.ts";

/** One limiter per vendor account, shared by all bulk runs of the process. */
const limiters = new Map<string, Limiter>();

/** The limiter of the account that a provider's calls go to. */
export async function limiterOf({ client, name }: Provider, maxInFlight: number): Promise<Limiter> {
  const { baseUrl, credentials } = await client.resolveTarget();
  const account = JSON.stringify([name, baseUrl, credentials]);
  let limiter = limiters.get(account);
  if (!limiter) {
    limiter = new Limiter({ maxInFlight });
    limiters.set(account, limiter);
  }
  limiter.allow(maxInFlight);
  return limiter;
}

/** The call options that make every request wait for a limiter, and tell it how the request ended. */
export function throttledBy(limiter: Limiter): Pick<HttpOptions, "beforeAttempt"> {
  return {
    async beforeAttempt({ kind, signal }) {
      const ticket = await limiter.acquire(signal, kind !== "read");
      return ({ status, retryAfterMs, rateLimit }) =>
        ticket.end({ status, retryAfterMs, remaining: rateLimit?.remaining, resetMs: rateLimit?.resetMs });
    },
  };
}
