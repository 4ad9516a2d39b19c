import { isConvoError } from "@convo/client";
import type { HttpOptions } from "./changes.ts";
import { invalid } from "./errors.ts";
import { counted } from "./exchange.ts";
import type { Lookup } from "./lookup.ts";
import { heard, measured, type Watched } from "./observe.ts";
import type { Provider } from "./provider.ts";

/** Paths are checked by the client; this is about ids that never get into one, and about types. */
export function checkId({ name, lookup }: Provider, id: unknown): void {
  const fits =
    typeof id === "string" ? id.trim() !== "" : lookup && Number.isSafeInteger(id) && Number(id) > 0;
  if (!fits)
    throw invalid(
      name,
      "id",
      `id must be ${lookup ? "a positive whole number or " : ""}a string that is not blank`,
    );
}

/** The id in the path, where it can be told without asking. */
export function knownId({ lookup }: Provider, id: string | number): string | number | undefined {
  return lookup && typeof id === "string" ? lookup.known(id) : id;
}

/** The id in the path; the vendor is asked where it has to be. Throws `ConvoError`. */
export async function resolveId(watched: Watched, options: HttpOptions): Promise<string | number> {
  const { provider, id } = watched;
  checkId(provider, id);
  const known = knownId(provider, id);
  if (known !== undefined) return known;
  const lookup = provider.lookup as Lookup;
  const find = (): Promise<{ id: number; attempts: number }> =>
    lookup.find(id as string, heard([watched], options));
  return measured([watched], "lookup", async () => (await counted([watched], find)).id);
}

/** Drops a looked-up id that turned out to lead nowhere, so that the next call asks again. */
export function forgetting(provider: Provider, id: string | number): (error: unknown) => never {
  return (error) => {
    if (typeof id === "string" && isConvoError(error) && error.kind === "not_found")
      provider.lookup?.forget(id);
    throw error;
  };
}
