import type { ApiResponse, CallOptions } from "@convo/client";
import { type ConversationError, createError, invalidArgument, isConvoError } from "../errors.ts";
import { isDocument } from "../metadata/json.ts";
import type { VendorClient } from "../types/shape.ts";
import type { LookupRules, ProviderData } from "./record.ts";

const CAPACITY = 1024;

/** Finds the id that the path takes, and remembers what it found; per account, since others may use the same names. */
export interface Lookup {
  /** The known id; `undefined` if the vendor has to be asked. */
  known(id: string, account: string): number | undefined;
  /** Asks the vendor. Throws `ConvoError`, `not_found` if there is no such conversation. */
  find(id: string, account: string, options: CallOptions): Promise<{ id: number; httpRequests: number }>;
  /** Drops what is known, after a response that contradicts it. */
  forget(id: string): void;
}

/** One lookup per provider; the 1,024 ids used last are kept. */
export function createLookup(client: VendorClient, rules: LookupRules, { idField }: ProviderData): Lookup {
  const found = new Map<string, number>();
  const keyOf = (id: string, account: string): string => `${id}\n${account}`;
  return {
    known(id, account) {
      const key = keyOf(id, account);
      const pathId = found.get(key);
      if (pathId !== undefined) found.delete(key) && found.set(key, pathId);
      return pathId;
    },
    async find(id, account, options) {
      const query = { ...rules.query, [rules.param]: id };
      const response = await client.request(rules.route, { query }, options);
      const pathId = readId(client, rules, idField, id, response);
      found.set(keyOf(id, account), pathId);
      if (found.size > CAPACITY) found.delete(found.keys().next().value as string);
      return { id: pathId, httpRequests: response.httpRequests };
    },
    forget(id) {
      for (const key of found.keys()) if (key.startsWith(`${id}\n`)) found.delete(key);
    },
  };
}

function readId(
  { vendor }: VendorClient,
  { route, rows, match }: LookupRules,
  idField: string,
  id: string,
  { data, ...facts }: ApiResponse<unknown>,
): number {
  const untrusted = (why: string): ConversationError =>
    createError(vendor, "bad_response", `The response of ${route} ${why}`, "Nothing was written.", facts);
  const list = isDocument(data) ? data[rows] : undefined;
  if (!Array.isArray(list)) throw untrusted(`has no list \`${rows}\``);
  if (list.length === 0) {
    const message = `There is no conversation with ${match} ${JSON.stringify(id)}`;
    throw createError(vendor, "not_found", message, undefined, facts);
  }
  const row = list.find((candidate) => isDocument(candidate) && candidate[match] === id);
  const pathId = isDocument(row) ? row[idField] : undefined;
  if (typeof pathId !== "number") throw untrusted("is about another conversation");
  return pathId;
}

/** Checks the type of an id, and that it is not blank; the client checks what gets into a path. Throws `invalid`. */
export function checkId(
  { name, lookup, data }: { name: string; lookup: Lookup | undefined; data: ProviderData },
  id: unknown,
): void {
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
  throw invalidArgument(name, "id", `id must be ${kinds.join(" or ")}`);
}

/** Drops a looked-up id that turned out to be invalid, so that the next call asks again. */
export function forgetId(
  { lookup }: { lookup: Lookup | undefined },
  id: string | number,
): (error: unknown) => never {
  return (error) => {
    if (lookup && typeof id === "string" && isConvoError(error) && error.kind === "not_found")
      lookup.forget(id);
    throw error;
  };
}
