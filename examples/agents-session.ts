/** A session of the OpenAI Agents SDK is a conversation: after each turn, its metadata says how far it is. */
import { createConvo } from "@convo/core";
import { openai } from "@convo/core/openai";
import { type AgentInputItem, OpenAIConversationsSession } from "@openai/agents";

/** A session that keeps `turns` and `last_role` in the metadata of its conversation; other keys stay. */
export class TrackedSession extends OpenAIConversationsSession {
  readonly #convo = createConvo({ openai: openai({ encode: true }) });
  #turns = 0;

  override async addItems(items: AgentInputItem[]): Promise<void> {
    await super.addItems(items);
    const roles = items.flatMap((item) => ("role" in item ? [item.role] : []));
    this.#turns += roles.filter((role) => role === "user").length;
    await this.#convo.openai.update(await this.getSessionId(), {
      metadata: { turns: this.#turns, last_role: roles.at(-1) ?? "tool" },
    });
  }
}
