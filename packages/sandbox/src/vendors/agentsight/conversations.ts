import type { Handler } from "../../engine/rules.ts";
import { asDoc, iso, pick } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";
import { wire } from "../../store/store.ts";
import { conversation, environmentOf, newConversation, trimmedName } from "./shared.ts";

const FIELDS = ["name", "is_marked", "customer_id", "device", "language", "metadata"];

/** The echo holds what was sent and nothing else. `metadata` is the whole new document. */
export const update: Handler = (call) => {
  const stored = conversation(call);
  const sent = pick(asDoc(call.body), FIELDS);
  if (sent.name !== undefined) sent.name = trimmedName(sent.name);
  call.store.put("conversation", { ...stored, ...sent });
  const { id, conversation_id } = stored;
  return { status: 200, body: { id, conversation_id, updated_fields: Object.keys(sent), ...sent } };
};

/** A route that changes one field, as `read` has it. */
export function setOne(field: string, read: (value: unknown) => unknown): Handler {
  return (call) => {
    const stored = conversation(call);
    const value = read(asDoc(call.body)[field]);
    call.store.put("conversation", { ...stored, [field]: value });
    return { status: 200, body: { id: stored.id, conversation_id: stored.conversation_id, [field]: value } };
  };
}

export const remove: Handler = (call) => {
  const stored = conversation(call);
  const gone = { is_deleted: true, deleted_at: stored.deleted_at ?? iso(call.now) };
  call.store.put("conversation", { ...stored, ...gone });
  return { status: 200, body: { id: stored.id, conversation_id: stored.conversation_id, ...gone } };
};

export const get: Handler = (call) => {
  const stored = conversation(call);
  return {
    status: 200,
    body: { ...wire(stored), ...nested(call.store, stored), tickets: [], token_usage: null },
  };
};

/** The transcript and the ratings of one conversation. */
export function nested(store: Collection, { id }: Doc): Doc {
  const own = (kind: string): Doc[] => store.list(kind, String(id)).map(wire);
  return { messages: own("message"), feedbacks: own("feedback") };
}

export const attachments: Handler = (call) => {
  const { id, conversation_id } = conversation(call);
  const rows = call.store.list("message", String(id)).flatMap((row) => (row.attachments ?? []) as Doc[]);
  return {
    status: 200,
    body: { conversation_id, conversation: id, attachment_count: rows.length, attachments: rows },
  };
};

/** Creates by business id, or finds: an existing row is not overwritten. */
export const upsert: Handler = (call) => {
  const sent = asDoc(call.body);
  const conversationId = String(sent.conversation_id).trim();
  const [known] = call.store.find("conversation", conversationId);
  if (known) return { status: 200, body: wire(known) };
  const environment = environmentOf(sent.environment ?? "development");
  const created = newConversation(call.store.next("conversation", 1000), conversationId, call.now, {
    ...pick(sent, [
      "customer_id",
      "customer_ip_address",
      "device",
      "language",
      "name",
      "metadata",
      "is_used",
    ]),
    ...environment,
  });
  call.store.add("conversation", created);
  return { status: 201, body: wire(created) };
};
