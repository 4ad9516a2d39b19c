import { randomUUID } from "node:crypto";
import type { Handler } from "../../engine/rules.ts";
import { asDoc, iso } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";
import { wire } from "../../store/store.ts";
import { limitOf, refuse } from "./errors.ts";
import { filed, PROMPT, thread, threadId } from "./thread.ts";

/**
 * Positions are absolute, whatever `order` says: `before` means older, `after` newer. Unknown cursors and unknown
 * conversations are not errors.
 */
export const listMessages: Handler = (call) => {
  const { store, query } = call;
  const id = threadId(call);
  if (store.get("conversation", id)?.$deleted === true) return { status: 200, body: [] };
  const rows = store.list("message", id);
  const at = (id: unknown): number => (id === undefined ? -1 : rows.findIndex((row) => row.id === id));
  const end = at(query.before);
  const start = at(query.after);
  const wanted = query.include_return_message_types as readonly unknown[] | undefined;
  const part = rows.slice(start < 0 ? 0 : start + 1, end < 0 ? rows.length : end);
  if (query.order !== "asc") part.reverse();
  const page = part.slice(0, limitOf(query, 100));
  return { status: 200, body: page.filter((row) => !wanted || wanted.includes(row.message_type)).map(wire) };
};

export const recompile: Handler = (call) => {
  if (threadId(call) === "default") throw refuse(400, "agent_id is needed for the default conversation");
  thread(call);
  return { status: 200, body: PROMPT };
};

export const preview: Handler = (call) => {
  thread(call);
  const messages = inputs(asDoc(call.body)).map(({ role, content }) => ({
    role: role ?? "user",
    content: content ?? null,
  }));
  return {
    status: 200,
    body: { model: "sandbox/echo", messages: [{ role: "system", content: PROMPT }, ...messages] },
  };
};

/** Replaces what is in context, but for the system message, by one summary. */
export const compact: Handler = (call) => {
  const { doc: found, save } = thread(call);
  const ids = found.in_context_message_ids as string[];
  const [system, ...rest] = inContext(call.store, found);
  if (system?.message_type !== "system_message")
    throw refuse(400, "There is no system message at position 0");
  if (rest.length < 2) throw refuse(400, "There is nothing to compact");
  const text = `Summary of ${rest.length} messages.`;
  const base = { id: `message-${randomUUID()}`, date: iso(call.now), message_type: "summary_message" };
  call.store.add("message", filed(found.id, { ...base, summary: text }));
  save({ ...found, in_context_message_ids: [system.id, base.id] });
  return { status: 200, body: { summary: text, num_messages_before: ids.length, num_messages_after: 2 } };
};

function inContext(store: Collection, found: Doc): Doc[] {
  const ids = found.in_context_message_ids as string[];
  return store.list("message", String(found.id)).filter((message) => ids.includes(String(message.id)));
}

/** The messages of a body, or its `input` as one; exactly one of the two must be there. */
export function inputs(body: Doc): readonly Doc[] {
  const { messages, input } = body;
  const both = (messages ?? null) !== null && (input ?? null) !== null;
  const neither = (messages ?? null) === null && (input ?? null) === null;
  if (both || neither) throw refuse(422, "Send either messages or input");
  if (Array.isArray(messages) && messages.length === 0) throw refuse(422, "The list of messages is empty");
  return Array.isArray(messages) ? messages.map(asDoc) : [{ role: "user", content: input }];
}
