import { createOpenAIClient, type OpenAIClient } from "@convo/openai";
import type { VendorFacts } from "../fact.ts";

const ID = "conv_68fb0a2c1f8c8190a4f3f1f0c1a2b3c4d5e6f708192a3b4c";
const ITEM = "msg_68fb0a2d0e588190b1c2d3e4f5061728394a5b6c7d8e9fa0";
const AT = `/conversations/${ID}`;
const CONVERSATION = {
  id: ID,
  object: "conversation",
  created_at: 1761282604,
  metadata: { topic: "project-x" },
};
const MESSAGE = {
  type: "message",
  id: ITEM,
  status: "completed",
  role: "user",
  content: [{ type: "input_text", text: "Where is my invoice?" }],
};
const ITEMS = { object: "list", data: [MESSAGE], first_id: ITEM, last_id: ITEM, has_more: false };

/** OpenAI: bearer key, POST to update, one list paged by `last_id`. */
export const openai: VendorFacts<OpenAIClient> = {
  name: "openai",
  create: createOpenAIClient,
  baseUrl: "https://api.openai.com/v1",
  key: "sk-test-0123456789",
  authorization: "Bearer sk-test-0123456789",
  env: {
    apiKey: "OPENAI_API_KEY",
    baseUrl: "OPENAI_BASE_URL",
    headers: { "openai-organization": "OPENAI_ORG_ID", "openai-project": "OPENAI_PROJECT_ID" },
  },
  operations: {
    createConversation: {
      args: [
        {
          metadata: { topic: "project-x" },
          items: [{ type: "message", role: "user", content: "Where is my invoice?" }],
        },
      ],
      sends: "POST /conversations",
      body: {
        metadata: { topic: "project-x" },
        items: [{ type: "message", role: "user", content: "Where is my invoice?" }],
      },
      answer: CONVERSATION,
    },
    getConversation: { args: [ID], sends: `GET ${AT}`, answer: CONVERSATION },
    updateConversation: {
      args: [ID, { metadata: { topic: "project-x" } }],
      sends: `POST ${AT}`,
      body: { metadata: { topic: "project-x" } },
      answer: CONVERSATION,
    },
    deleteConversation: {
      args: [ID],
      sends: `DELETE ${AT}`,
      answer: { id: ID, object: "conversation.deleted", deleted: true },
    },
    createConversationItems: {
      args: [
        ID,
        { items: [{ type: "message", role: "user", content: "Where is my invoice?" }] },
        { query: { include: ["message.output_text.logprobs", "reasoning.encrypted_content"] } },
      ],
      sends: `POST ${AT}/items?include=message.output_text.logprobs&include=reasoning.encrypted_content`,
      body: { items: [{ type: "message", role: "user", content: "Where is my invoice?" }] },
      answer: ITEMS,
    },
    listConversationItems: {
      args: [ID, { query: { limit: 20, order: "asc", after: ITEM, include: ["file_search_call.results"] } }],
      sends: `GET ${AT}/items?limit=20&order=asc&after=${ITEM}&include=file_search_call.results`,
      answer: ITEMS,
      also: [{ body: { object: "list", data: [], first_id: null, last_id: null, has_more: false } }],
    },
    getConversationItem: {
      args: [ID, ITEM, { query: { include: ["message.input_image.image_url"] } }],
      sends: `GET ${AT}/items/${ITEM}?include=message.input_image.image_url`,
      answer: MESSAGE,
      also: [{ body: { type: "hologram_call", id: ITEM, beam: true } }],
    },
    deleteConversationItem: {
      args: [ID, ITEM],
      sends: `DELETE ${AT}/items/${ITEM}`,
      answer: CONVERSATION,
      also: [{ body: { id: ITEM, object: "conversation.item.deleted", deleted: true } }],
    },
  },
};
