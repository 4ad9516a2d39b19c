import type { BulkOptions, BulkRun } from "./bulk/bulk.ts";
import type { JournalStore } from "./bulk/journal.ts";
import { lazyRun, lazyUndo } from "./bulk/lazy.ts";
import type { AllUpdates, RunOptions } from "./bulk/targets.ts";
import type { UndoOptions, UndoResult } from "./bulk/undo.ts";
import {
  invalidArgument,
  isConvoError,
  loadPart,
  PartialError,
  type Settled,
  validationError,
} from "./errors.ts";
import { type Handle, type Lines, prepareUpdate, runUpdate } from "./handle.ts";
import { type AnyDocument, isDocument, type JsonInput, type Metadata } from "./metadata/json.ts";
import type { Violation } from "./metadata/limits.ts";
import { mergeMetadata } from "./metadata/merge.ts";
import { assertOptions } from "./options.ts";
import type { Provider, Providers, ShapeIn } from "./provider/provider.ts";
import type { Catalogue } from "./types/catalogue.ts";
import type { CommonField } from "./types/conversation.ts";
import type { EraseOptions, EraseReceipt } from "./types/erase.ts";
import type {
  AnyCommonFields,
  AnyMetadataChanges,
  ChangesUnder,
  FieldChanges,
  HeldBy,
  MetadataChanges,
  Shape,
} from "./types/shape.ts";
import type { Merge, Unsupported, UpdateOptions, UpdateResult } from "./types/update.ts";

/** The common fields that all of these vendors have. */
type HeldByAll<P extends Providers, K extends keyof P> = {
  [F in CommonField]: [K] extends [
    { [N in keyof P]: F extends HeldBy<ShapeIn<P[N]>["fields"]> ? N : never }[keyof P],
  ]
    ? F
    : never;
}[CommonField];

/** The vendors among these that have no metadata. */
type Without<P extends Providers, K extends keyof P> = {
  [N in K]: [ShapeIn<P[N]>["value"]] extends [never] ? N : never;
}[K];

/** What all of several vendors can do. */
export type SharedChanges<
  P extends Providers,
  K extends keyof P,
  U extends Unsupported,
  M extends Merge,
  D = AnyDocument<JsonInput>,
> = [U] extends ["skip" | "metadata"]
  ? AnyCommonFields &
      ([ShapeIn<P[K]>["schema"]] extends [undefined]
        ? MetadataChanges<JsonInput, undefined, M, D>
        : Every<{ [Name in K]: AnyMetadataChanges<ShapeIn<P[Name]>, M, D> }[K]>)
  : FieldChanges<HeldByAll<P, K>, Every<{ [Name in K]: ShapeIn<P[Name]>["fields"] }[K]> & Shape["fields"]> &
      SharedMetadata<P, K, M, D>;

type SharedMetadata<P extends Providers, K extends keyof P, M extends Merge, D> = [Without<P, K>] extends [
  never,
]
  ? [ShapeIn<P[K]>["schema"]] extends [undefined]
    ? MetadataChanges<ValueOfAll<P, K>, undefined, M, D>
    : Every<{ [N in K]: MetadataChanges<ShapeIn<P[N]>["value"], ShapeIn<P[N]>["schema"], M, D> }[K]>
  : [HeldByAll<P, K>] extends [never]
    ? { readonly [nothing: string]: never }
    : unknown;

/** Strings, if one of these vendors holds only those. */
type ValueOfAll<P extends Providers, K extends keyof P> = true extends {
  [N in K]: [ShapeIn<P[N]>["value"]] extends [string] ? true : false;
}[K]
  ? string
  : JsonInput;

type Every<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Options of an update at several vendors. */
export interface AllUpdateOptions<
  P extends Providers,
  K extends keyof P,
  U extends Unsupported,
  M extends Merge = Merge,
  O extends OwnDocuments<K> = OwnDocuments<K>,
> extends Omit<UpdateOptions<U, M>, "current"> {
  /** What to change at one vendor besides, or otherwise: its fields win, its metadata is laid over the common one, its `unset` is added. */
  overrides?: Overridden<P, K, U, M, O>;
}

/** The type of each vendor's own metadata. */
type OwnDocuments<K extends PropertyKey> = { [Name in K]?: object };

/** Changes of single vendors; over the keys of `O`, so that each has metadata of a type of its own. */
type Overridden<
  P extends Providers,
  K extends keyof P,
  U extends Unsupported,
  M extends Merge,
  O extends OwnDocuments<K>,
> = { [Name in keyof O]: ChangesUnder<ShapeIn<P[Name & K]>, U, M, O[Name]> };

/** Ids of conversations per provider, one or several. */
export type IdsIn<P extends Providers> = {
  readonly [Name in keyof P]?: ShapeIn<P[Name]>["id"] | readonly ShapeIn<P[Name]>["id"][];
};

