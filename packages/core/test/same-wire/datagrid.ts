import { createDatagridClient } from "@convo/datagrid";
import Datagrid from "datagrid-ai";
import { createConvo, datagrid } from "../../src/index.ts";
import { official, type Setup, type Sides } from "./pair.ts";

/** Every conversation call of `datagrid-ai`. */
export function datagridPairs(setup: Setup): Sides {
  const { conversations } = new Datagrid(official(setup));
  const client = createDatagridClient({ ...setup, retry: "never" });
  const convo = createConvo({ datagrid: datagrid({ ...setup, retry: "never" }) });
  const id = "cnv_sandbox_0001";
  const message = "msg_sandbox_0001";
  const page = { limit: 1, direction: "asc" as const, sort: "updated_at" as const };
  const changes = { name: "Invoice 2041", agent_ids: ["agent_1", "agent_2"] };
  return [
    conversations,
    {
      create: [() => conversations.create({ name: "n" }), () => client.createConversation({ name: "n" })],
      retrieve: [() => conversations.retrieve(id), () => client.getConversation(id)],
      update: [
        () => conversations.update(id, changes),
        () => client.updateConversation(id, changes),
        () => convo.datagrid.update(id, { name: changes.name, native: { agent_ids: changes.agent_ids } }),
      ],
      list: [() => conversations.list(page), () => client.listConversations({ query: page })],
      delete: [() => conversations.delete(id), () => client.deleteConversation(id)],
      "messages.list": [
        () => conversations.messages.list(id, { limit: 1, after: message }),
        () => client.listConversationMessages(id, { query: { limit: 1, after: message } }),
      ],
      "messages.retrieve": [
        () => conversations.messages.retrieve(id, message),
        () => client.getConversationMessage(id, message),
      ],
    },
  ];
}
