import { createLettaClient, type LettaClient } from "@convo/letta";
import type { VendorFacts } from "../fact.ts";

const ID = "conv-123e4567-e89b-42d3-8456-426614174000";
const AGENT = "agent-223e4567-e89b-42d3-8456-426614174000";
const MESSAGE_ID = "message-323e4567-e89b-42d3-8456-426614174000";
const RUN = "run-423e4567-e89b-42d3-8456-426614174000";
const AT = `/v1/conversations/${ID}`;
const CONVERSATION = {
  id: ID,
  agent_id: AGENT,
  created_at: "2026-02-10T18:11:19.117Z",
  updated_at: "2026-02-10T18:12:19.117Z",
  created_by_id: "user-523e4567-e89b-42d3-8456-426614174000",
  last_updated_by_id: null,
  summary: "Invoice corrected",
  in_context_message_ids: [],
  isolated_block_ids: [],
};
const MESSAGE = {
  id: MESSAGE_ID,
  date: "2026-02-10T18:12:19.117Z",
  message_type: "assistant_message",
  content: "Corrected.",
};
const INPUT = { messages: [{ role: "user" as const, content: "Correct it" }], streaming: false as const };

/** Letta: bearer key, `/v1` in the paths, a trailing slash on the two collection routes, bare arrays. */
export const letta: VendorFacts<LettaClient> = {
  name: "letta",
  create: createLettaClient,
  baseUrl: "https://api.letta.com",
  key: "sk-let-0123456789",
  authorization: "Bearer sk-let-0123456789",
  env: { apiKey: "LETTA_API_KEY", baseUrl: "LETTA_BASE_URL", headers: {} },
  operations: {
    createConversation: {
      args: [{ summary: "New" }, { query: { agent_id: AGENT } }],
      sends: `POST /v1/conversations/?agent_id=${AGENT}`,
      body: { summary: "New" },
      answer: { ...CONVERSATION, summary: "New" },
    },
    listConversations: {
      args: [{ query: { agent_id: AGENT, limit: 2, after: ID, summary_search: "a&b" } }],
      sends: `GET /v1/conversations/?agent_id=${AGENT}&limit=2&after=${ID}&summary_search=a%26b`,
      answer: [CONVERSATION],
      also: [{ body: [] }],
    },
    getConversation: {
      args: [ID],
      sends: `GET ${AT}`,
      answer: { ...CONVERSATION, in_context_message_ids: [MESSAGE_ID] },
      also: [{ body: { ...CONVERSATION, in_context_message_ids: null, summary: null } }],
    },
    updateConversation: {
      args: [ID, { summary: "Invoice corrected" }],
      sends: `PATCH ${AT}`,
      body: { summary: "Invoice corrected" },
      answer: CONVERSATION,
    },
    deleteConversation: {
      args: [ID],
      sends: `DELETE ${AT}`,
      answer: null,
      also: [{ body: {} }],
    },
    forkConversation: {
      args: [ID, undefined, { query: { message_id: MESSAGE_ID, hidden: true } }],
      sends: `POST ${AT}/fork?message_id=${MESSAGE_ID}&hidden=true`,
      answer: { ...CONVERSATION, id: "conv-923e4567-e89b-42d3-8456-426614174000", summary: null },
    },
    cancelConversation: {
      args: ["default", undefined, { query: { agent_id: AGENT } }],
      sends: `POST /v1/conversations/default/cancel?agent_id=${AGENT}`,
      answer: { [RUN]: "cancelled" },
    },
    recompileConversation: {
      args: [ID, { agent_id: AGENT }, { query: { dry_run: true } }],
      sends: `POST ${AT}/recompile?dry_run=true`,
      body: { agent_id: AGENT },
      answer: "You are a helpful agent.",
    },
    listConversationMessages: {
      args: [ID, { query: { before: MESSAGE_ID, limit: 2, order: "desc", include_err: true } }],
      sends: `GET ${AT}/messages?before=${MESSAGE_ID}&limit=2&order=desc&include_err=true`,
      answer: [MESSAGE],
      also: [{ body: [] }],
    },
    sendConversationMessage: {
      args: [ID, INPUT],
      sends: `POST ${AT}/messages`,
      body: { messages: [{ role: "user", content: "Correct it" }], streaming: false as const },
      answer: {
        messages: [MESSAGE],
        stop_reason: { message_type: "stop_reason", stop_reason: "end_turn" },
        usage: { message_type: "usage_statistics", total_tokens: 12, step_count: 1 },
      },
    },
    retrieveConversationStream: {
      args: [ID, { run_id: RUN, starting_after: 3 }],
      sends: `POST ${AT}/stream`,
      body: { run_id: RUN, starting_after: 3 },
      events: [
        { ...MESSAGE, seq_id: 4 },
        { message_type: "stop_reason", stop_reason: "end_turn" },
      ],
    },
    previewConversationModelRequest: {
      args: [ID, INPUT],
      sends: `POST ${AT}/messages/preview-raw-payload`,
      body: { messages: [{ role: "user", content: "Correct it" }], streaming: false as const },
      answer: { model: "gpt-5", messages: [] },
    },
    compactConversation: {
      args: [ID, { compaction_settings: null }],
      sends: `POST ${AT}/compact`,
      body: { compaction_settings: null },
      answer: { summary: "They spoke.", num_messages_before: 40, num_messages_after: 3 },
    },
  },
};
