import { invalidArgument, PartialError, type Settled } from "../errors.ts";
import { isDocument } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { Plan } from "../types/plan.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "../types/update.ts";
import { openAnswer } from "../wire/body.ts";
import { type OpenLimiter, openLimiter } from "./account-limits.ts";
import type { BulkOptions, BulkTarget } from "./bulk.ts";
import type { Journal } from "./journal.ts";
import type { LimiterState } from "./limiter.ts";
import { type Known, reversalOf } from "./undo.ts";

/** One update of a vendor's conversation. */
export interface BulkLine<Id = string | number, Changes = unknown> {
  /** The id, as every other call takes it. */
  readonly id: Id;
  /** What to change, as `update` takes it. */
  readonly changes: Changes;
}

/** The same update of a conversation at several vendors. */
export interface BulkAllLine {
  readonly ids: Readonly<Record<string, string | number>>;
  readonly changes: unknown;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** What bulk needs of a handle. */
export interface BulkHandle {
  get(id: never, options?: HttpOptions): Promise<Known>;
  update(id: never, changes: never, options?: UpdateOptions): Promise<UpdateResult>;
  plan(id: never, changes: never, options?: UpdateOptions): Promise<Plan>;
}

/** How several vendors are updated: what `all` does. */
export interface AllUpdates {
  changesFor(line: BulkAllLine): (name: string) => unknown;
  update(
    line: BulkAllLine,
    changes: (name: string) => unknown,
    options: (name: string) => UpdateOptions,
    before?: Readonly<Record<string, Settled>>,
  ): Promise<Readonly<Record<string, UpdateResult>>>;
}

/** A line may wait for the vendor's limit as long as that takes, within reason. */
const DEADLINE_MS = 900_000;
/** Of each request, since what it met before was not its own fault. */
const MAX_RETRIES = 8;

/** What a bulk run takes besides the options of each update. */
export type RunOptions = BulkOptions & UpdateOptions;

/** Separates the options of a run from those of each of its updates. */
export function updateOptionsOf(options: RunOptions): UpdateOptions {
  const { concurrency, journal, source, dryRun, total, signal, ...update } = options;
  return { maxRetries: MAX_RETRIES, ...update, deadlineMs: deadlineOf(options) };
}

const deadlineOf = ({ deadlineMs = DEADLINE_MS }: RunOptions): number => deadlineMs;

/** A vendor with its limiter. */
export class Account {
  readonly name: string;
  readonly handle: BulkHandle;
  /** Of each update. */
  readonly options: UpdateOptions;
  readonly provider: Provider;
  /** Of each of its HTTP calls. */
  readonly #http: HttpOptions;
  readonly #inFlight: number;
  #opening: Promise<OpenLimiter> | undefined;
  #opened: OpenLimiter | undefined;

  constructor(name: string, provider: Provider, handle: BulkHandle, options: RunOptions) {
    this.name = name;
    this.provider = provider;
    this.handle = handle;
    this.options = updateOptionsOf(options);
    const { merge, current, unsupported, verify, beforeWrite, ...http } = this.options;
    this.#http = http;
    this.#inFlight = (options.concurrency ?? 32) * 2;
  }

  /** The options of one update: throttled, and written down before its write. */
  async optionsFor(
    id: string | number,
    changes: object,
    line: number,
    journal: Journal | undefined,
    deadlineMs: number,
  ): Promise<UpdateOptions> {
    const options = { ...this.options, ...(await this.http()), deadlineMs };
    if (!journal) return options;
    const { beforeWrite } = options;
    return {
      ...options,
      beforeWrite: async (write) => {
        await beforeWrite?.(write);
        const { before, raw } = write;
        const known = before ? { conversation: before, raw } : await this.read(id);
        await journal.intend(line, reversalOf(this, id, changes, options, known));
      },
    };
  }

  async plan(id: string | number, changes: unknown): Promise<Plan> {
    return this.handle.plan(id as never, changes as never, { ...this.options, ...(await this.http()) });
  }

  /** A conversation as it is now, its body as `beforeWrite` gets it. */
  async read(id: string | number): Promise<Known> {
    const { conversation, raw } = await this.handle.get(id as never, await this.http());
    return { conversation, raw: openAnswer(this.provider, raw, "read") };
  }

