import { isConvoError } from "@convo/client";
import { pathOf, resolvePathId } from "../call.ts";
import { createError, invalidArgument } from "../errors.ts";
import { isDocument, own } from "../metadata/json.ts";
import { type OperationContext, runOperation } from "../observe/operation.ts";
import { accountOf } from "../provider/account.ts";
import { checkId } from "../provider/lookup.ts";
import type { Provider } from "../provider/provider.ts";
import type { PartRules } from "../provider/verbs.ts";
import { readOnce } from "../read/get.ts";
import { readList } from "../read/list.ts";
import { readPages } from "../read/pages.ts";
import type { EraseEntry, EraseOptions, EraseReceipt } from "../types/erase.ts";
import type { HttpOptions } from "../types/update.ts";
import { sealReceipt } from "./receipt.ts";

type Providers = Readonly<Record<string, Provider>>;

/**
 * Reads what an erase would delete, and deletes nothing.
 *
 * @param target ids per provider, one or several, or the customer whose conversations are meant
 * @throws ConvoError of kind `invalid` for a target that names nothing; ConvoError of the transport
 */
export async function planErase(
  providers: Providers,
  target: unknown,
  options: EraseOptions = {},
): Promise<EraseReceipt> {
  const customerId = customerOf(providers, target);
  const entries: EraseEntry[] = [];
  if (customerId === undefined)
    for (const [name, id] of idsOf(providers, target))
      entries.push(await inspect(providers, await pendingEntry(providers, name, id, options), options));
  else
    for (const name of Object.keys(providers))
      entries.push(...(await findByCustomer(providers, name, customerId, options)));
  return sealReceipt({
    kind: "convo_erase",
    version: 1,
    plannedAt: new Date().toISOString(),
    ...(customerId !== undefined && { customerId }),
    entries,
  });
}

/** The options of the HTTP calls alone. */
export function httpOf({ limit, onReceipt, catalogue, ...http }: EraseOptions): HttpOptions {
  return http;
}

function customerOf(providers: Providers, target: unknown): string | undefined {
  if (!isDocument(target) || Object.hasOwn(providers, "customerId")) return undefined;
  const { customerId, ...others } = target;
  if (customerId === undefined) return undefined;
  const refuse = (message: string): never => {
    throw invalidArgument("convo", "customerId", `customerId ${message}`);
  };
  if (typeof customerId !== "string" || customerId.trim() === "")
    return refuse("must be a string that is not blank");
  if (Object.keys(others).length > 0) return refuse("and ids cannot be erased in one call: make two");
  return customerId;
}

/** What is named, each once. */
function idsOf(providers: Providers, target: unknown): [name: string, id: string | number][] {
  if (!isDocument(target)) throw invalidArgument("convo", "ids", "ids must be an object: { provider: id }");
  const ids = Object.entries(target).flatMap(([name, given]) =>
    [...new Set([given].flat())].map((id) => [name, id] as [string, string | number]),
  );
  if (ids.length === 0) throw invalidArgument("convo", "ids", "ids are empty: name what to erase");
  for (const [name, id] of ids) {
    if (!Object.hasOwn(providers, name)) throw invalidArgument("convo", name, `Unknown provider "${name}"`);
    checkId(providers[name] as Provider, id);
  }
  return ids;
}

async function pendingEntry(
  providers: Providers,
  name: string,
  id: string | number,
  options: EraseOptions,
): Promise<EraseEntry> {
  const provider = providers[name] as Provider;
  const rules = provider.data.verbs?.delete;
  return {
    provider: name,
    account: await accountOf(provider, httpOf(options)),
    id,
    outcome: rules ? "pending" : "unsupported",
    leaves: rules?.leaves ?? null,
    parts: [],
    requestIds: [],
    ...(!rules && { error: `The API of ${provider.name} has no operation that deletes a conversation.` }),
  };
}

