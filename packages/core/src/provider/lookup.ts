import { type ApiResponse, type CallOptions, isConvoError } from "@convo/client";
import { failure, invalid, type UpdateError } from "../errors.ts";
import { isDocument } from "../metadata/json.ts";
import { heard, measured, type Watched } from "../observe/operation.ts";
import type { HttpOptions } from "../types/update.ts";
import { counted } from "../update/requests.ts";
import type { Provider } from "./provider.ts";
import type { LookupRules, ProviderData, VendorClient } from "./record.ts";

const CAPACITY = 1024;

/** Finds the id that the path takes, and remembers what it found. */
export interface Lookup {
  /** The known id, at once; `undefined` if it has to be asked for. */
  known(id: string): number | undefined;
  /** Asks the vendor, once for all who ask at the same time. Throws `ConvoError`, `not_found` if there is no such conversation. */
  find(id: string, options?: CallOptions): Promise<{ id: number; httpRequests: number }>;
  /** Drops what is known, after an answer that contradicts it. */
  forget(id: string): void;
}

/** One lookup per provider; the 1,024 ids used last are kept. */
export function createLookup(client: VendorClient, rules: LookupRules, { idField }: ProviderData): Lookup {
  const found = new Map<string, number>();
  const pending = new Map<string, Promise<{ id: number; httpRequests: number }>>();

  async function ask(
    id: string,
    options: CallOptions | undefined,
  ): Promise<{ id: number; httpRequests: number }> {
    const reply = await client.request(
      rules.route,
      { query: { ...rules.query, [rules.param]: id } },
      options,
    );
    const key = keyOf(client, rules, idField, id, reply);
    found.set(id, key);
    if (found.size > CAPACITY) found.delete(found.keys().next().value as string);
    return { id: key, httpRequests: reply.httpRequests };
  }

  return {
    known(id) {
      const key = found.get(id);
      if (key !== undefined) found.delete(id) && found.set(id, key);
      return key;
    },
    find(id, options = {}) {
      // One caller's abort or deadline is not another's.
      if (options.signal || options.deadlineMs) return ask(id, options);
      const asked = pending.get(id) ?? ask(id, options).finally(() => pending.delete(id));
      pending.set(id, asked);
      return asked;
    },
    forget: (id) => void found.delete(id),
  };
}

function keyOf(
  { vendor }: VendorClient,
  { route, rows, match }: LookupRules,
  idField: string,
  id: string,
  { data, ...facts }: ApiResponse<unknown>,
): number {
  const untrusted = (why: string): UpdateError =>
    failure(vendor, "bad_response", `The answer of ${route} ${why}`, "Nothing was written.", facts);
  const list = isDocument(data) ? data[rows] : undefined;
  if (!Array.isArray(list)) throw untrusted(`has no list \`${rows}\``);
  if (list.length === 0) {
    const what = `There is no conversation with ${match} ${JSON.stringify(id)}`;
    throw failure(vendor, "not_found", what, undefined, facts);
  }
  const row = list.find((one) => isDocument(one) && one[match] === id);
  const key = isDocument(row) ? row[idField] : undefined;
  if (typeof key !== "number") throw untrusted("is about another conversation");
  return key;
}

/** Paths are checked by the client; this is about ids that never get into one, and about types. */
export function checkId({ name, lookup, data }: Provider, id: unknown): void {
  // Never both spellings of one id: they would be two conversations here, and one at the vendor.
  const text = data.idType !== "integer";
  const number = lookup !== undefined || !text;
  const fits =
    typeof id === "string" ? text && id.trim() !== "" : number && Number.isSafeInteger(id) && Number(id) > 0;
  if (fits) return;
  const kinds = [
    ...(number ? ["a positive whole number"] : []),
    ...(text ? ["a string that is not blank"] : []),
  ];
  throw invalid(name, "id", `id must be ${kinds.join(" or ")}`);
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
  const find = (): Promise<{ id: number; httpRequests: number }> =>
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