  /** What every HTTP call gets, reads as well as writes: where and as whom, its times, and the pace of the account. */
  async http(): Promise<HttpOptions> {
    this.#opening ??= openLimiter(this.provider, this.#http, this.#inFlight);
    this.#opened = await this.#opening;
    return { ...this.#http, beforeAttempt: this.#http.beforeAttempt ?? this.#opened.throttle };
  }

  /** When its run is over. */
  close(): void {
    if (this.#opening) this.#opened?.close();
    this.#opening = undefined;
  }

  get state(): LimiterState | undefined {
    return this.#opened?.limiter.state;
  }
}

/** Refuses a property that a line has not: ignored, an `override` would send what it was to replace. */
function assertKeys(provider: string, line: object, known: readonly string[]): void {
  for (const key of Object.keys(line)) {
    if (known.includes(key)) continue;
    const word = key.toLowerCase();
    const meant = known.find((name) => word.includes(name) || (word.length > 2 && name.includes(word)));
    const hint = meant ? `did you mean "${meant}"?` : `a line has ${known.join(", ")}`;
    throw invalidArgument(provider, key, `unknown property ${JSON.stringify(key)}: ${hint}`);
  }
}

/** The updates of one vendor. */
export function oneVendor(
  provider: Provider,
  handle: BulkHandle,
  options: RunOptions,
): BulkTarget<BulkLine, UpdateResult> {
  const account = new Account(provider.name, provider, handle, options);
  return {
    name: provider.name,
    keysOf(line) {
      if (!isDocument(line) || !("id" in line) || !isDocument(line.changes))
        throw invalidArgument(provider.name, "line", "a line must be { id, changes }");
      assertKeys(provider.name, line, ["id", "changes"]);
      return [String(line.id)];
    },
    deadlineMs: deadlineOf(options),
    async update({ id, changes }, number, journal, deadlineMs) {
      const each = await account.optionsFor(id, changes as object, number, journal, deadlineMs);
      return handle.update(id as never, changes as never, each);
    },
    plan: ({ id, changes }) => account.plan(id, changes),
    changed: ({ httpRequests }) => httpRequests > 0,
    requestId: ({ requestId }) => requestId,
    limits: () => statesOf([account]),
    close: () => account.close(),
  };
}

/** The updates of several vendors. */
export function allVendors(
  accounts: Readonly<Record<string, Account>>,
  all: AllUpdates,
  options: RunOptions,
): BulkTarget<BulkAllLine, Readonly<Record<string, UpdateResult>>> {
  const accountOf = (name: string): Account => accounts[name] as Account;
  return {
    name: "all",
    keysOf(line) {
      if (!isDocument(line) || !isDocument(line.ids) || !isDocument(line.changes))
        throw invalidArgument("convo", "line", "a line must be { ids, changes, overrides? }");
      assertKeys("convo", line, ["ids", "changes", "overrides"]);
      return Object.entries(line.ids).map((pair) => JSON.stringify(pair));
    },
    deadlineMs: deadlineOf(options),
    async update(line, number, journal, deadlineMs, earlier) {
      const changes = all.changesFor(line);
      const options: Record<string, UpdateOptions> = {};
      for (const [name, id] of Object.entries(line.ids))
        options[name] = await accountOf(name).optionsFor(
          id,
          changes(name) as object,
          number,
          journal,
          deadlineMs,
        );
      const before = earlier instanceof PartialError ? earlier.results : {};
      return all.update(line, changes, (name) => options[name] ?? {}, before);
    },
    async plan(line) {
      const changes = all.changesFor(line);
      const plans = Object.entries(line.ids).map(
        async ([name, id]) => [name, await accountOf(name).plan(id, changes(name))] as const,
      );
      return Object.fromEntries(await Promise.all(plans));
    },
    changed: (results) => Object.values(results).some(({ httpRequests }) => httpRequests > 0),
    requestId: (results) => Object.values(results).find(({ requestId }) => requestId)?.requestId,
    limits: () => statesOf(Object.values(accounts)),
    close() {
      for (const account of Object.values(accounts)) account.close();
    },
  };
}

/** The accounts of several providers. */
export function accountsOf(
  providers: Readonly<Record<string, Provider>>,
  handles: Readonly<Record<string, BulkHandle>>,
  options: RunOptions,
): Record<string, Account> {
  return Object.fromEntries(
    Object.entries(providers).map(([name, provider]) => [
      name,
      new Account(name, provider, handles[name] as BulkHandle, options),
    ]),
  );
}

function statesOf(accounts: readonly Account[]): Record<string, LimiterState> {
  return Object.fromEntries(accounts.flatMap(({ name, state }) => (state ? [[name, state]] : [])));
}
