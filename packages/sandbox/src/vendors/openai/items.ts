import { asDoc, hex } from "../../engine/tools.ts";
import { type Doc, Refusal, type Reply } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";

/** Id prefixes by item type, as seen in the wild; the vendor calls ids opaque. */
const PREFIX: Readonly<Record<string, string>> = {
  message: "msg",
  reasoning: "rs",
  function_call: "fc",
  function_call_output: "fco",
  web_search_call: "ws",
  file_search_call: "fs",
  computer_call: "cu",
  computer_call_output: "cuo",
  tool_search_call: "tsc",
  tool_search_output: "tso",
  image_generation_call: "ig",
  code_interpreter_call: "ci",
};

/** What the API fills in, or blanks out, when it stores an item of a type. */
const DEFAULTS: Readonly<Record<string, Doc>> = {
  function_call: { status: "completed" },
  function_call_output: { status: "completed" },
  computer_call_output: { status: "completed" },
  tool_search_call: { status: "completed", execution: "server", call_id: null },
  tool_search_output: { status: "completed", execution: "server", call_id: null },
  shell_call: { status: "completed" },
  shell_call_output: { status: "completed", max_output_length: null },
};
const BLANKED: Readonly<Record<string, Doc>> = {
  file_search_call: { results: null },
  code_interpreter_call: { outputs: null },
  shell_call: { environment: null },
};
/** Types whose stored form has this field as `null`, so that a null sent is kept. */
const NULLABLE: Readonly<Record<string, readonly string[]>> = {
  tool_search_call: ["call_id"],
  tool_search_output: ["call_id"],
  image_generation_call: ["result"],
  code_interpreter_call: ["code", "outputs"],
  file_search_call: ["results"],
  shell_call: ["environment"],
  shell_call_output: ["max_output_length"],
};

const refuse = (message: string, code: string | null, param: string | null, status = 400): Refusal => {
  const body = { error: { message, type: "invalid_request_error", param, code } };
  return new Refusal({ status, body } satisfies Reply);
};

/**
 * Stores a batch of input items the way the API does and returns the stored ones. The batch is atomic: a refused
 * item throws, and the transaction around the request drops the others.
 */
export function storeItems(store: Collection, conversation: string, items: readonly Doc[]): Doc[] {
  checkReferences(store, conversation, items);
  const stored: Doc[] = [];
  for (const [index, input] of items.entries()) {
    const item = isReference(input) ? store.get("item", String(input.id)) : toStored(input, index);
    if (!item) continue;
    const row = { ...item, id: newId(item), $conversation: conversation };
    store.add("item", row);
    stored.push(row);
  }
  return stored;
}

const newId = ({ type }: Doc): string => `${PREFIX[String(type)] ?? "item"}_${hex(24)}`;

/** An input item with an id of its own, in the form in which it is kept; undefined for those that leave nothing. */
export function toStored(input: Doc, index: number): Doc | undefined {
  const item = toItem(input, index);
  return item && { ...item, id: newId(item) };
}

const isReference = (item: Doc): boolean =>
  item.type === "item_reference" || ((item.type ?? undefined) === undefined && item.role === undefined);

/** An unknown reference (404) wins over one to an item that is already here (400). */
function checkReferences(store: Collection, conversation: string, items: readonly Doc[]): void {
  const references = items.filter(isReference).map((item) => String(item.id));
  const found = references.map((id) => store.get("item", id));
  const unknown = references.find((_, index) => !found[index]);
  if (unknown !== undefined) throw refuse(`Item with id '${unknown}' not found.`, null, null, 404);
  if (found.some((item) => item?.$conversation === conversation))
    throw refuse("An item is already in this conversation.", "item_already_in_conversation", "items");
}

/** The stored form of one input item; undefined for those that leave nothing behind. */
function toItem(input: Doc, index: number): Doc | undefined {
  const type = String(input.type ?? "message");
  if (type === "message") return toMessage(input, index);
  if (type === "compaction_trigger") return undefined;
  if (type === "reasoning" && (input.id ?? input.encrypted_content ?? null) === null)
    throw refuse(
      "A reasoning item needs its id or its encrypted_content.",
      "invalid_item",
      `items[${index}]`,
    );
  if (type === "tool_search_call" && typeof input.id === "string" && !input.id.startsWith("tsc"))
    throw refuse("Expected an id that begins with 'tsc'.", "invalid_value", `items[${index}].id`);
  return {
    ...DEFAULTS[type],
    ...withoutNulls(input, NULLABLE[type] ?? []),
    ...nested(input),
    ...BLANKED[type],
  };
}

function toMessage(input: Doc, index: number): Doc {
  if ((input.phase ?? null) !== null && input.role !== "assistant")
    throw refuse(`Unknown parameter: 'items[${index}].phase'.`, "unknown_parameter", `items[${index}].phase`);
  const textType = input.role === "assistant" ? "output_text" : "input_text";
  const parts =
    typeof input.content === "string"
      ? [{ type: textType, text: input.content }]
      : (input.content as unknown[]);
  const content = parts.map(asDoc).map(toPart);
  return { type: "message", status: "completed", role: input.role, content };
}

function toPart(part: Doc): Doc {
  if (part.type === "output_text") return { annotations: [], logprobs: [], ...part };
  if (part.type === "input_image") return { detail: "auto", ...withoutNulls(part, ["image_url", "file_id"]) };
  return withoutNulls(part, ["file_id"]);
}

/** A shell action has its two limits spelt out, null when not given; parts of an output are stored like a message's. */
function nested({ type, action, output }: Doc): Doc {
  if (type === "shell_call")
    return { action: { timeout_ms: null, max_output_length: null, ...asDoc(action) } };
  if (Array.isArray(output) && type !== "shell_call_output") return { output: output.map(asDoc).map(toPart) };
  return {};
}

function withoutNulls(item: Doc, keep: readonly string[]): Doc {
  return Object.fromEntries(
    Object.entries(item).filter(([key, value]) => value !== null || keep.includes(key)),
  );
}
