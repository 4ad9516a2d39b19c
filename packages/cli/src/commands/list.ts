import type { ListFilter } from "@convo/core";
import type { Command } from "commander";
import { openAccount } from "../accounts.ts";
import { addFieldOptions, type ChangeOptions, fieldsOf } from "../changes.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addExamples,
  jsonPair,
  pair,
  wholeNumber,
} from "../options.ts";
import { note, noteCursor, print, printJson } from "../output.ts";
import { conversationTable } from "../view.ts";

/** What selects conversations. */
export interface FilterOptions extends ChangeOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly metadataJson?: Readonly<Record<string, unknown>>;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** Adds the options that select conversations. */
export function addFilterOptions(command: Command): Command {
  return addFieldOptions(command)
    .option("--metadata <key=text>", "a metadata key is this text; may be repeated", pair)
    .option("--metadata-json <key=json>", "a metadata key is this JSON; may be repeated", jsonPair)
    .option("--created-after <time>", "created at this time (ISO 8601) or later")
    .option("--created-before <time>", "created at this time or earlier")
    .option("--updated-after <time>", "changed at this time or later")
    .option("--updated-before <time>", "changed at this time or earlier");
}

/** The filter that the options ask for. */
export function filterOf(options: FilterOptions): ListFilter {
  const { metadata, metadataJson, createdAfter, createdBefore, updatedAfter, updatedBefore } = options;
  const times = { createdAfter, createdBefore, updatedAfter, updatedBefore };
  return {
    ...fieldsOf(options),
    ...Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)),
    ...((metadata || metadataJson) && { metadata: { ...metadata, ...metadataJson } }),
  } as ListFilter;
}

interface Options extends AccountOptions, FilterOptions {
  readonly limit: number;
  readonly all?: boolean;
  readonly cursor?: string;
  readonly scan?: boolean;
}

/** `convo list`. */
export function configure(command: Command): void {
  addAccountOptions(addFilterOptions(command.argument("<account>", "vendor, or account of the config file")))
    .option("--limit <n>", "conversations at most", wholeNumber(1), 50)
    .option("--all", "no limit")
    .option("--cursor <cursor>", "go on where an earlier list has ended, which tells it on standard error")
    .option("--scan", "read every conversation and filter here, where the vendor cannot filter")
    .action(list);
  addExamples(
    command,
    "convo list agentsight --customer-id customer-7",
    "convo list chatdash --metadata topic=project-x --scan --json",
  );
}

async function list(name: string, options: Options): Promise<void> {
  const account = await openAccount(options, name);
  const { all, limit, cursor: from, scan } = options;
  const pages = account
    .list({
      filter: filterOf(options),
      ...(!all && { limit }),
      ...(from !== undefined && { cursor: from }),
      ...(scan && { scan }),
    })
    .pages();
  let scanned = 0;
  let cursor: string | undefined;
  for await (const page of pages) {
    ({ cursor } = page);
    scanned += page.scanned;
    if (options.json) for (const row of page.items) printJson(row);
    else if (page.items.length > 0) print(conversationTable(page.items));
  }
  if (scan) note(options.json ? JSON.stringify({ scanned }) : `${scanned} conversations were read.`);
  if (cursor !== undefined) noteCursor(cursor, options);
}
