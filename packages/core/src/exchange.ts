import type { ConvoError, Reply } from "@convo/client";
import type { HttpOptions } from "./changes.ts";
import { fromWire, type Reading, type Use } from "./from-wire.ts";
import { deadlineOf } from "./job.ts";
import type { Metadata } from "./metadata/index.ts";
import { heard, measured, type Watched } from "./observe.ts";
import type { Step } from "./observer.ts";
import type { Provider } from "./provider.ts";

/** A vendor's answer; `reading` is there if it shows the conversation. */
export interface Look {
  readonly reply: Reply<unknown>;
  readonly reading: Reading | undefined;
}

/** A look that shows the conversation, as every read does. */
export type Seen = Look & { readonly reading: Reading };

/** How a provider's requests are addressed. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

/**
 * Reads a conversation, or writes the body that is given, as a step of those it is for: counted, watched, told.
 * Throws `ConvoError`, kind `bad_response` for an answer that cannot be trusted.
 */
export function exchange(
  watched: readonly Watched[],
  step: Step["step"],
  pathId: string | number,
  options: HttpOptions,
  use: Use,
  body?: Metadata,
): Promise<Look> {
  const { provider } = (watched as [Watched])[0];
  const { client, data } = provider;
  const input = { path: pathOf(provider, pathId), body };
  return measured(watched, step, async () => {
    const reply = await counted(watched, () =>
      client.request(body ? data.update : data.read, input, heard(watched, options)),
    );
    return { reply, reading: fromWire(provider, pathId, reply, use) };
  });
}

/** Makes one call and counts it, whether it fails or not, for all it is for. */
export async function counted<T extends { readonly attempts: number }>(
  watched: readonly Watched[],
  work: () => Promise<T>,
): Promise<T> {
  let attempts = 0;
  try {
    const done = await work();
    attempts = done.attempts;
    return done;
  } catch (error) {
    attempts = (error as Partial<ConvoError>).attempts ?? 0;
    throw error;
  } finally {
    for (const one of watched) {
      one.requests += 1;
      one.attempts += attempts;
    }
  }
}

/** Reads a conversation outside of any batch, in what is left of the operation's time. */
export const readOnce = (
  watched: Watched,
  pathId: string | number,
  options: HttpOptions,
  use: "look" | "merge",
): Promise<Seen> => {
  const left = Math.max(1, Math.ceil(deadlineOf(watched, options) - performance.now()));
  // A deadline that is none stays what it is: the client refuses it.
  const rest = { ...options, deadlineMs: Math.min(options.deadlineMs ?? left, left) };
  return exchange([watched], "read", pathId, rest, use) as Promise<Seen>;
};
