import { isConvoError } from "@convo/client";
import { invalidArgument, validationError } from "../errors.ts";
import { isDocument, own } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import { type OperationContext, runOperation } from "../observe/operation.ts";
import { accountOf } from "../provider/account.ts";
import { checkId } from "../provider/lookup.ts";
import type { Provider } from "../provider/provider.ts";
import type { PartRules } from "../provider/verbs.ts";
import { callOnce } from "../read/call.ts";
import { readOnce } from "../read/get.ts";
import { readList } from "../read/list.ts";
import { readPages } from "../read/pages.ts";
import type { EraseEntry, EraseOptions, EraseReceipt } from "../types/erase.ts";
import type { HttpOptions } from "../types/update.ts";
import { pathOf } from "../update/batch.ts";
import { resolvePathId } from "../update/update.ts";
import { checkReceipt, sealReceipt } from "./receipt.ts";
import { remove } from "./remove.ts";

type Providers = Readonly<Record<string, Provider>>;

/** Lists of a customer's conversations are read again this often, for those that others create meanwhile. */
const MAX_ROUNDS = 3;

/** How many conversations are erased without being told a larger limit. */
const DEFAULT_LIMIT = 1000;

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
  const found =
    customerId === undefined
      ? await Promise.all(
          idsOf(providers, target).map(([name, id]) => pendingEntry(providers, name, id, options)),
        )
      : await findByCustomer(providers, customerId, options);
  const entries: EraseEntry[] = [];
  for (const entry of found) entries.push(await inspect(providers, entry, httpOf(options)));
  return sealReceipt({
    kind: "convo_erase",
    version: 1,
    plannedAt: now(),
    ...(customerId !== undefined && { customerId }),
    entries,
  });
}

/** Erases a target that is planned first, or what a plan or an unfinished receipt holds. Throws as `planErase` and `runErase` do. */
export async function erase(
  providers: Providers,
  target: unknown,
  options: EraseOptions = {},
): Promise<EraseReceipt> {
  const isReceipt = isDocument(target) && target.kind === "convo_erase" && !Object.hasOwn(providers, "kind");
  const receipt = isReceipt
    ? (target as unknown as EraseReceipt)
    : await planErase(providers, target, options);
  return runErase(providers, receipt, options);
}

/**
 * Deletes what a plan or an unfinished receipt holds, reads each back, and says what was found.
 *
 * @throws ConvoError of kind `invalid` for a receipt that was edited or belongs to another account, `limit` for more conversations than
 * `limit` allows; what goes wrong with a single conversation is in its entry
 */
async function runErase(
  providers: Providers,
  receipt: EraseReceipt,
  options: EraseOptions = {},
): Promise<EraseReceipt> {
  await checkReceipt(receipt);
  await checkAccounts(providers, receipt, httpOf(options));
  const entries = [...receipt.entries];
  const save = async (finished = false): Promise<EraseReceipt> => {
    const { digest, finishedAt, ...rest } = receipt;
    const sealed = await sealReceipt({
      ...rest,
      ...(finished && { finishedAt: now() }),
      entries: [...entries],
    });
    await options.onReceipt?.(sealed);
    return sealed;
  };
  for (let round = 1; ; round++) {
    checkLimit(entries, options);
    for (const [index, entry] of entries.entries()) {
      if (entry.outcome !== "pending" && entry.outcome !== "failed") continue;
      entries[index] = await eraseOne(providers, entry, httpOf(options));
      await save();
    }
    const { customerId } = receipt;
    if (customerId === undefined || round === MAX_ROUNDS) break;
    const known = new Set(entries.map(({ provider, id }) => JSON.stringify([provider, id])));
    const created = (await findByCustomer(providers, customerId, options)).filter(
      ({ provider, id }) => !known.has(JSON.stringify([provider, id])),
    );
    if (created.length === 0) break;
    entries.push(...created);
  }
  const left = entries.some(({ outcome }) => outcome === "pending" || outcome === "failed");
  return save(!left);
}

const now = (): string => new Date().toISOString();

/** The options of the HTTP calls alone. */
function httpOf({ limit, onReceipt, ...http }: EraseOptions): HttpOptions {
  return http;
}

function customerOf(providers: Providers, target: unknown): string | undefined {
  if (!isDocument(target) || Object.hasOwn(providers, "customerId")) return undefined;
  const { customerId } = target;
  if (customerId === undefined) return undefined;
  if (typeof customerId !== "string" || customerId.trim() === "")
    throw invalidArgument("convo", "customerId", "customerId must be a string that is not blank");
  return customerId;
}

