import type { Command } from "commander";

/** One command. Its module is loaded only when it is called, so that the start takes the same time however many there are. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{
    /** Adds arguments, options, examples and the action. */
    configure(command: Command): void;
  }>;
}

/** Every command, in the order of `convo --help`. A new one is a line here and a file in `commands/`. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "doctor",
    summary: "check keys and show what each account can do; changes nothing",
    load: () => import("./commands/doctor.ts"),
  },
  { name: "get", summary: "read a conversation", load: () => import("./commands/get.ts") },
  { name: "list", summary: "list conversations", load: () => import("./commands/list.ts") },
  { name: "create", summary: "create a conversation", load: () => import("./commands/create.ts") },
  {
    name: "update",
    summary: "change a conversation, or plan a change and apply it later",
    load: () => import("./commands/update.ts"),
  },
  {
    name: "messages",
    summary: "show the messages of a conversation",
    load: () => import("./commands/messages.ts"),
  },
  {
    name: "export",
    summary: "save conversations with their messages as JSON",
    load: () => import("./commands/export.ts"),
  },
  {
    name: "import",
    summary: "create a conversation from an exported one",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "erase",
    summary: "delete conversations, read back, and write a receipt",
    load: () => import("./commands/erase.ts"),
  },
  {
    name: "find",
    summary: "find conversations that this computer has seen",
    load: () => import("./commands/find.ts"),
  },
  {
    name: "bulk",
    summary: "make many updates from a JSONL or CSV file; can be resumed and undone",
    load: () => import("./commands/bulk.ts"),
  },
  { name: "undo", summary: "undo a bulk run or a single update", load: () => import("./commands/undo.ts") },
  {
    name: "queue",
    summary: "work with updates that wait in Postgres",
    load: () => import("./commands/queue.ts"),
  },
  {
    name: "capabilities",
    summary: "show what each vendor can do",
    load: () => import("./commands/capabilities.ts"),
  },
  {
    name: "probe",
    summary: "measure how a vendor really behaves, on conversations made for it",
    load: () => import("./commands/probe.ts"),
  },
  {
    name: "sandbox",
    summary: "serve all five vendors on this computer",
    load: () => import("./commands/sandbox.ts"),
  },
  {
    name: "completion",
    summary: "print completion for bash, zsh or fish",
    load: () => import("./commands/completion.ts"),
  },
  {
    name: "mcp",
    summary: "let an agent read, plan and apply, over the Model Context Protocol",
    load: () => import("./commands/mcp.ts"),
  },
];
