import type { BulkOptions, BulkRun } from "./bulk/bulk.ts";
import type { JournalStore } from "./bulk/journal.ts";
import { lazyRun, lazyUndo } from "./bulk/lazy.ts";
import type { BulkLine } from "./bulk/targets.ts";
import type { UndoOptions, UndoResult } from "./bulk/undo.ts";
import { loadPart } from "./errors.ts";
import type { AnyDocument } from "./metadata/json.ts";
import { snapshot } from "./metadata/non-json.ts";
import { runOperation } from "./observe/operation.ts";
import { assertOptions } from "./options.ts";
import { checkId, forgetId } from "./provider/lookup.ts";
import type { Provider } from "./provider/provider.ts";
import { get } from "./read/get.ts";
import type { Plan } from "./types/plan.ts";
import type { ProbeOptions, ProbeReport } from "./types/probe.ts";
import type { ChangesUnder, Shape } from "./types/shape.ts";
import type {
  GetResult,
  HttpOptions,
  Merge,
  Unsupported,
  UpdateOptions,
  UpdateResult,
} from "./types/update.ts";
import { Job, type PreparedUpdate } from "./update/job.ts";
import { runJob } from "./update/update.ts";
import { toWire } from "./wire/to-wire.ts";

/** What one vendor can do. */
export interface Handle<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly provider: string;
  /** The vendor's own typed client, over the same transport. */
  readonly client: S["client"];
  /**
   * Reads a conversation.
   *
   * @throws ConvoError `bad_response` if the response is not the conversation asked for; `invalid` if its metadata breaks the schema,
   * with every path in `violations` and what was read in `result`
   */
  get(id: S["id"], options?: HttpOptions): Promise<GetResult<S>>;
  /**
   * Changes a conversation: common fields, metadata (merged), fields of the vendor's own. Updates of one conversation run one after the
   * other, and those that wait share one write.
   *
   * @throws ConvoError before any request for changes that cannot be made (`invalid`, `unsupported`, `limit`); afterwards
   * `not_applied` if the vendor's response shows that it did not do it, `conflict` if other writers keep undoing it, or a kind of the transport
   */
  update<
    P extends Unsupported = Unsupported,
    M extends Merge = Merge,
    D extends object = AnyDocument<S["value"]>,
    C extends object = AnyDocument,
  >(
    id: S["id"],
    changes: ChangesUnder<S, P, M, D>,
    options?: UpdateOptions<P, M, C>,
  ): Promise<UpdateResult<S>>;
  /** Reads the conversation and says what an update would send and change; sends no write. Throws as `update` does. */
  plan<
    P extends Unsupported = Unsupported,
    M extends Merge = Merge,
    D extends object = AnyDocument<S["value"]>,
    C extends object = AnyDocument,
  >(id: S["id"], changes: ChangesUnder<S, P, M, D>, options?: UpdateOptions<P, M, C>): Promise<Plan>;
  /** Does what was planned, unless the conversation has changed since: then it throws `conflict` and sends nothing. */
  apply(plan: Plan, options?: HttpOptions): Promise<UpdateResult<S>>;
  /**
   * Changes many conversations: any iterable of `{ id, changes }`, of any length, in constant memory. It learns the vendor's limit, keeps
   * the order of each conversation, and with a `journal` can be resumed and undone. It works as its results are read.
   */
  updateMany<
    P extends Unsupported = Unsupported,
    M extends Merge = Merge,
    D extends object = AnyDocument<S["value"]>,
  >(
    lines: Lines<BulkLine<S["id"], ChangesUnder<S, P, M, D>>>,
    options?: BulkOptions & Omit<UpdateOptions<P, M>, "current">,
  ): BulkRun<UpdateResult<S>, BulkLine<S["id"], ChangesUnder<S, P, M, D>>>;
  /**
   * Takes back what a run of `updateMany` (given its journal) or a single update (given its result) has changed, newest first, where
   * nobody has written since. It works as its results are read; each says what was left alone. `dryRun: true` writes nothing.
   */
  undo(what: JournalStore | UpdateResult, options?: UndoOptions): AsyncIterable<UndoResult>;
  /**
   * Measures what the vendor really does with an update, on conversations that it creates and deletes, or on the one given: whether
   * it merges or replaces, what null and `{}` do, limits, echo. Throws `ConvoError`.
   */
  probe(options?: ProbeOptions): Promise<ProbeReport>;
}

/** Anything that gives one item after the other. */
export type Lines<Line> = Iterable<Line> | AsyncIterable<Line>;

/** What one configured provider can do. */
export function createHandle(provider: Provider): Handle {
  const { name } = provider;
  const handle: Handle = {
    provider: name,
    client: provider.client,
    get: (id, options = {}) =>
      runOperation(provider, id, "get", async (operation) => {
        assertOptions(name, "get", options);
        return get(provider, operation, options).catch(forgetId(provider, id));
      }) as never,
    update: (id, changes, options) =>
      runUpdate(provider, id, () => prepareUpdate(provider, id, changes, options)) as never,
    plan: (id, changes, options = {}) =>
      runOperation(provider, id, "plan", async (operation) => {
        const { wire, options: own } = prepareUpdate(provider, id, changes, options);
        // Now: what the caller makes of them while we read must not get into the plan.
        const requested = snapshot({ ...(changes as object) });
        const { makePlan } = await loadPart(name, import("./plan.ts"));
        return makePlan(provider, operation, wire, requested, own);
      }),
    apply: (plan, options = {}) =>
      runOperation(provider, plan?.id, "update", async (operation) => {
        assertOptions(name, "apply", options);
        const { readPlan } = await loadPart(name, import("./plan.ts"));
        return runJob(new Job(provider, operation, readPlan(provider, plan, options)));
      }) as never,
    updateMany: (lines, options = {}) =>
      lazyRun(async ({ oneVendor, startBulk }) => {
        assertOptions(name, "updateMany", options);
        return startBulk(oneVendor(provider, handle, options), lines, options);
      }) as never,
    undo: (what, options = {}) =>
      lazyUndo(({ undoAll, accountsOf }) => {
        assertOptions(name, "undo", options);
        return undoAll(name, accountsOf({ [name]: provider }, { [name]: handle }, options), what, options);
      }),
    probe: async (options) => (await loadPart(name, import("./probe/probe.ts"))).probe(provider, options),
  };
  return handle;
}

/**
 * Checks and copies one update. Nothing is sent.
 *
 * @throws ConvoError for changes that cannot be made
 */
export function prepareUpdate(
  provider: Provider,
  id: string | number,
  changes: unknown,
  options: UpdateOptions = {},
): PreparedUpdate {
  checkId(provider, id);
  return { wire: toWire(provider, changes, options), options: { ...options } };
}

/** Runs one update in its caller's own context. Rejects with `ConvoError`. */
export const runUpdate = (
  provider: Provider,
  id: string | number,
  prepared: () => PreparedUpdate,
): Promise<UpdateResult> =>
  runOperation(provider, id, "update", (operation) => runJob(new Job(provider, operation, prepared())));