function idsOf(providers: Providers, target: unknown): [name: string, id: string | number][] {
  if (!isDocument(target)) throw invalidArgument("convo", "ids", "ids must be an object: { provider: id }");
  const ids = Object.entries(target).flatMap(([name, given]) =>
    [given].flat().map((id) => [name, id] as [string, string | number]),
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
  const outcome = rules ? ("pending" as const) : ("unsupported" as const);
  const entry = {
    provider: name,
    account: await accountOf(provider, httpOf(options)),
    id,
    outcome,
    leaves: rules?.leaves ?? null,
  };
  const error = rules
    ? {}
    : { error: `The API of ${provider.name} has no operation that deletes a conversation.` };
  return { ...entry, ...error, parts: [], requestIds: [] };
}

/** A customer's conversations at every provider that can find them; the others say that they cannot. */
async function findByCustomer(
  providers: Providers,
  customerId: string,
  options: EraseOptions,
): Promise<EraseEntry[]> {
  const entries: EraseEntry[] = [];
  for (const [name, provider] of Object.entries(providers)) {
    if (provider.data.verbs?.list?.filters.customerId === undefined) {
      const error = `${provider.name} cannot find conversations by customer: name their ids.`;
      entries.push({
        provider: name,
        account: await accountOf(provider, httpOf(options)),
        id: null,
        outcome: "unsupported",
        leaves: null,
        parts: [],
        requestIds: [],
        error,
      });
      continue;
    }
    const list = readList(provider, { ...httpOf(options), filter: { customerId } });
    for await (const { items } of list)
      for (const { id } of items) entries.push(await pendingEntry(providers, name, id, options));
  }
  return entries;
}

/** Reads whether a conversation is there, and counts its parts. */
async function inspect(providers: Providers, entry: EraseEntry, http: HttpOptions): Promise<EraseEntry> {
  const { provider: name, id } = entry;
  if (entry.outcome !== "pending" || id === null) return entry;
  const provider = providers[name] as Provider;
  return runOperation(provider, id, "erase", async (operation) => {
    const state = await stateOf(provider, operation, http);
    if (state !== "there")
      return { ...entry, outcome: state === "gone" ? "not_found" : state, checkedAt: now() };
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

/** Deletes one conversation with its parts, and reads it back. Whatever goes wrong is in the entry. */
async function eraseOne(providers: Providers, entry: EraseEntry, http: HttpOptions): Promise<EraseEntry> {
  const { provider: name, id } = entry;
  const provider = providers[name] as Provider;
  const requestIds = new Set(entry.requestIds);
  const parts = entry.parts.map((part) => ({ ...part }));
  let { deletedAt } = entry;
  const state = (): Pick<EraseEntry, "parts" | "requestIds"> => ({ parts, requestIds: [...requestIds] });
  try {
    return await runOperation(provider, id as string | number, "erase", async (operation) => {
      const before = await stateOf(provider, operation, http);
      if (before === "there") {
        for (const rules of provider.data.verbs?.delete?.parts ?? [])
          await deleteParts(provider, operation, rules, parts, requestIds, http);
        const { requestId } = await remove(provider, operation, http);
        if (requestId) requestIds.add(requestId);
        deletedAt = now();
      }
      const after = before === "there" ? await stateOf(provider, operation, http) : before;
      const gone = deletedAt === undefined ? "not_found" : "gone";
      const outcome = after === "there" ? "failed" : after === "gone" ? gone : after;
      const { error, ...rest } = entry;
      return {
        ...rest,
        ...state(),
        outcome,
        checkedAt: now(),
        ...(deletedAt !== undefined && { deletedAt }),
        ...(outcome === "failed" && {
          error: "The vendor confirmed the delete, and a read still finds the conversation.",
        }),
      };
    });
  } catch (error) {
    if (!isConvoError(error)) throw error;
    if (error.requestId) requestIds.add(error.requestId);
    return { ...entry, ...state(), outcome: "failed", error: error.message };
  }
}

/** What a read shows of a conversation now. */
async function stateOf(
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

/** Ids of a conversation's parts of one kind, all of them before any is deleted. */
async function partsOf(
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
  } as const;
  const ids: (string | number)[] = [];
  for await (const { items } of readPages(provider, source, undefined, http))
    for (const row of items) {
      const value = isDocument(row) ? own(row, id) : undefined;
      if (typeof value === "string" || typeof value === "number") ids.push(value);
    }
  return ids;
}

async function deleteParts(
  provider: Provider,
  operation: OperationContext,
  rules: PartRules,
  parts: { name: string; found: number; deleted: number }[],
  requestIds: Set<string>,
  http: HttpOptions,
): Promise<void> {
  const { pathId } = await resolvePathId(provider, operation, http);
  const path = pathOf(provider, pathId);
  const ids = await partsOf(provider, operation, rules, http);
  const part = parts.find(({ name }) => name === rules.name) ?? { name: rules.name, found: 0, deleted: 0 };
  if (!parts.includes(part)) parts.push(part);
  part.found = part.deleted + ids.length;
  for (const id of ids) {
    try {
      const { requestId } = await callOnce(
        provider,
        operation,
        "write",
        rules.delete,
        { path: { ...path, [rules.param]: id } },
        http,
      );
      if (requestId) requestIds.add(requestId);
    } catch (error) {
      // Somebody else was faster; it is deleted all the same.
      if (!isConvoError(error) || error.kind !== "not_found") throw error;
    }
    part.deleted += 1;
  }
}

function checkLimit(entries: readonly EraseEntry[], { limit = DEFAULT_LIMIT }: EraseOptions): void {
  const open = entries.filter(({ outcome }) => outcome === "pending" || outcome === "failed").length;
  if (!(Number.isSafeInteger(limit) && limit > 0))
    throw invalidArgument("convo", "limit", "limit must be a whole number from 1");
  if (open > limit)
    throw validationError("convo", [
      {
        path: "limit",
        kind: "limit",
        message: `${open} conversations would be erased, and the limit is ${limit}: set \`limit\` if you mean it`,
        limit: "limit",
        max: limit,
        actual: open,
      },
    ]);
}

async function checkAccounts(
  providers: Providers,
  { entries }: EraseReceipt,
  http: HttpOptions,
): Promise<void> {
  const violations: Violation[] = [];
  for (const name of new Set(entries.map(({ provider }) => provider))) {
    const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
    const own = provider && (await accountOf(provider, http));
    const accounts = entries.filter(({ provider }) => provider === name).map(({ account }) => account);
    const refuse = (message: string): void => void violations.push({ path: name, kind: "invalid", message });
    if (!own) refuse(`the receipt names the provider ${JSON.stringify(name)}, which is not here`);
    else if (accounts.some((account) => account !== own))
      refuse(`the receipt belongs to another account of ${name}`);
  }
  if (violations.length > 0) throw validationError("convo", violations);
}
