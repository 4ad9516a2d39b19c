import { isConvoError } from "@convo/client";
import { callOnce, pathOf, resolvePathId } from "../call.ts";
import { createError, validationError } from "../errors.ts";
import { isDocument } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import { type OperationContext, runOperation } from "../observe/operation.ts";
import { accountOf } from "../provider/account.ts";
import type { Provider } from "../provider/provider.ts";
import type { PartRules } from "../provider/verbs.ts";
import type { EraseEntry, EraseOptions, EraseReceipt } from "../types/erase.ts";
import type { HttpOptions } from "../types/update.ts";
import { findByCustomer, httpOf, partsOf, planErase, stateOf } from "./plan-erase.ts";
import { checkReceipt, sealReceipt } from "./receipt.ts";
import { remove } from "./remove.ts";

export { planErase } from "./plan-erase.ts";

type Providers = Readonly<Record<string, Provider>>;

/** What others add meanwhile is looked for this often: conversations of a customer, parts of a conversation. */
const MAX_ROUNDS = 3;

/** How many conversations are erased without being told a larger limit. */
const DEFAULT_LIMIT = 1000;

/**
 * Erases a target that is planned first, or what a plan or an unfinished receipt holds: deletes each conversation, reads it back, and says
 * what was found. Once its signal is aborted it begins no other, and returns the receipt as far as it came.
 *
 * @throws ConvoError as `planErase` does; of kind `invalid` for a receipt that was edited or belongs to another account, `limit` for more
 * conversations than `limit` allows; what goes wrong after the first delete is in the receipt
 */
export async function erase(
  providers: Providers,
  target: unknown,
  options: EraseOptions = {},
): Promise<EraseReceipt> {
  const isReceipt = isDocument(target) && target.kind === "convo_erase" && !Object.hasOwn(providers, "kind");
  const receipt = isReceipt
    ? (target as unknown as EraseReceipt)
    : await planErase(providers, target, options);
  await checkReceipt(receipt);
  await checkAccounts(providers, receipt, httpOf(options));
  const { digest, finishedAt, ...planned } = receipt;
  // A search that failed is made again.
  const entries = receipt.entries.filter((entry) => !(isOpen(entry) && entry.id === null));
  checkLimit(entries, options);
  for (let round = 1; ; round++) {
    for (const [index, entry] of entries.entries()) {
      if (!isOpen(entry) || entry.id === null || options.signal?.aborted) continue;
      entries[index] = await eraseOne(providers, entry, httpOf(options));
      await options.onReceipt?.(await sealReceipt({ ...planned, entries: [...entries] }));
    }
    if (planned.customerId === undefined || round === MAX_ROUNDS || options.signal?.aborted) break;
    const created = await findCreated(providers, planned.customerId, entries, options);
    if (created.length === 0) break;
    entries.push(...created);
    if (entries.filter(isOpen).length > (options.limit ?? DEFAULT_LIMIT)) break;
  }
  const finished = !entries.some(isOpen) && { finishedAt: now() };
  const sealed = await sealReceipt({ ...planned, ...finished, entries });
  await options.onReceipt?.(sealed);
  return sealed;
}

const now = (): string => new Date().toISOString();

const isOpen = ({ outcome }: EraseEntry): boolean => outcome === "pending" || outcome === "failed";

/** A customer's conversations that a receipt does not know yet; a search that fails is an entry too. */
async function findCreated(
  providers: Providers,
  customerId: string,
  entries: readonly EraseEntry[],
  options: EraseOptions,
): Promise<EraseEntry[]> {
  const keyOf = ({ provider, id }: EraseEntry): string => JSON.stringify([provider, id]);
  const known = new Set(entries.map(keyOf));
  const found: EraseEntry[] = [];
  for (const [name, provider] of Object.entries(providers)) {
    try {
      found.push(...(await findByCustomer(providers, name, customerId, options)));
    } catch (error) {
      if (!isConvoError(error)) throw error;
      const account = await accountOf(provider, httpOf(options));
      const blank = { leaves: null, parts: [], requestIds: [] };
      found.push({
        provider: name,
        account,
        id: null,
        outcome: "failed",
        ...blank,
        error: `Looking for others: ${error.message}`,
      });
    }
  }
  return found.filter((entry) => !known.has(keyOf(entry)));
}

/** Deletes one conversation with its parts, and reads it back. Whatever goes wrong is in the entry. */
async function eraseOne(providers: Providers, entry: EraseEntry, http: HttpOptions): Promise<EraseEntry> {
  const { provider: name, id } = entry;
  const provider = providers[name] as Provider;
  const { error: _, ...rest } = entry;
  const requestIds = new Set(entry.requestIds);
  const parts = entry.parts.map((part) => ({ ...part }));
  let { deletedAt } = entry;
  const result = (outcome: EraseEntry["outcome"], facts: Partial<EraseEntry>): EraseEntry => ({
    ...rest,
    parts,
    requestIds: [...requestIds],
    outcome,
    ...(deletedAt !== undefined && { deletedAt }),
    ...facts,
  });
  const deleteAll = async (operation: OperationContext): Promise<void> => {
    for (const rules of provider.data.verbs?.delete?.parts ?? [])
      await deleteParts(provider, operation, rules, parts, requestIds, http);
    const { requestId } = await remove(provider, operation, http);
    if (requestId) requestIds.add(requestId);
    deletedAt = now();
  };
  try {
    return await runOperation(provider, id as string | number, "erase", async (operation) => {
      let state = await stateOf(provider, operation, http);
      if (state === "there") {
        // Somebody else may be faster: the read afterwards says what became of it.
        await deleteAll(operation).catch(unlessNotFound);
        state = await stateOf(provider, operation, http);
      }
      const checkedAt = now();
      return state === "there"
        ? result("failed", { checkedAt, error: "It was deleted, and a read still finds it." })
        : result(state, { checkedAt });
    });
  } catch (error) {
    if (!isConvoError(error)) throw error;
    if (error.requestId) requestIds.add(error.requestId);
    return result("failed", { error: error.message });
  }
}

function unlessNotFound(error: unknown): void {
  if (!isConvoError(error) || error.kind !== "not_found") throw error;
}

/** Deletes the parts of one kind until a read finds no more. Throws `ConvoError`. */
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
  const part = parts.find(({ name }) => name === rules.name) ?? { name: rules.name, found: 0, deleted: 0 };
  if (!parts.includes(part)) parts.push(part);
  const done = new Set<string | number>();
  for (let round = 0; round <= MAX_ROUNDS; round++) {
    const ids = (await partsOf(provider, operation, rules, http)).filter((id) => !done.has(id));
    part.found = part.deleted + ids.length;
    if (ids.length === 0) return;
    for (const id of ids) {
      const input = { path: { ...path, [rules.param]: id } };
      const response = await callOnce(provider, operation, "write", rules.delete, input, http).catch(
        unlessNotFound,
      );
      if (response?.requestId) requestIds.add(response.requestId);
      done.add(id);
      part.deleted += 1;
    }
  }
  throw createError(
    provider,
    "conflict",
    `Other writers keep adding ${rules.name}`,
    "Erase again with this receipt once they have stopped.",
  );
}

function checkLimit(entries: readonly EraseEntry[], { limit = DEFAULT_LIMIT }: EraseOptions): void {
  const open = entries.filter(isOpen).length;
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
