import { createDatagridClient, type DatagridClient } from "@convo/datagrid";
import type { VendorFacts } from "../fact.ts";

const ID = "cnv_7f3a";
const AT = `/conversations/${ID}`;
const CONVERSATION = {
  object: "conversation",
  id: ID,
  name: "Invoice 2041",
  created_at: "2026-06-01T10:00:00.000Z",
  updated_at: "2026-06-02T10:00:00.000Z",
  agent_ids: ["agt_1"],
  participated_agent_ids: ["agt_1", "agt_2"],
};
const MESSAGE = {
  object: "conversation.message",
  id: "msg_1",
  agent_id: "agt_1",
  conversation_id: ID,
  role: "agent",
  created_at: "2026-06-01T10:00:05.000Z",
  content: [{ type: "text", text: "Here it is." }],
  citations: null,
  credits: { consumed: 1.5 },
};

/** Datagrid: bearer key, PATCH to update, delete answers without a body, lists whose `has_more` may be absent. */
export const datagrid: VendorFacts<DatagridClient> = {
  name: "datagrid",
  create: createDatagridClient,
  baseUrl: "https://api.datagrid.com/v1",
  key: "dg-0123456789",
  authorization: "Bearer dg-0123456789",
  env: {
    apiKey: "DATAGRID_API_KEY",
    baseUrl: "DATAGRID_BASE_URL",
    headers: { "datagrid-teamspace": "DATAGRID_TEAMSPACE_ID" },
  },
  operations: {
    createConversation: {
      args: [{ name: "Invoice 2041" }],
      sends: "POST /conversations",
      body: { name: "Invoice 2041" },
      answer: CONVERSATION,
    },
    getConversation: {
      args: [ID],
      sends: `GET ${AT}`,
      answer: CONVERSATION,
      also: [{ body: { object: "conversation", id: ID, created_at: "a", updated_at: "b" } }],
    },
    updateConversation: {
      args: [ID, { name: "Invoice 2041", agent_ids: [] }],
      sends: `PATCH ${AT}`,
      body: { name: "Invoice 2041", agent_ids: [] },
      answer: { ...CONVERSATION, agent_ids: [] },
    },
    listConversations: {
      args: [{ query: { limit: 100, after: "cnv_1", direction: "desc", sort: "updated_at" } }],
      sends: "GET /conversations?limit=100&after=cnv_1&direction=desc&sort=updated_at",
      answer: { object: "list", data: [CONVERSATION], has_more: false },
      also: [{ body: { object: "list", data: [] } }],
    },
    deleteConversation: { args: [ID], sends: `DELETE ${AT}`, empty: [200, 204] },
    listConversationMessages: {
      args: [ID, { query: { limit: 5, before: "msg_9" } }],
      sends: `GET ${AT}/messages?limit=5&before=msg_9`,
      answer: { object: "list", data: [MESSAGE], has_more: false },
    },
    getConversationMessage: {
      args: [ID, "msg_1"],
      sends: `GET ${AT}/messages/msg_1`,
      answer: MESSAGE,
    },
  },
};
