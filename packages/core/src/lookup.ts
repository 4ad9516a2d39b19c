import type { CallOptions, Reply } from "@convo/client";
import { failure, type UpdateError } from "./errors.ts";
import { isDocument } from "./metadata/index.ts";
import type { LookupRules, ProviderData, VendorClient } from "./provider-data.ts";

const CAPACITY = 1024;

/** Finds the id that the path takes, and remembers what it found. */
export interface Lookup {
  /** The known id, at once; `undefined` if it has to be asked for. */
  known(id: string): number | undefined;
  /** Asks the vendor, once for all who ask at the same time. Throws `ConvoError`, `not_found` if there is no such conversation. */
  find(id: string, options?: CallOptions): Promise<{ id: number; attempts: number }>;
  /** Drops what is known, after an answer that contradicts it. */
  forget(id: string): void;
}

/** One lookup per provider; the 1,024 ids used last are kept. */
export function createLookup(client: VendorClient, rules: LookupRules, { self }: ProviderData): Lookup {
  const found = new Map<string, number>();
  const pending = new Map<string, Promise<{ id: number; attempts: number }>>();

  async function ask(
    id: string,
    options: CallOptions | undefined,
  ): Promise<{ id: number; attempts: number }> {
    const reply = await client.request(
      rules.route,
      { query: { ...rules.query, [rules.param]: id } },
      options,
    );
    const key = keyOf(client, rules, self, id, reply);
    found.set(id, key);
    if (found.size > CAPACITY) found.delete(found.keys().next().value as string);
    return { id: key, attempts: reply.attempts };
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
  self: string,
  id: string,
  { data, ...facts }: Reply<unknown>,
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
  const key = isDocument(row) ? row[self] : undefined;
  if (typeof key !== "number") throw untrusted("is about another conversation");
  return key;
}
