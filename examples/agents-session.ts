/** A session of the OpenAI Agents SDK is a conversation: after each turn, its metadata says how far it is. */
import { createConvo } from "@convo/core";
import { openai } from "@convo/core/openai";
import { type AgentInputItem, OpenAIConversationsSession } from "@openai/agents";

/** A session that keeps `turns` and `last_role` in the metadata of its conversation; other keys stay. */
export class TrackedSession extends OpenAIConversationsSession {
  readonly #convo = createConvo({ openai: openai({ encode: true }) });

  override async addItems(items: AgentInputItem[]): Promise<void> {
    await super.addItems(items);
    const roles = items.flatMap((item) => ("role" in item ? [item.role] : []));
    const id = await this.getSessionId();
    // Read each time: a session goes on in another process, and `clearSession` begins a new one.
    const { metadata } = (await this.#convo.openai.get(id)).conversation;
    const turns = (Number(metadata?.turns) || 0) + roles.filter((role) => role === "user").length;
    await this.#convo.openai.update(id, { metadata: { turns, last_role: roles.at(-1) ?? "tool" } });
  }
}
