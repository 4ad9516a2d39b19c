import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, hex, pick } from "../../engine/tools.ts";
import { type Doc, Refusal, type Reply, type StreamEvent } from "../../engine/types.ts";
import { conversation, error, errorResponse } from "./errors.ts";
import { storeItems, toStored } from "./items.ts";

/**
 * `POST /responses`, as far as a conversation sees it: a model that repeats the last thing it was told. What was said and
 * the answer are appended to the `conversation`, unless `store` is false. No spec has this route, and so no client of ours.
 */
export const createResponse: Handler = (call) => {
  const body = asDoc(call.body);
  const id = conversationId(body);
  const found = id === undefined ? undefined : conversation(call, id);
  const input = inputItems(call, body);
  const answer = answerTo(input);
  const keeps = found !== undefined && body.store !== false;
  if (keeps) storeItems(call.store, String(found.id), input);
  const [message] = keeps ? storeItems(call.store, String(found.id), [answer]) : [toStored(answer, 0)];
  const { $conversation: _, ...output } = message as Doc;
  const response = toResponse(call, body, { output, conversation: found && { id: found.id } });
  return body.stream === true ? stream(response, output) : { status: 200, body: response };
};

function conversationId({ conversation: given, previous_response_id }: Doc): string | undefined {
  if ((given ?? null) === null) return undefined;
  if ((previous_response_id ?? null) !== null) {
    const message = "Send either 'conversation' or 'previous_response_id', not both.";
    throw new Refusal(error(400, message, "mutually_exclusive_parameters", "conversation"));
  }
  const id = typeof given === "string" ? given : asDoc(given).id;
  if (typeof id === "string" && id.startsWith("conv")) return id;
  const message = "Invalid 'conversation': expected an id that begins with 'conv'.";
  throw new Refusal(error(400, message, "invalid_value", "conversation"));
}

/** `input` as items: text is one message of the user's. Every item has to be one that a conversation takes. */
function inputItems({ check }: Call, { model, input }: Doc): readonly Doc[] {
  const refuse = (path: (string | number)[], keyword: string, message: string): Refusal =>
    new Refusal(errorResponse({ kind: "invalid", where: "body", issue: { path, keyword, message } }));
  if (typeof model !== "string") throw refuse(["model"], "required", "is required");
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  if (!Array.isArray(input))
    throw refuse(["input"], input === undefined ? "required" : "type", "must be string or array");
  for (const [index, item] of input.entries()) {
    const issue = check("InputItem", item);
    if (!issue) continue;
    const located = { ...issue, path: ["input", index, ...issue.path] };
    throw new Refusal(errorResponse({ kind: "invalid", where: "body", issue: located }));
  }
  return input.map(asDoc);
}

function answerTo(input: readonly Doc[]): Doc {
  const last = input.findLast(({ role }) => role === "user") ?? input.at(-1) ?? {};
  const said = textOf(last.content ?? last.output ?? "");
  return {
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text: `You said: ${said}` }],
  };
}

const textOf = (content: unknown): string =>
  Array.isArray(content) ? content.map((part) => String(asDoc(part).text ?? "")).join("") : String(content);

const ECHOED = [
  "instructions",
  "metadata",
  "previous_response_id",
  "temperature",
  "top_p",
  "tools",
  "tool_choice",
];
const tokens = (text: string): number => Math.ceil(text.length / 4);

function toResponse(
  { now }: Call,
  body: Doc,
  { output, conversation: held }: { output: Doc; conversation: Doc | undefined },
): Doc {
  const input_tokens = tokens(JSON.stringify(body.input));
  const output_tokens = tokens(textOf(output.content));
  return {
    id: `resp_${hex(25)}`,
    object: "response",
    created_at: Math.floor(now / 1000),
    status: "completed",
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    previous_response_id: null,
    temperature: 1,
    top_p: 1,
    tools: [],
    tool_choice: "auto",
    ...pick(body, ECHOED),
    model: body.model,
    parallel_tool_calls: true,
    store: body.store !== false,
    ...(held ? { conversation: held } : {}),
    output: [output],
    usage: {
      input_tokens,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input_tokens + output_tokens,
    },
  };
}

/** The events of a streamed response, in the vendor's order; the text comes word by word. */
function stream(response: Doc, message: Doc): Reply {
  const [part] = message.content as Doc[];
  const text = String(part?.text);
  const place = { item_id: message.id, output_index: 0, content_index: 0 };
  const begun = { ...response, status: "in_progress", output: [], usage: null };
  const empty = { ...message, status: "in_progress", content: [] };
  const events: (Doc & { type: string })[] = [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: begun },
    { type: "response.output_item.added", output_index: 0, item: empty },
    { type: "response.content_part.added", ...place, part: { ...part, text: "" } },
    ...text
      .split(/(?<= )/)
      .map((delta) => ({ type: "response.output_text.delta", ...place, delta, logprobs: [] })),
    { type: "response.output_text.done", ...place, text, logprobs: [] },
    { type: "response.content_part.done", ...place, part },
    { type: "response.output_item.done", output_index: 0, item: message },
    { type: "response.completed", response },
  ];
  const numbered = events.map(
    (event, sequence_number): StreamEvent => ({ event: event.type, data: { ...event, sequence_number } }),
  );
  return { status: 200, events: numbered };
}
