import { randomUUID } from "node:crypto";
import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, iso, pick } from "../../engine/tools.ts";
import type { Doc, Reply } from "../../engine/types.ts";
import { refuse } from "./errors.ts";
import { inputs } from "./messages.ts";
import { filed, type Thread, thread, threadId } from "./thread.ts";

/** A background run counts as active for this long; everything else ends with its request. */
const RUN_MS = 3000;
const RUN_LIFETIME_MS = 3 * 3600_000;

const ROLES: Readonly<Record<string, string>> = {
  user: "user_message",
  system: "system_message",
  assistant: "assistant_message",
};

/**
 * The stored form of one input: a message by its role, or an answer to the agent by what it carries. An approval demands nothing and
 * ignores what it does not know, so that invalid results still make one, as the union of the spec has it.
 */
function stored({ check, now }: Call, input: Doc, run: string): Doc {
  const base = { id: `message-${randomUUID()}`, date: iso(now), run_id: run };
  const otid = typeof input.otid === "string" ? { otid: input.otid } : {};
  if (check("ToolReturnCreate", input) === undefined)
    return { ...base, ...otid, ...toolReturn(input.tool_returns as Doc[]) };
  if (typeof input.role !== "string") return { ...base, ...otid, ...approval(input) };
  const content = input.role === "user" ? visible(input.content) : plain(input.content);
  return { ...base, ...otid, message_type: ROLES[input.role], content };
}

/** The first result stands in the three deprecated fields as well, which the server still sends. */
function toolReturn(tool_returns: readonly Doc[]): Doc {
  const { tool_return = "", status = "success", tool_call_id = "" } = tool_returns[0] ?? {};
  return {
    message_type: "tool_return_message",
    tool_return: plain(tool_return),
    status,
    tool_call_id,
    tool_returns,
  };
}

function approval(input: Doc): Doc {
  const deprecated = pick(input, ["approve", "approval_request_id", "reason"]);
  return { message_type: "approval_response_message", approvals: input.approvals ?? null, ...deprecated };
}

/** Of what a user sent, text and images are shown; the other kinds of part exist in requests only. */
function visible(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content.map(asDoc).filter(({ type, text, source }) => {
    const shape = text !== undefined ? "text" : source !== undefined ? "image" : undefined;
    return shape !== undefined && (type ?? shape) === shape;
  });
}

/** System and assistant messages are shown as text. */
function plain(content: unknown): string {
  if (typeof content === "string") return content;
  return (content as readonly unknown[]).map((part) => String(asDoc(part).text ?? "")).join("");
}

/** The agent of the sandbox repeats what it was told. */
function answerTo(inputMessages: readonly Doc[], run: string, now: number): Doc {
  const last = plain(inputMessages.at(-1)?.content ?? "");
  const base = { id: `message-${randomUUID()}`, date: iso(now), run_id: run };
  return { ...base, message_type: "assistant_message", content: `You said: ${last}` };
}

function usage(): Doc {
  const tokens = { completion_tokens: 9, prompt_tokens: 12, total_tokens: 21, step_count: 1 };
  return { message_type: "usage_statistics", ...tokens };
}

export const send: Handler = (call) => {
  const found = thread(call);
  const body = asDoc(call.body);
  const messages = inputs(body);
  const otid = messages.map((message) => message.otid).find(Boolean);
  const known = runs(call).find((row) => otid && row.$otid === otid);
  const busy = known ? undefined : activeRun(call);
  if (busy)
    throw refuse(409, "Another request is being processed for this conversation", { run_id: busy.id });
  const events = (known?.events as Doc[] | undefined) ?? run(call, found, messages, { otid, body });
  return body.streaming === false ? whole(events) : stream(events, 0);
};

function run(
  call: Call,
  { doc: found, save }: Thread,
  messages: readonly Doc[],
  { otid, body }: { otid: unknown; body: Doc },
): Doc[] {
  const id = `run-${randomUUID()}`;
  const rows = messages.map((message) => stored(call, message, id));
  const answer = answerTo(messages, id, call.now);
  for (const message of [...rows, answer]) call.store.add("message", filed(found.id, message));
  const ids = [...(found.in_context_message_ids as unknown[]), ...rows.map((row) => row.id), answer.id];
  save({ ...found, in_context_message_ids: ids, last_message_at: iso(call.now) });
  const wanted = body.include_return_message_types as readonly unknown[] | null | undefined;
  const shown = wanted && !wanted.includes(answer.message_type) ? [] : [answer];
  const events = [...shown, { message_type: "stop_reason", stop_reason: "end_turn" }, usage()];
  const background = body.background === true;
  call.store.add("run", {
    id,
    $conversation: found.id,
    $otid: otid,
    $background: background,
    $startedAt: call.now,
    $until: background ? call.now + RUN_MS : 0,
    events,
  });
  return events;
}

function whole(events: readonly Doc[]): Reply {
  const [stop, totals] = events.slice(-2);
  return { status: 200, body: { messages: events.slice(0, -2), stop_reason: stop, usage: totals } };
}

/** The events numbered so that a reader can resume, then `[DONE]`. */
function stream(events: readonly Doc[], startingAfter: number): Reply {
  const numbered = events.map((event, index) => ("id" in event ? { ...event, seq_id: index + 1 } : event));
  const rest = numbered.slice(startingAfter).map((data) => ({ data }));
  return { status: 200, events: rest, end: "data: [DONE]\n\n" };
}

/** What was run in the conversation of the path: an otid names a run of its own conversation, and an empty one names none. */
function runs(call: Call): Doc[] {
  return call.store.list("run", threadId(call));
}

function activeRun(call: Call): Doc | undefined {
  return runs(call).findLast((row) => Number(row.$until) > call.now);
}

/** Finds the run by `run_id`, then `otid`, then the latest active one. */
export const resume: Handler = (call) => {
  const { run_id, otid, starting_after } = asDoc(call.body);
  const named = (run_id ?? otid ?? null) !== null;
  const found =
    runs(call).find((row) => row.id === run_id) ??
    runs(call).find((row) => otid && row.$otid === otid) ??
    (named ? undefined : activeRun(call));
  if (!found && named) throw refuse(404, "Run not found");
  if (!found) throw refuse(400, "No active runs found for this conversation");
  if (found.$background !== true) throw refuse(400, "The run was not started in background mode");
  if (call.now - Number(found.$startedAt) > RUN_LIFETIME_MS)
    throw refuse(410, "The run is older than three hours");
  return stream(found.events as Doc[], Number(starting_after ?? 0));
};

export const cancel: Handler = (call) => {
  thread(call);
  const active = activeRun(call);
  if (!active)
    throw refuse(409, `CONFLICT: No active runs to cancel for conversation ${call.path.conversation_id}`);
  call.store.put("run", { ...active, $until: 0 });
  return { status: 200, body: { [String(active.id)]: "cancelled" } };
};
