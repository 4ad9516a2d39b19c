import type { VendorName } from "./engine/types.ts";

/** A question that a vendor leaves open, or answers differently from place to place, and how the sandbox is told. */
export interface Switch {
  readonly vendor: VendorName;
  readonly question: string;
  /** Its name among the vendor's options of `createSandbox`. */
  readonly option: string;
  /** The option of the command, where there is one. */
  readonly flag?: string;
  /** What it can be: words, or a description of other values. */
  readonly values: readonly string[] | string;
  readonly default: string;
}

/** Every switch; the command and the table in the README read them here. */
export const SWITCHES: readonly Switch[] = [
  {
    vendor: "openai",
    question: "Does an update merge or replace `metadata`?",
    option: "metadata",
    flag: "openai-metadata",
    values: ["merge", "replace"],
    default: "merge",
  },
  {
    vendor: "openai",
    question:
      "Does deleting an item answer a deletion notice, as recorded, or the conversation, as documented?",
    option: "itemDelete",
    flag: "openai-item-delete",
    values: ["notice", "conversation"],
    default: "notice",
  },
  {
    vendor: "letta",
    question: "Which agents exist?",
    option: "agents",
    values: "agent ids",
    default: "every well-formed id",
  },
  {
    vendor: "letta",
    question: "Is it open, as a self-hosted server without a password?",
    option: "open",
    values: ["true", "false"],
    default: "false",
  },
  {
    vendor: "datagrid",
    question: "How many requests per minute and endpoint?",
    option: "rateLimit",
    flag: "datagrid-limit",
    values: "a number, `false` for no limit (0 on the command line)",
    default: "200",
  },
  {
    vendor: "chatdash",
    question: "Does PUT reset the fields left out?",
    option: "put",
    flag: "chatdash-put",
    values: ["partial", "full"],
    default: "partial",
  },
];
