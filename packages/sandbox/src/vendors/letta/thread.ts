import { randomUUID } from "node:crypto";
import type { Call } from "../../engine/rules.ts";
import { asDoc, iso } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import { refuse } from "./errors.ts";

const AGENT_ID = /^agent-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What every agent of the sandbox is told. */
export const PROMPT = "You are a helpful agent.";

/** A message as it is filed: a fork shares the ids of its source, so each conversation has keys of its own. */
export const filed = (conversationId: unknown, message: Doc): Doc => ({
  ...message,
  $conversation: conversationId,
  $key: `${conversationId}/${message.id}`,
});

/** The compiled system message at position 0 of a conversation. */
export function systemMessage(conversationId: string, now: number): Doc {
  const id = `message-${randomUUID()}`;
  return filed(conversationId, { id, date: iso(now), message_type: "system_message", content: PROMPT });
}

/** Whether there is such an agent: one of those the options name, or any well-formed id. */
export function agentExists({ options }: Pick<Call, "options">, agent: string): boolean {
  return options.letta?.agents?.includes(agent) ?? AGENT_ID.test(agent);
}

/**
 * The id under which messages and runs of the path are filed: that of a conversation, or of the agent whose own history
 * is meant by its id in the path or by `default` with an `agent_id` in the query or the body.
 */
export function threadId({ path, query, body }: Pick<Call, "path" | "query" | "body">): string {
  const id = path.conversation_id ?? "";
  if (id !== "default") return id;
  const agent = query.agent_id ?? asDoc(body).agent_id ?? id;
  return String(agent);
}

/** A conversation, or an agent's own history: both hold messages and runs. Unknown and deleted ones are 404. */
export interface Thread {
  readonly doc: Doc;
  /** Stores the changed document. */
  save(changed: Doc): void;
}

export function thread(call: Call): Thread {
  const id = threadId(call);
  if (!id.startsWith("agent-")) {
    const found = call.store.get("conversation", id);
    if (!found || found.$deleted === true) throw refuse(404, `Conversation ${id} not found`);
    return { doc: found, save: (changed) => call.store.put("conversation", changed) };
  }
  if (!agentExists(call, id)) throw refuse(404, `Agent ${id} not found`);
  return { doc: ownHistory(call, id), save: (changed) => call.store.put("agent", changed) };
}

/** An agent's own history, which begins when somebody first asks for more than a list of it. */
function ownHistory({ store, now, operation }: Call, id: string): Doc {
  const known = store.get("agent", id);
  if (known) return known;
  const system = systemMessage(id, now);
  const begun = { id, agent_id: id, created_at: iso(now), in_context_message_ids: [system.id] };
  if (!operation.reads) {
    store.add("message", system);
    store.add("agent", begun);
  }
  return begun;
}
