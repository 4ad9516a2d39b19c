import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CliError } from "./failure.ts";
import type { AccountOptions } from "./options.ts";

/** The vendors, by the names that accounts have where no config file names them otherwise. */
export const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"] as const;
export type Vendor = (typeof VENDORS)[number];

/** One account: a vendor, where its key is, and what else its calls need. */
export interface AccountConfig {
  readonly vendor: Vendor;
  readonly apiKey?: string;
  /** The environment variable that holds the key. */
  readonly apiKeyEnv?: string;
  readonly baseUrl?: string;
  /** ChatDash only. */
  readonly agentId?: string;
  /** OpenAI only: keep any JSON in its metadata, which holds strings. */
  readonly encode?: boolean;
  /** Common fields that the vendor lacks, and the metadata key that holds each: `{ "name": "metadata.title" }`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The accounts that a command may use. */
export interface Config {
  readonly accounts: Readonly<Record<string, AccountConfig>>;
  /** The config file they come from; `undefined` where they are those of the environment. */
  readonly file: string | undefined;
  readonly profile: string;
}

/**
 * Reads the accounts: those of a profile of the config file, or without one the five vendors with the keys of the environment.
 *
 * @throws CliError for a file that others may read, that is not valid, or that lacks the profile
 */
export function readConfig({ config, profile }: AccountOptions): Config {
  const given = config ?? process.env.CONVO_CONFIG;
  const file = given ?? join(configFolder(), "config.json");
  const name = profile ?? process.env.CONVO_PROFILE;
  if (!given && !existsSync(file)) {
    if (name !== undefined)
      throw new CliError(
        `There is no config file with the profile "${name}". Write ${file}, or name one with --config.`,
      );
    return {
      accounts: Object.fromEntries(VENDORS.map((vendor) => [vendor, { vendor }])),
      file: undefined,
      profile: "",
    };
  }
  const profiles = readProfiles(file);
  const chosen = name ?? "default";
  if (!Object.hasOwn(profiles, chosen))
    throw new CliError(
      `${file} has no profile "${chosen}". It has: ${Object.keys(profiles).join(", ") || "none"}.`,
    );
  const accounts: Record<string, AccountConfig> = {};
  for (const [account, value] of Object.entries(objectAt(profiles[chosen], file, chosen)))
    accounts[account] = readAccount(value, account, `${chosen}.${account}`, file);
  return { accounts, file, profile: chosen };
}

/** The account of a name. Throws `CliError` for one that is not there. */
export function accountOf({ accounts, file }: Config, name: string): AccountConfig {
  const account = Object.hasOwn(accounts, name) ? accounts[name] : undefined;
  if (account) return account;
  throw new CliError(
    `There is no account "${name}"${file ? ` in ${file}` : ""}. Use one of: ${Object.keys(accounts).join(", ")}.`,
  );
}

/** The folder of an application's files: `XDG_..._HOME`, or `fallback` in the home folder. */
const configFolder = (): string => join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "convo");

/** Where the catalogue is kept. */
export const catalogueFile = (): string =>
  process.env.CONVO_CATALOGUE ||
  join(process.env.XDG_DATA_HOME || join(homedir(), ".local/share"), "convo", "catalogue.db");

function readProfiles(file: string): Record<string, unknown> {
  let text: string;
  try {
    const { mode } = statSync(file);
    if (process.platform !== "win32" && mode & 0o077)
      throw new CliError(
        `${file} holds keys and other users may read it (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`,
      );
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`The config file cannot be read: ${(error as Error).message}`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote what may be a key.
    throw new CliError(`${file} is not JSON.`);
  }
  const { profiles, ...rest } = objectAt(document, file, "the document");
  for (const name of Object.keys(rest))
    throw new CliError(`${file}: unknown property "${name}". The file is { "profiles": { ... } }.`);
  return objectAt(profiles, file, "profiles");
}

const TEXTS = ["vendor", "apiKey", "apiKeyEnv", "baseUrl", "agentId"];

function readAccount(value: unknown, name: string, path: string, file: string): AccountConfig {
  const account = objectAt(value, file, path);
  for (const [key, part] of Object.entries(account)) {
    if (
      TEXTS.includes(key)
        ? typeof part !== "string" || part === ""
        : key === "encode" && typeof part !== "boolean"
    )
      throw new CliError(`${file}: ${path}.${key} must be ${key === "encode" ? "true or false" : "text"}.`);
    if (key === "fields") objectAt(part, file, `${path}.fields`);
    else if (!TEXTS.includes(key) && key !== "encode")
      throw new CliError(
        `${file}: unknown property ${path}.${key}. Known: ${TEXTS.join(", ")}, encode, fields.`,
      );
  }
  const vendor = VENDORS.find((known) => known === (account.vendor ?? name));
  if (!vendor) throw new CliError(`${file}: ${path}.vendor must be one of ${VENDORS.join(", ")}.`);
  if (account.apiKey !== undefined && account.apiKeyEnv !== undefined)
    throw new CliError(`${file}: ${path} has both apiKey and apiKeyEnv. Remove one.`);
  return { ...account, vendor };
}

function objectAt(value: unknown, file: string, path: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new CliError(`${file}: ${path} must be an object.`);
}