/**
 * A customer's conversations at one provider that are there now. Where it cannot list by customer, those of the catalogue, and an entry that
 * says so. Throws `ConvoError`.
 */
export async function findByCustomer(
  providers: Providers,
  name: string,
  customerId: string,
  options: EraseOptions,
): Promise<EraseEntry[]> {
  const provider = providers[name] as Provider;
  const entries: EraseEntry[] = [];
  const add = async (id: string | number): Promise<void> => {
    entries.push(await inspect(providers, await pendingEntry(providers, name, id, options), options));
  };
  if (provider.data.verbs?.list?.filters.customerId !== undefined) {
    const list = readList(provider, { ...httpOf(options), filter: { customerId } });
    for await (const { items } of list) for (const { id } of items) await add(id);
    return entries;
  }
  const account = await accountOf(provider, httpOf(options));
  for await (const row of options.catalogue?.find({ provider: name }) ?? []) {
    const { conversation } = row;
    const customer = conversation.customerId ?? own(conversation.metadata ?? {}, "customerId");
    if (row.account === account && customer === customerId) await add(row.id);
  }
  const error = options.catalogue
    ? `${provider.name} cannot find conversations by customer: only those in the catalogue were found.`
    : `${provider.name} cannot find conversations by customer: name their ids, or give a catalogue.`;
  const blank = { leaves: null, parts: [], requestIds: [] };
  return [...entries, { provider: name, account, id: null, outcome: "unsupported", ...blank, error }];
}

/** Reads whether a conversation is there, and counts its parts. Throws `ConvoError`. */
async function inspect(providers: Providers, entry: EraseEntry, options: EraseOptions): Promise<EraseEntry> {
  const { provider: name, id } = entry;
  if (entry.outcome !== "pending" || id === null) return entry;
  const provider = providers[name] as Provider;
  return runOperation(provider, id, "erase", async (operation) => {
    const http = httpOf(options);
    const state = await stateOf(provider, operation, http);
    const checkedAt = new Date().toISOString();
    if (state !== "there") return { ...entry, outcome: state === "gone" ? "not_found" : state, checkedAt };
    const parts = [];
    for (const rules of provider.data.verbs?.delete?.parts ?? [])
      parts.push({
        name: rules.name,
        found: (await partsOf(provider, operation, rules, http)).length,
        deleted: 0,
      });
    return { ...entry, parts };
  });
}

/** What a read shows of a conversation now. Throws `ConvoError`. */
export async function stateOf(
  provider: Provider,
  operation: OperationContext,
  http: HttpOptions,
): Promise<"there" | "hidden" | "gone"> {
  try {
    const { read } = await readOnce(provider, operation, http, "inspect");
    const { hidden } = provider.data.verbs?.delete ?? {};
    return hidden && own(read.conversation.body, hidden) === true ? "hidden" : "there";
  } catch (error) {
    if (isConvoError(error) && error.kind === "not_found") return "gone";
    throw error;
  }
}

/** Ids of a conversation's parts of one kind, all of them before any is deleted. Throws `ConvoError`. */
export async function partsOf(
  provider: Provider,
  operation: OperationContext,
  { list, id, of }: PartRules,
  http: HttpOptions,
): Promise<(string | number)[]> {
  const { pathId } = await resolvePathId(provider, operation, http);
  const source = {
    operation: "erase",
    id: operation.id,
    route: list,
    query: of === undefined ? {} : { [of]: pathId },
    path: async () => pathOf(provider, pathId),
    within: operation,
  } as const;
  const ids: (string | number)[] = [];
  for await (const { items } of readPages(provider, source, undefined, http))
    for (const row of items) {
      const value = isDocument(row) ? own(row, id) : undefined;
      // One that cannot be named cannot be deleted, and must not be passed over.
      if (typeof value !== "string" && typeof value !== "number")
        throw createError(
          provider,
          "bad_response",
          `A row of ${list} has no ${id}`,
          "Nothing of it was deleted.",
        );
      ids.push(value);
    }
  return ids;
}