/** What can be done at several vendors at once. */
export interface AllProviders<P extends Providers> {
  /**
   * Reads what `erase` would delete, and what would stay; deletes nothing.
   *
   * @throws ConvoError `invalid` for a target that names nothing, or a kind of the transport
   */
  planErase(target: IdsIn<P> | { customerId: string }, options?: EraseOptions): Promise<EraseReceipt>;
  /**
   * Deletes conversations everywhere, reads each back, and reports only what was read. Takes ids, a customer, a plan, or an unfinished receipt to
   * go on with. What goes wrong with one conversation is in its entry, and does not stop the others. Once its signal is aborted, it begins no
   * other conversation and returns the receipt as far as it came.
   *
   * @throws ConvoError `invalid` for a receipt that was edited or belongs to another account, `limit` for more conversations than `limit` allows
   */
  erase(
    target: IdsIn<P> | { customerId: string } | EraseReceipt,
    options?: EraseOptions,
  ): Promise<EraseReceipt>;
  /**
   * Changes the same conversation at several vendors side by side. Resolves to one result per vendor when all are done.
   *
   * @throws ConvoError before any request for changes that one of them cannot make; PartialError when any failed later, with every vendor's result or error and `retryFailed()`
   */
  update<
    K extends keyof P & string,
    U extends Unsupported = Unsupported,
    M extends Merge = Merge,
    D extends object = Metadata,
    O extends OwnDocuments<K> = OwnDocuments<K>,
  >(
    ids: { readonly [Name in K]: ShapeIn<P[Name]>["id"] } & IdsOf<P>,
    changes: SharedChanges<P, K, U, M, D>,
    options?: AllUpdateOptions<P, NoInfer<K>, U, M, O>,
  ): Promise<{ readonly [Name in K]: UpdateResult<ShapeIn<P[Name]>> }>;
  /** `updateMany` over several vendors: any iterable of `{ ids, changes, overrides? }`. */
  updateMany<
    Ids extends IdsOf<P>,
    U extends Unsupported = Unsupported,
    M extends Merge = Merge,
    D extends object = Metadata,
    O extends OwnDocuments<keyof Ids> = OwnDocuments<keyof Ids>,
  >(
    lines: Lines<AllLine<P, Ids, U, M, D, O>>,
    options?: BulkOptions & Omit<UpdateOptions<U, M>, "current">,
  ): BulkRun<
    { readonly [Name in keyof Ids & keyof P]: UpdateResult<ShapeIn<P[Name]>> },
    AllLine<P, Ids, U, M, D, O>
  >;
  /** Takes back what a run of `all.updateMany` has changed, as `undo` of one vendor does. */
  undo(journal: JournalStore, options?: UndoOptions): AsyncIterable<UndoResult>;
}

/** Ids of a conversation at some of the vendors. */
type IdsOf<P extends Providers> = { readonly [Name in keyof P]?: ShapeIn<P[Name]>["id"] };

/** One line of `all.updateMany`. */
export interface AllLine<
  P extends Providers,
  Ids extends IdsOf<P>,
  U extends Unsupported = Unsupported,
  M extends Merge = Merge,
  D = AnyDocument<JsonInput>,
  O extends OwnDocuments<keyof Ids> = OwnDocuments<keyof Ids>,
> {
  /** Ids of the conversation, by provider. */
  readonly ids: Ids;
  /** What all of the vendors named can do. */
  readonly changes: SharedChanges<P, keyof NoInfer<Ids> & keyof P, U, M, D>;
  /** What some of them get over the common changes, by provider. */
  readonly overrides?:
    | { readonly [Name in keyof NoInfer<Ids> & keyof P]?: ChangesUnder<ShapeIn<P[Name]>, U, M> }
    | Overridden<P, keyof NoInfer<Ids> & keyof P, U, M, O>;
}

type Run = readonly [name: string, run: () => Promise<UpdateResult>];

/** Makes what can be done over several providers. */
export function createAll(
  providers: Providers,
  handles: Readonly<Record<string, Handle>>,
  catalogue?: Catalogue,
): Readonly<Record<keyof AllProviders<Providers>, (...args: never[]) => unknown>> {
  const updates: AllUpdates = {
    changesFor: ({ ids, changes, overrides }) => changesPerVendor(providers, ids, changes, overrides),
    update: ({ ids }, changes, options, before) => updateAll(providers, ids, changes, options, before),
  };
  const eraseOptions = (options: EraseOptions = {}): EraseOptions => {
    assertOptions("convo", "erase", options);
    const used = options.catalogue ?? catalogue;
    return used ? { ...options, catalogue: used } : options;
  };
  const erasing = (): Promise<typeof import("./lifecycle/erase.ts")> =>
    loadPart("convo", import("./lifecycle/erase.ts"));
  return {
    planErase: async (target: unknown, options?: EraseOptions) =>
      (await erasing()).planErase(providers, target, eraseOptions(options)),
    erase: async (target: unknown, options?: EraseOptions) =>
      (await erasing()).erase(providers, target, eraseOptions(options)),
    async update(ids: Ids, changes: unknown, options: object | undefined = {}) {
      if (!isDocument(options)) throw invalidArgument("convo", "options", "options must be an object");
      const { overrides, ...rest } = options as UpdateOptions & { overrides?: Overrides };
      return updateAll(providers, ids, changesPerVendor(providers, ids, changes, overrides), () => rest);
    },
    updateMany: (lines: never, options: RunOptions = {}) =>
      lazyRun(async ({ allVendors, accountsOf, startBulk }) => {
        assertOptions("convo", "updateMany", options);
        return startBulk(
          allVendors(accountsOf(providers, handles, options), updates, options),
          lines,
          options,
        );
      }),
    undo: (journal: never, options: RunOptions = {}) =>
      lazyUndo(({ undoAll, accountsOf }) => {
        assertOptions("convo", "undo", options);
        return undoAll("all", accountsOf(providers, handles, options), journal, options);
      }),
  };
}

