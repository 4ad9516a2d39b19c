import { isConvoError, type RateLimit } from "@convo/client";
import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { type Account, agentOf, keyOf, keyVariable, openAccounts, providerOf } from "../accounts.ts";
import { type Capabilities, capabilitiesOf, fieldsLine, metadataLine } from "../capabilities.ts";
import { type AccountConfig, type Config, readConfig } from "../config.ts";
import { EXIT } from "../failure.ts";
import { type AccountOptions, addAccountOptions, addExamples } from "../options.ts";
import { describe, note, paint, print, printJson } from "../output.ts";
import { duration } from "../progress.ts";

/** What was found out about one account. */
interface Checkup {
  readonly account: string;
  readonly vendor: string;
  readonly key: "works" | "missing" | "refused" | "unknown";
  readonly baseUrl: string;
  /** Milliseconds of the request. */
  readonly ms?: number;
  /** What the vendor said about its limit for requests. */
  readonly rateLimit?: RateLimit;
  readonly problem?: string;
  readonly capabilities: Capabilities;
}

/** `convo doctor`. */
export function configure(command: Command): void {
  addAccountOptions(command.argument("[accounts...]", "all by default")).action(doctor);
  addExamples(command, "convo doctor", "convo doctor openai agentsight --json");
}

async function doctor(names: string[], options: AccountOptions): Promise<void> {
  const config = readConfig(options);
  const all = names.length > 0 ? names : Object.keys(config.accounts);
  const checkups = await Promise.all(all.map((name) => examine(config, name, options)));
  if (!options.json)
    note(
      config.file ? `Accounts of ${config.file}, profile ${config.profile}` : "Accounts of the environment",
    );
  for (const checkup of checkups) {
    if (options.json) printJson(checkup);
    else print(`\n${view(checkup)}`);
  }
  const works = checkups.some(({ key }) => key === "works");
  if (checkups.some(({ key }) => key === "refused") || checkups.every(({ key }) => key === "missing"))
    process.exitCode = EXIT.auth;
  else if (!works || checkups.some(({ key }) => key === "unknown")) process.exitCode = EXIT.failed;
}

async function examine(config: Config, name: string, options: AccountOptions): Promise<Checkup> {
  const provider = await providerOf(config, name, null);
  const account = config.accounts[name] as AccountConfig;
  const { baseUrl } = await provider.client.resolveTarget();
  const about = { account: name, vendor: account.vendor, baseUrl, capabilities: capabilitiesOf(provider) };
  if (!keyOf(provider, account))
    return { ...about, key: "missing", problem: `Set ${keyVariable(provider, account)}.` };
  if (account.vendor === "chatdash" && !agentOf(account))
    return { ...about, key: "unknown", problem: "Set CHATDASH_AGENT_ID: ChatDash needs an agent." };
  const session = await openAccounts({ ...options, catalogue: false }, [name]);
  return { ...about, ...(await tryKey(session.account(name), provider)) };
}

/** Reads something that changes nothing, and says whether the key was accepted. */
async function tryKey(
  account: Account,
  provider: Provider,
): Promise<Pick<Checkup, "key" | "ms" | "rateLimit" | "problem">> {
  let rateLimit: RateLimit | undefined;
  const began = performance.now();
  const options = {
    maxRetries: 1,
    timeoutMs: 15_000,
    beforeAttempt: () => (end: { readonly rateLimit?: RateLimit | undefined }) => {
      rateLimit = end.rateLimit ?? rateLimit;
    },
  };
  const facts = () => ({ ms: Math.round(performance.now() - began), ...(rateLimit && { rateLimit }) });
  try {
    if (provider.data.verbs?.list) for await (const _ of account.list({ ...options, limit: 1 })) break;
    // An id that nobody has: whoever may look for it learns that it is not there.
    else await account.exists("conv_0000000000000000", options);
    return { key: "works", ...facts() };
  } catch (error) {
    if (!isConvoError(error)) throw error;
    const key = error.kind === "auth" || error.kind === "permission" ? "refused" : "unknown";
    return { key, ...facts(), problem: describe(error) };
  }
}

function view({ account, vendor, key, baseUrl, ms, rateLimit, problem, capabilities }: Checkup): string {
  const colour = { works: "green", missing: "dim", refused: "red", unknown: "yellow" } as const;
  const said = {
    works: `key works, ${ms} ms`,
    missing: "no key",
    refused: "key refused",
    unknown: "cannot be told",
  };
  const title = account === vendor ? account : `${account} (${vendor})`;
  const lines = [
    `${paint("bold", title)}  ${paint(colour[key], said[key])}  ${paint("dim", baseUrl)}`,
    ...(problem ? [`  ${problem}`] : []),
    `  can      ${capabilities.verbs.join(", ")}`,
    `  lacks    ${capabilities.lacks.join(", ") || "nothing"}`,
    `  fields   ${fieldsLine(capabilities)}`,
    `  metadata ${metadataLine(capabilities)}`,
    ...(rateLimit ? [`  limit    ${limitLine(rateLimit)}`] : []),
  ];
  return lines.join("\n");
}

function limitLine({ limit, remaining, resetMs }: RateLimit): string {
  const left = remaining === undefined ? "" : `${remaining} of `;
  const reset = resetMs === undefined ? "" : `, new ones within ${duration(resetMs / 1000)}`;
  return `${left}${limit ?? "?"} requests left${reset}`;
}
