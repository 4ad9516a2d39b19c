import type { CallOptions, Reply } from "@convo/client";
import { UpdateError } from "./errors.ts";
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
    const key = keyOf(client.vendor.name, rules, self, id, reply);
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
    find(id, options) {
      const asked = pending.get(id) ?? ask(id, options).finally(() => pending.delete(id));
      pending.set(id, asked);
      return asked;
    },
    forget: (id) => void found.delete(id),
  };
}

function keyOf(
  provider: string,
  rules: LookupRules,
  self: string,
  id: string,
  reply: Reply<unknown>,
): number {
  const rows = isDocument(reply.data) ? reply.data[rules.rows] : undefined;
  const facts = { provider, status: reply.status, requestId: reply.requestId, attempts: reply.attempts };
  if (!Array.isArray(rows)) {
    const what = `The answer of ${rules.route} has no list \`${rules.rows}\``;
    throw new UpdateError({ ...facts, kind: "bad_response", what, next: "Nothing was changed." });
  }
  if (rows.length === 0)
    throw new UpdateError({
      ...facts,
      kind: "not_found",
      what: `There is no conversation with ${rules.match} ${JSON.stringify(id)}`,
    });
  const row = rows.find((one) => isDocument(one) && one[rules.match] === id);
  const key = isDocument(row) ? row[self] : undefined;
  if (typeof key === "number") return key;
  const what = `The answer of ${rules.route} is about another conversation`;
  throw new UpdateError({ ...facts, kind: "bad_response", what, next: "Nothing was changed." });
}