type Ids = Readonly<Record<string, string | number>>;
type Overrides = Readonly<Record<string, unknown>>;

/**
 * The changes of each vendor: the common ones with its own over them.
 *
 * @throws UpdateError of kind `invalid` for ids that name no provider
 */
function changesPerVendor(
  providers: Providers,
  ids: Ids,
  changes: unknown,
  overrides: Overrides = {},
): (name: string) => unknown {
  if (!isDocument(overrides)) throw invalidArgument("convo", "overrides", "overrides must be an object");
  const named = ids ?? {};
  for (const name of [...Object.keys(named), ...Object.keys(overrides)])
    if (!Object.hasOwn(providers, name) || !Object.hasOwn(named, name))
      throw invalidArgument("convo", name, `${name} is not a provider of this update`);
  if (Object.keys(named).length === 0)
    throw invalidArgument("convo", "ids", "ids must name at least one provider");
  return (name) => combine(changes, overrides[name]);
}

/**
 * Updates one conversation at several vendors: all are checked before any is sent. Throws as `update` of `all` does.
 *
 * @param before how an earlier try ended, by provider: what it has done is not repeated
 */
async function updateAll(
  providers: Providers,
  ids: Ids,
  changes: (name: string) => unknown,
  options: (name: string) => UpdateOptions,
  before: Readonly<Record<string, Settled>> = {},
): Promise<Readonly<Record<string, UpdateResult>>> {
  const runs = prepareAll(providers, ids, changes, options).filter(([name]) => !before[name]?.ok);
  return (await runAll(runs, before)) as Readonly<Record<string, UpdateResult>>;
}

/** All are checked before any is sent: what one vendor refuses at once is done at none. */
function prepareAll(
  providers: Providers,
  ids: Ids,
  changes: (name: string) => unknown,
  options: (name: string) => UpdateOptions,
): Run[] {
  const violations: Violation[] = [];
  const runs: Run[] = [];
  for (const [name, id] of Object.entries(ids)) {
    try {
      const provider = providers[name] as Provider;
      const prepared = prepareUpdate(provider, id, changes(name), options(name));
      runs.push([name, () => runUpdate(provider, id, () => prepared)]);
    } catch (error) {
      if (!isConvoError(error) || !error.violations) throw error;
      const own = error.violations.map((one) => ({
        ...one,
        path: `${name}.${one.path}`,
        message: `${name}: ${one.message}`,
      }));
      violations.push(...own);
    }
  }
  if (violations.length > 0) throw validationError("convo", violations);
  return runs;
}

async function runAll(
  runs: readonly Run[],
  before: Readonly<Record<string, Settled>> = {},
): Promise<unknown> {
  const settle = ([name, run]: Run): Promise<[string, Settled]> =>
    run().then(
      (value) => [name, { ok: true, value }],
      (error) => [name, { ok: false, error }],
    );
  const done = { ...before, ...Object.fromEntries(await Promise.all(runs.map(settle))) };
  const failed = runs.filter(([name]) => !done[name]?.ok);
  if (failed.length > 0) throw new PartialError(done, () => runAll(failed, done));
  return Object.fromEntries(Object.entries(done).map(([name, one]) => [name, one.ok && one.value]));
}

/** One vendor's changes: the common ones under its own. Copies only as deep as it changes something. */
function combine(changes: unknown, override: unknown): unknown {
  if (!isDocument(override) || !isDocument(changes)) return override ?? changes;
  // As everywhere, what is undefined counts as not given: it takes nothing away.
  const combined = mergeMetadata(changes, override);
  const { metadata, unset } = override;
  if (isDocument(changes.metadata) && isDocument(metadata))
    combined.metadata = mergeMetadata(changes.metadata, metadata);
  if (Array.isArray(changes.unset) && Array.isArray(unset)) combined.unset = changes.unset.concat(unset);
  return combined;
}
