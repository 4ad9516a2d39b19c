import { type ChatDashClient, createChatDashClient } from "@convo/chatdash";
import type { VendorFacts } from "../fact.ts";

const AGENT = "66f0c0ffee0000000000ag01";
const ID = "66f0c0ffee0000000000cd01";
const ALL = `/agents/${AGENT}/conversations`;
const AT = `${ALL}/${ID}`;
const CONVERSATION = {
  _id: ID,
  agentId: AGENT,
  campaignId: null,
  name: "Ada",
  read: true,
  status: "human",
  mistunderstoodQueries: [{ question: "What is an invoice?" }],
  evaluation: { isSuccess: true, reason: "solved" },
  customAnalysis: {},
  metadata: { topic: "project-x" },
  createdAt: "2026-03-01T08:00:00.000Z",
  updatedAt: "2026-03-01T09:00:00.000Z",
};
const MESSAGE = {
  sender: "user" as const,
  type: "text" as const,
  content: { text: "Where is my invoice?" },
  metadata: { model: "gpt-5", total: 12 },
  createdAt: "2026-03-01T08:00:01.000Z",
};

/** ChatDash: the bare key, PUT to update, answers with a message only, the agent's id before the conversation's. */
export const chatdash: VendorFacts<ChatDashClient> = {
  name: "chatdash",
  create: createChatDashClient,
  baseUrl: "https://api.chat-dash.com/v1/public",
  key: "CD.0123456789abcdef0123456789abcdef",
  authorization: "CD.0123456789abcdef0123456789abcdef",
  env: { apiKey: "CHATDASH_API_KEY", baseUrl: "CHATDASH_BASE_URL", headers: {} },
  operations: {
    listConversations: {
      args: [
        AGENT,
        {
          query: {
            startDate: "2026-03-01T00:00:00.000Z",
            endDate: "2026-03-02T00:00:00.000Z",
            record: false,
            interacted: true,
          },
        },
      ],
      sends:
        `GET ${ALL}?startDate=2026-03-01T00%3A00%3A00.000Z&endDate=2026-03-02T00%3A00%3A00.000Z` +
        "&record=false&interacted=true",
      answer: [CONVERSATION],
      also: [{ body: [] }],
    },
    createConversation: {
      args: [AGENT, { platformId: "vf-1", channel: "Webchat", metadata: { topic: "project-x" } }],
      sends: `POST ${ALL}`,
      body: { platformId: "vf-1", channel: "Webchat", metadata: { topic: "project-x" } },
      answer: { message: "Conversation added successfully", conversation: CONVERSATION },
    },
    getConversation: {
      args: [AGENT, "vf-1", { query: { isPlatformId: true } }],
      sends: `GET ${ALL}/vf-1?isPlatformId=true`,
      answer: CONVERSATION,
    },
    updateConversation: {
      args: [
        AGENT,
        ID,
        { read: true, status: "human", mistunderstoodQueries: [{ question: "?" }], metadata: { a: 1 } },
      ],
      sends: `PUT ${AT}`,
      body: { read: true, status: "human", mistunderstoodQueries: [{ question: "?" }], metadata: { a: 1 } },
      answer: { message: "Conversation updated successfully" },
      also: [{ body: {} }],
    },
    deleteConversation: {
      args: [AGENT, ID],
      sends: `DELETE ${AT}`,
      answer: { message: "Conversation deleted successfully" },
    },
    listConversationMessages: { args: [AGENT, ID], sends: `GET ${AT}/messages`, answer: [MESSAGE] },
    addConversationMessages: {
      args: [AGENT, ID, { messages: [MESSAGE] }],
      sends: `POST ${AT}/messages`,
      body: { messages: [MESSAGE] },
      answer: { message: "Messages added successfully" },
    },
    replaceConversationMessages: {
      args: [AGENT, ID, { messages: [{ type: "text", content: { text: "Hello" } }] }],
      sends: `PUT ${AT}/messages`,
      body: { messages: [{ type: "text", content: { text: "Hello" } }] },
      answer: { message: "Messages updated successfully" },
    },
    deleteConversationMessages: {
      args: [AGENT, ID],
      sends: `DELETE ${AT}/messages`,
      answer: { message: "Messages deleted successfully" },
    },
  },
};
