import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, iso, pick } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";
import { wire } from "../../store/store.ts";
import { AGENT, environmentOf, refuse } from "./shared.ts";

/** The feedback of the path. */
function feedback({ store, path }: Call): Doc {
  const found = store.get("feedback", String(Number(path.id)));
  if (!found) throw refuse(404, "No feedback matches the given query.");
  return found;
}

/** The conversation a body names by `conversation` (integer) or `conversation_id` (string). */
function target(store: Collection, sent: Doc): Doc {
  const { conversation, conversation_id } = sent;
  if (conversation === undefined && conversation_id === undefined)
    throw refuse(400, 'One of "conversation" and "conversation_id" is required.');
  const found =
    conversation === undefined
      ? store.find("conversation", String(conversation_id))[0]
      : store.get("conversation", String(conversation));
  if (!found) throw refuse(404, "No conversation matches the given query.");
  return found;
}

function insert(call: Call, fields: Doc): Doc {
  const created = {
    id: call.store.next("feedback", 100),
    kind: "conversation",
    agent: AGENT.id,
    conversation: null,
    conversation_id: null,
    message: null,
    user: null,
    environment: "production",
    environment_id: 1,
    category: null,
    comment: null,
    topic: null,
    reason: null,
    created_at: iso(call.now),
    ...fields,
  };
  call.store.add("feedback", created);
  return created;
}

/** The route of the first SDK generation; `metadata` is dropped without a word. */
export const oldFeedback: Handler = (call) => {
  const sent = asDoc(call.body);
  const { id, conversation_id } = target(call.store, sent);
  const created = insert(call, {
    conversation: id,
    conversation_id,
    ...pick(sent, ["sentiment", "comment"]),
  });
  return { status: 201, body: wire(created) };
};

export const createFeedback: Handler = (call) => {
  const sent = asDoc(call.body);
  const common = pick(sent, ["kind", "sentiment", "comment"]);
  if (sent.kind === "agent") {
    if (sent.agent !== AGENT.id) throw refuse(404, "No agent matches the given query.");
    const created = insert(call, {
      ...common,
      ...(sent.environment === undefined ? {} : environmentOf(sent.environment)),
    });
    return { status: 201, body: wire(created) };
  }
  if (sent.kind === "message")
    return messageFeedback(call, { ...common, ...pick(sent, ["topic", "reason"]) });
  const { id, conversation_id } = target(call.store, sent);
  return { status: 201, body: wire(insert(call, { ...common, conversation: id, conversation_id })) };
};

/** An upsert: 201 at first, 200 when the message already has a rating. */
function messageFeedback(call: Call, fields: Doc): { status: number; body: Doc } {
  const id = asDoc(call.body).message;
  const message = call.store.get("message", String(id));
  if (!message) throw refuse(404, "No message matches the given query.");
  const [known] = call.store.find("feedback", String(id));
  if (known) {
    const changed = { ...known, ...fields };
    call.store.put("feedback", changed);
    return { status: 200, body: wire(changed) };
  }
  const conversation = call.store.get("conversation", String(message.conversation));
  const place = {
    message: id,
    conversation: message.conversation,
    conversation_id: conversation?.conversation_id ?? null,
  };
  return { status: 201, body: wire(insert(call, { ...fields, ...place })) };
}

const EXTRA: Readonly<Record<string, readonly string[]>> = {
  agent: ["environment"],
  message: ["topic", "reason"],
};

export const updateFeedback: Handler = (call) => {
  const stored = feedback(call);
  const names = ["sentiment", "comment", ...(EXTRA[String(stored.kind)] ?? [])];
  const sent = pick(asDoc(call.body), names);
  const environment = sent.environment === undefined ? {} : environmentOf(sent.environment);
  const changed = { ...stored, ...sent, ...environment };
  call.store.put("feedback", changed);
  return { status: 200, body: wire(changed) };
};

export const removeFeedback: Handler = (call) => {
  call.store.remove("feedback", String(feedback(call).id));
  return { status: 204 };
};

export const getFeedback: Handler = (call) => ({
  status: 200,
  body: { ...wire(feedback(call)), ticket: null },
});
