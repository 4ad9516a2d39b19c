import type { Convo, Handle, Listener, Provider, ProviderOptions, Shape, VerbHandle } from "@convo/core";
import type { Catalogue, CatalogueQuery, CatalogueRow } from "@convo/core/catalogue";
import { type AccountConfig, accountOf, type Config, catalogueFile, readConfig } from "./config.ts";
import { CliError, EXIT } from "./failure.ts";
import type { AccountOptions } from "./options.ts";

/** What can be done with one account. Verbs that its vendor lacks throw `ConvoError`, kind `unsupported`. */
export type Account = Handle<Shape> & VerbHandle<Shape>;

/** What can be done with several accounts at once. */
export type AllAccounts = Convo<{ readonly account: Provider }>["all"];

/** The accounts of one command. */
export interface Session {
  readonly config: Config;
  readonly providers: Readonly<Record<string, Provider>>;
  /** Throws `CliError` for a name that the session does not have. */
  account(name: string): Account;
  readonly all: AllAccounts;
}

type Factory = (options: ProviderOptions & Record<string, unknown>) => Provider;

/**
 * Opens accounts by name. What they read and write is recorded in the catalogue, unless `--no-catalogue` is given.
 *
 * @param observe receives every request
 * @throws CliError for an account that there is not, or a key that is missing
 */
export async function openAccounts(
  options: AccountOptions,
  names: readonly string[],
  observe?: Listener,
): Promise<Session> {
  const config = readConfig(options);
  const providers: Record<string, Provider> = {};
  for (const name of names) {
    const account = accountOf(config, name);
    checkKey(await providerOf(config, name, null), account);
    providers[name] = await providerOf(config, name);
  }
  const catalogue = options.catalogue === false ? undefined : await openCatalogue();
  const { createConvo } = await import("@convo/core");
  const convo = createConvo(providers, { ...(catalogue && { catalogue }), ...(observe && { observe }) });
  return {
    config,
    providers,
    account(name) {
      if (!Object.hasOwn(providers, name))
        throw new CliError(
          `There is no account "${name}" here. Use one of: ${Object.keys(providers).join(", ")}.`,
        );
      return convo[name] as unknown as Account;
    },
    all: convo.all as unknown as AllAccounts,
  };
}

/** Opens one account. Throws as `openAccounts` does. */
export async function openAccount(options: AccountOptions, name: string): Promise<Account> {
  return (await openAccounts(options, [name])).account(name);
}

/** Names of the accounts that have a key. */
export async function accountsWithKey(config: Config): Promise<string[]> {
  const names: string[] = [];
  for (const [name, account] of Object.entries(config.accounts)) {
    if (account.vendor === "chatdash" && !agentOf(account)) continue;
    if (keyOf(await providerOf(config, name, null), account)) names.push(name);
  }
  return names;
}

/** The variable that should hold an account's key. */
export const keyVariable = ({ client }: Provider, { apiKeyEnv }: AccountConfig): string =>
  apiKeyEnv ?? client.vendor.env.apiKey;

/** The key of an account; `undefined` where it is missing. */
export const keyOf = (provider: Provider, account: AccountConfig): string | undefined =>
  account.apiKey ?? (process.env[keyVariable(provider, account)] || undefined);

/** The agent of a ChatDash account. */
export const agentOf = ({ agentId }: AccountConfig): string | undefined =>
  agentId ?? (process.env.CHATDASH_AGENT_ID || undefined);

function checkKey(provider: Provider, account: AccountConfig): void {
  if (!keyOf(provider, account))
    throw new CliError(
      `There is no API key for ${account.vendor}. Set ${keyVariable(provider, account)}, or write a config file.`,
      EXIT.auth,
    );
}

/**
 * An account's provider.
 *
 * @param apiKey `null` for a provider that only tells what its vendor can do
 */
export async function providerOf(config: Config, name: string, apiKey?: null): Promise<Provider> {
  const account = accountOf(config, name);
  const { vendor, apiKeyEnv, agentId: _, ...options } = account;
  const agentId = agentOf(account);
  if (vendor === "chatdash" && !agentId && apiKey !== null)
    throw new CliError(`ChatDash needs an agent. Set CHATDASH_AGENT_ID, or agentId in the config file.`);
  const core = await import("@convo/core");
  const factory = core[vendor] as unknown as Factory;
  return factory({
    ...options,
    ...(apiKeyEnv && { apiKey: process.env[apiKeyEnv] }),
    ...(vendor === "chatdash" && { agentId: agentId ?? "unknown" }),
    // Accounts of one vendor may hold the same ids: the profile and the name tell them apart.
    ...(config.file && { account: `${config.profile}/${name}` }),
    ...(apiKey === null && { apiKey }),
  });
}

/** The catalogue on this computer. Its file is made when something is recorded. */
export async function openCatalogue(): Promise<Catalogue> {
  const [{ createCatalogue }, { sqliteStore }] = await Promise.all([
    import("@convo/core/catalogue"),
    import("./catalogue/sqlite.ts"),
  ]);
  return createCatalogue({ store: sqliteStore(catalogueFile()) });
}

/** What the catalogue has seen of these accounts. Other profiles and servers share its file: their rows are left out. */
export async function* findSeen(
  providers: Readonly<Record<string, Provider>>,
  query: CatalogueQuery,
): AsyncGenerator<CatalogueRow, void> {
  const { accountOf } = await import("@convo/core/catalogue");
  const accounts = new Map<string, string>();
  for (const [name, provider] of Object.entries(providers)) accounts.set(name, await accountOf(provider));
  for await (const row of (await openCatalogue()).find(query))
    if (accounts.get(row.provider) === row.account) yield row;
}

const EXTERNAL = "external:";

/** An id as core takes it: where a vendor counts its conversations, digits are a number, and `external:` marks an external id. */
export function idOf({ lookup }: Provider, text: string): string | number {
  if (!lookup) return text;
  if (text.startsWith(EXTERNAL)) return text.slice(EXTERNAL.length);
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** An update of a file with its ids as core takes them, whether it is of one account or of several. */
export function withIds<Update extends object>(
  update: Update,
  account: string,
  providers: Readonly<Record<string, Provider>>,
): Update {
  const { id, ids } = update as { id?: unknown; ids?: object };
  const read = (name: string, value: unknown): unknown =>
    typeof value === "string" && Object.hasOwn(providers, name)
      ? idOf(providers[name] as Provider, value)
      : value;
  if (id !== undefined) return { ...update, id: read(account, id) };
  if (ids === undefined) return update;
  const each = Object.entries(ids).map(([name, value]) => [name, read(name, value)]);
  return { ...update, ids: Object.fromEntries(each) };
}
