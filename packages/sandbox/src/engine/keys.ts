import type { Account, SandboxOptions } from "../options.ts";
import type { VendorRules } from "./rules.ts";
import { Refusal, type Reply, type VendorName } from "./types.ts";

/** How a vendor's key looks on the wire. */
export interface KeyRule {
  readonly vendor: VendorName;
  /** What stands before the key in `Authorization`: `"Bearer "`, `"Api-Key "` or nothing. */
  readonly prefix: string;
  /** What a well-formed key looks like. */
  readonly shape: RegExp;
  /** The vendor's 401. */
  refuse(reason: "missing" | "wrong", key: string): Reply;
}

/**
 * How a vendor finds the account of a request. Without configured accounts every well-formed key opens the default one.
 * The function throws the vendor's own 401 otherwise.
 */
export const keyCheck =
  (rule: KeyRule): VendorRules["authenticate"] =>
  (headers, options) =>
    accountOf(rule, headers, options);

function accountOf(rule: KeyRule, headers: Headers, options: SandboxOptions): Account {
  const header = headers.get("authorization") ?? "";
  const scheme = rule.prefix.trim();
  const key = header.slice(rule.prefix.length).trim();
  const prefixed = header.slice(0, rule.prefix.length).toLowerCase() === rule.prefix.toLowerCase();
  if (header === "" || header === scheme || !prefixed) throw new Refusal(rule.refuse("missing", key));
  const accounts = options.accounts?.[rule.vendor];
  if (accounts && Object.hasOwn(accounts, key)) return accounts[key] ?? {};
  if (accounts || !rule.shape.test(key)) throw new Refusal(rule.refuse("wrong", key));
  return {};
}
