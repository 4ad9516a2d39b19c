import type { Doc, VendorName } from "./engine/types.ts";

/** One key the sandbox knows: the data partition it opens and what it may do there. */
export interface Account {
  /** Partition of the data; two keys of one account see the same conversations. Default `"default"`. */
  readonly account?: string;
  /** AgentSight only: a `read` key is refused writes with 403. Default `"write"`. */
  readonly role?: "read" | "write";
  /** Datagrid only: teamspaces an account-wide key may name in `Datagrid-Teamspace`. */
  readonly teamspaces?: readonly string[];
}

/** Rows to start with, by vendor and kind (`conversation`, `message`, ...). */
export type SeedData = Partial<Record<VendorName, Readonly<Record<string, readonly Doc[]>>>>;

/** Options of {@link createSandbox}; every one is optional. */
export interface SandboxOptions {
  /** SQLite file that keeps the state across restarts. Default: in memory. */
  readonly data?: string;
  /** Rows instead of the built-in ones: an object, or the path of a JSON file. `false` starts empty. */
  readonly seed?: SeedData | string | false;
  /** Keys by vendor. Once a vendor is named here, only these keys open it; otherwise any well-formed key does. */
  readonly accounts?: Partial<Record<VendorName, Readonly<Record<string, Account>>>>;
  /**
   * `metadata`: whether an update merges or replaces, which OpenAI does not document. Default `"merge"`, as its users
   * report. `itemDelete`: whether deleting an item answers a deletion notice, as recorded traffic does (the default), or
   * the conversation, as its documents say.
   */
  readonly openai?: {
    readonly metadata?: "merge" | "replace";
    readonly itemDelete?: "notice" | "conversation";
  };
  /** `agents`: the only agent ids that exist (default: any). `open`: no key needed, as on a self-hosted server. */
  readonly letta?: { readonly agents?: readonly string[]; readonly open?: boolean };
  /** Requests per 60 s and endpoint, `false` for no limit. Default 200. */
  readonly datagrid?: { readonly rateLimit?: number | false };
  /** Whether a PUT resets the fields it does not name. ChatDash does not say. Default `"partial"`. */
  readonly chatdash?: { readonly put?: "partial" | "full" };
  /**
   * The address that `listen()` listens on. Default `"127.0.0.1"`: this machine alone. `"0.0.0.0"` is for containers and
   * other machines; the names they call it by belong in `origins`.
   */
  readonly host?: string;
  /** Origins besides localhost whose pages may call the sandbox, such as `"https://app.test"`. */
  readonly origins?: readonly string[];
  /** How many requests the log keeps. Default 10,000. */
  readonly logSize?: number;
  /** How many characters of bodies the log keeps, in all its requests together. Default 32 Mi (33,554,432). */
  readonly logCharacters?: number;
  /** Bytes a request body may have; more is 413 in the vendor's words. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Milliseconds between the events of a stream. Default 5. */
  readonly eventIntervalMs?: number;
}
