import { createLettaClient } from "@convo/letta";
import { Letta } from "@letta-ai/letta-client";
import { createConvo, letta } from "../../src/index.ts";
import { official, type Setup, type Sides } from "./pair.ts";

/** Every conversation call of `@letta-ai/letta-client`. */
export function lettaPairs(setup: Setup): Sides {
  const { conversations } = new Letta(official(setup));
  const client = createLettaClient({ ...setup, retry: "never" });
  const convo = createConvo({ letta: letta({ ...setup, retry: "never" }) });
  const id = "conv-00000000-0000-4000-8000-000000000001";
  const agent_id = "agent-00000000-0000-4000-8000-000000000001";
  const path = { params: { path: { conversation_id: id } } };
  const page = { agent_id, limit: 1, order: "asc" as const, summary_search: "project x&y" };
  const messages = { order: "asc" as const, limit: 2, include_err: true };
  const changes = { summary: "Invoice corrected", archived: true };
  const summary = "Asked for a refund";
  const input = { input: "hello", background: true };
  return [
    conversations,
    {
      create: [
        () => conversations.create({ agent_id, summary }),
        () => client.createConversation({ summary }, { query: { agent_id } }),
      ],
      retrieve: [() => conversations.retrieve(id), () => client.getConversation(id)],
      update: [
        () => conversations.update(id, changes),
        () => client.updateConversation(id, changes),
        () => convo.letta.update(id, { summary: changes.summary, native: { archived: true } }),
      ],
      list: [() => conversations.list(page), () => client.listConversations({ query: page })],
      delete: [() => conversations.delete(id), () => client.deleteConversation(id)],
      cancel: [() => conversations.cancel(id), () => client.cancelConversation(id)],
      fork: [() => conversations.fork(id), () => client.forkConversation(id)],
      recompile: [
        () => conversations.recompile(id, { dry_run: true }),
        () => client.recompileConversation(id, {}, { query: { dry_run: true } }),
      ],
      "messages.create": [
        () => conversations.messages.create(id, input),
        () =>
          client.http.POST("/v1/conversations/{conversation_id}/messages", {
            ...path,
            body: input,
            parseAs: "text",
          }),
      ],
      "messages.list": [
        () => conversations.messages.list(id, messages),
        () => client.listConversationMessages(id, { query: messages }),
      ],
      "messages.compact": [
        () => conversations.messages.compact(id),
        () => client.compactConversation(id, {}),
      ],
      "messages.stream": [
        () => conversations.messages.stream(id, { run_id: "run-1" }),
        () =>
          client.http.POST("/v1/conversations/{conversation_id}/stream", {
            ...path,
            body: { run_id: "run-1" },
            parseAs: "text",
          }),
      ],
    },
  ];
}
