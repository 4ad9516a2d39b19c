import { createOpenAIClient } from "@convo/openai";
import OpenAI from "openai";
import { createConvo, openai } from "../../src/index.ts";
import { official, type Setup, type Sides } from "./pair.ts";

/** Every conversation call of `openai`. */
export function openaiPairs(setup: Setup): Sides {
  const { conversations } = new OpenAI(official(setup));
  const client = createOpenAIClient({ ...setup, retry: "never" });
  const convo = createConvo({ openai: openai({ ...setup, retry: "never" }) });
  const id = "conv_sandbox0001";
  const item = "msg_sandbox0001";
  const created = { metadata: { a: "1" }, items: [{ role: "user" as const, content: "ü 😀" }] };
  const metadata = { status: "resolved", note: 'a "b" ü' };
  const added = { items: [{ type: "message" as const, role: "user" as const, content: "hi" }] };
  const include: ["message.output_text.logprobs"] = ["message.output_text.logprobs"];
  const query = { limit: 1, order: "asc" as const, after: item, include };
  return [
    conversations,
    {
      create: [() => conversations.create(created), () => client.createConversation(created)],
      retrieve: [() => conversations.retrieve(id), () => client.getConversation(id)],
      update: [
        () => conversations.update(id, { metadata }),
        () => client.updateConversation(id, { metadata }),
        () => convo.openai.update(id, { metadata }, { merge: "replace" }),
      ],
      delete: [() => conversations.delete(id), () => client.deleteConversation(id)],
      "items.create": [
        () => conversations.items.create(id, { ...added, include }),
        () => client.createConversationItems(id, added, { query: { include } }),
      ],
      "items.list": [
        () => conversations.items.list(id, query),
        () => client.listConversationItems(id, { query }),
      ],
      "items.retrieve": [
        () => conversations.items.retrieve(item, { conversation_id: id, include }),
        () => client.getConversationItem(id, item, { query: { include } }),
      ],
      "items.delete": [
        () => conversations.items.delete(item, { conversation_id: id }),
        () => client.deleteConversationItem(id, item),
      ],
    },
  ];
}
