import { isConvoError, type Reply } from "@convo/client";
import type { HttpOptions } from "./changes.ts";
import { fromWire, type Reading } from "./from-wire.ts";
import type { Metadata } from "./metadata/index.ts";
import { heard, measured, type Watched } from "./observe.ts";
import type { Step } from "./observer.ts";
import type { Provider } from "./provider.ts";

/** How a provider's requests are addressed. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

/** Makes one call as a step of those it is for: counted, watched, told. Throws what the client or `take` throws. */
export function exchange<T>(
  watched: readonly Watched[],
  step: Step["step"],
  route: string,
  input: { path: Record<string, string | number>; body?: Metadata },
  options: HttpOptions,
  take: (reply: Reply<unknown>) => T,
): Promise<T> {
  const { client } = (watched as [Watched])[0].provider;
  const work = (): Promise<Reply<unknown>> => client.request(route, input, heard(watched, options));
  return measured(watched, step, async () => take(await counted(watched, work)));
}

/** Makes one call and counts it, whether it fails or not, for all it is for. */
export async function counted<T extends { readonly attempts: number }>(
  watched: readonly Watched[],
  work: () => Promise<T>,
): Promise<T> {
  const count = ({ attempts = 0 }: { attempts?: number }): void => {
    for (const one of watched) {
      one.requests += 1;
      one.attempts += attempts;
    }
  };
  try {
    const done = await work();
    count(done);
    return done;
  } catch (error) {
    count(isConvoError(error) ? error : {});
    throw error;
  }
}

/** Reads a conversation outside of any batch. Throws `ConvoError`. */
export function readOnce(
  watched: Watched,
  pathId: string | number,
  options: HttpOptions,
  use: "look" | "merge",
): Promise<{ reply: Reply<unknown>; reading: Reading }> {
  const { provider } = watched;
  const input = { path: pathOf(provider, pathId) };
  return exchange([watched], "read", provider.data.read, input, options, (reply) => ({
    reply,
    reading: fromWire(provider, pathId, reply, use),
  }));
}
