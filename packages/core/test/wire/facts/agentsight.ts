import { type AgentSightClient, createAgentSightClient } from "@convo/agentsight";
import type { Facts, VendorFacts } from "../fact.ts";
import { feedback } from "./agentsight-feedback.ts";

const ID = 42;
const BUSINESS_ID = "support-session-456";
const ALL = "/api/conversations/";
const CONVERSATION = {
  id: ID,
  agent: 7,
  conversation_id: BUSINESS_ID,
  name: "RESOLVED - Account Access",
  customer_id: "c-9",
  customer_ip_address: null,
  device: "mobile",
  language: "es-ES",
  environment: "production",
  environment_id: 3,
  metadata: { resolution_status: "resolved" },
  started_at: "2026-08-17T10:00:00.123456Z",
  ended_at: null,
  is_marked: true,
  is_used: true,
  is_deleted: false,
  deleted_at: null,
};
const CHANGES = {
  name: "RESOLVED - Account Access",
  is_marked: true,
  customer_id: "c-9",
  device: "mobile",
  language: "es-ES",
  metadata: { resolution_status: "resolved", follow_up_required: false, tags: ["a"], note: null },
};

const operations: Omit<Facts<AgentSightClient>, keyof typeof feedback> = {
  listConversations: {
    args: [
      {
        query: {
          page: 2,
          page_size: 100,
          full: false,
          customer_id__icontains: "c 9",
          ordering: "-started_at",
        },
      },
    ],
    sends: `GET ${ALL}?page=2&page_size=100&full=false&customer_id__icontains=c%209&ordering=-started_at`,
    answer: {
      count: 1,
      page_size: 100,
      total_pages: 2,
      current_page: 2,
      next: null,
      previous: "http://10.0.0.8/api/conversations/",
      results: [CONVERSATION],
    },
    also: [{ body: { count: 0, next: null, previous: null, results: [] } }],
  },
  createConversation: {
    args: [{ conversation_id: BUSINESS_ID, environment: "production", is_used: true }],
    sends: `POST ${ALL}`,
    body: { conversation_id: BUSINESS_ID, environment: "production", is_used: true },
    answer: { id: ID },
    status: 201,
    also: [{ body: { id: ID } }],
  },
  lookupConversation: {
    args: [{ query: { conversation_id: "+34 600" } }],
    sends: `GET ${ALL}lookup/?conversation_id=%2B34%20600`,
    answer: { id: ID, conversation_id: "+34 600" },
  },
  listConversationMetadataKeys: {
    args: [],
    sends: `GET ${ALL}metadata-keys/`,
    answer: { keys: ["resolution_status", "a.b"] },
  },
  listConversationMetadataValues: {
    args: [{ query: { key: "a.b" } }],
    sends: `GET ${ALL}metadata-values/?key=a.b`,
    answer: { key: "a.b", values: ["x", 1, true] },
  },
  listMessageMetadataKeys: {
    args: [],
    sends: `GET ${ALL}message-metadata-keys/`,
    answer: { keys: [] },
  },
  getConversation: {
    args: [ID],
    sends: `GET ${ALL}42/`,
    answer: { ...CONVERSATION, messages: [], feedbacks: [], tickets: [], token_usage: null },
    also: [{ body: { ...CONVERSATION, metadata: '{"resolution_status":"resolved"}' } }],
  },
  updateConversation: {
    args: [ID, CHANGES],
    sends: `PATCH ${ALL}42/update/`,
    body: CHANGES,
    answer: { id: ID, conversation_id: BUSINESS_ID, updated_fields: Object.keys(CHANGES), ...CHANGES },
    also: [{ body: { id: ID, conversation_id: BUSINESS_ID, is_marked: true } }],
  },
  renameConversation: {
    args: [ID, { name: "Renamed" }],
    sends: `PATCH ${ALL}42/rename/`,
    body: { name: "Renamed" },
    answer: { id: ID, conversation_id: BUSINESS_ID, name: "Renamed" },
  },
  markConversation: {
    args: [ID, { is_marked: false }],
    sends: `POST ${ALL}42/mark/`,
    body: { is_marked: false },
    answer: { id: ID, conversation_id: BUSINESS_ID, is_marked: false },
  },
  deleteConversation: {
    args: [ID],
    sends: `DELETE ${ALL}42/delete/`,
    answer: { id: ID, conversation_id: BUSINESS_ID, is_deleted: true, deleted_at: "2026-08-18T10:00:00Z" },
  },
  listConversationAttachments: {
    args: [ID],
    sends: `GET ${ALL}42/attachments/`,
    answer: { conversation_id: BUSINESS_ID, conversation: ID, attachment_count: 0, attachments: [] },
  },
  getMessage: {
    args: [9001],
    sends: "GET /api/track/9001/",
    answer: { id: 9001, conversation: ID, sender: "end_user", content: "Hi", metadata: null },
  },
  updateMessage: {
    args: [9001, { metadata: { reviewed: true } }],
    sends: "PATCH /api/track/9001/",
    body: { metadata: { reviewed: true } },
    answer: { id: 9001, conversation: ID, sender: "agent", content: "Hi", metadata: { reviewed: true } },
  },
  getMe: {
    args: [],
    sends: "GET /api/me/",
    answer: { agent_id: 7, agent_name: "Support", role: "write", environments: [], capabilities: [] },
  },
};

/** AgentSight: `Api-Key ` before the key, a trailing slash on every path, integer ids, PATCH .../update/. */
export const agentsight: VendorFacts<AgentSightClient> = {
  name: "agentsight",
  create: createAgentSightClient,
  baseUrl: "https://api.agentsight.io",
  key: "ags_0123456789abcdef0123456789abcdef_012345",
  authorization: "Api-Key ags_0123456789abcdef0123456789abcdef_012345",
  env: { apiKey: "AGENTSIGHT_API_KEY", baseUrl: "AGENTSIGHT_API_ENDPOINT", headers: {} },
  operations: { ...operations, ...feedback },
};
