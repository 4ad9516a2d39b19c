import type { Doc } from "../engine/types.ts";
import { newConversation } from "./agentsight-shared.ts";

// The world a sandbox starts with: one conversation per vendor under a fixed id, about the same thing.

const AT = "2026-11-02T09:30:00.000Z";
const QUESTION = "What is the state of project x?";
const ANSWER = "It ships on Friday.";
const METADATA = { topic: "project-x", owner: "ada" };

type Seed = Readonly<Record<string, readonly Doc[]>>;

const OPENAI_ID = "conv_sandbox0001";
const openaiMessage = (id: string, role: string, part: Doc): Doc => ({
  id,
  type: "message",
  status: "completed",
  role,
  content: [part],
  $conversation: OPENAI_ID,
});
export const openaiSeed: Seed = {
  conversation: [{ id: OPENAI_ID, object: "conversation", created_at: 1_741_900_000, metadata: METADATA }],
  item: [
    openaiMessage("msg_sandbox0001", "user", { type: "input_text", text: QUESTION }),
    openaiMessage("msg_sandbox0002", "assistant", {
      type: "output_text",
      text: ANSWER,
      annotations: [],
      logprobs: [],
    }),
  ],
};

const lettaId = (kind: string, n: number): string =>
  `${kind}-00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const LETTA_ID = lettaId("conv", 1);
/** Who wrote everything at Letta. */
export const LETTA_USER: string = lettaId("user", 1);
function lettaMessage(n: number, type: string, content: string): Doc {
  const id = lettaId("message", n);
  return { id, date: AT, message_type: type, content, $conversation: LETTA_ID, $key: `${LETTA_ID}/${id}` };
}
export const lettaSeed: Seed = {
  conversation: [
    {
      id: LETTA_ID,
      agent_id: lettaId("agent", 1),
      created_at: AT,
      updated_at: AT,
      created_by_id: LETTA_USER,
      last_updated_by_id: LETTA_USER,
      summary: "Asked for the state of project x",
      in_context_message_ids: [1, 2, 3].map((n) => lettaId("message", n)),
      isolated_block_ids: [],
    },
  ],
  message: [
    lettaMessage(1, "system_message", "You are a helpful agent."),
    lettaMessage(2, "user_message", QUESTION),
    lettaMessage(3, "assistant_message", ANSWER),
  ],
};

const DATAGRID_ID = "cnv_sandbox_0001";
const datagridMessage = (id: string, role: string, text: string): Doc => ({
  object: "conversation.message",
  id,
  agent_id: "agent_1",
  conversation_id: DATAGRID_ID,
  role,
  created_at: AT,
  content: [{ type: "text", text }],
  citations: null,
  credits: null,
});
export const datagridSeed: Seed = {
  conversation: [
    {
      object: "conversation",
      id: DATAGRID_ID,
      name: "Project X",
      created_at: AT,
      updated_at: AT,
      agent_ids: ["agent_1"],
      participated_agent_ids: ["agent_1"],
    },
  ],
  message: [
    datagridMessage("msg_sandbox_0001", "user", QUESTION),
    datagridMessage("msg_sandbox_0002", "agent", ANSWER),
  ],
};

const CHATDASH_ID = "66f0c0ffee0000000000cd01";
export const chatdashSeed: Seed = {
  conversation: [
    {
      _id: CHATDASH_ID,
      agentId: "agent_1",
      platformId: "vf-session-0001",
      name: "Ada Lovelace",
      read: false,
      record: true,
      interacted: true,
      status: "ai",
      isLive: false,
      device: "desktop",
      channel: "Webchat",
      summary: "Asked for the state of project x",
      metadata: METADATA,
      createdAt: AT,
      updatedAt: AT,
    },
  ],
  message: [
    {
      $id: "m1",
      $conversation: CHATDASH_ID,
      sender: "user",
      type: "text",
      content: { text: QUESTION },
      createdAt: AT,
    },
  ],
};

const agentsightMessage = (id: number, sender: string, content: string): Doc => ({
  id,
  conversation: 42,
  timestamp: AT,
  sender,
  content,
  action_name: null,
  metadata: null,
  attachments: [],
  action_logs: [],
  button: null,
  feedback: null,
});
export const agentsightSeed: Seed = {
  conversation: [
    newConversation(42, "support-session-456", Date.parse(AT), {
      name: "Account Access",
      customer_id: "customer-7",
      device: "desktop",
      language: "en",
      metadata: { ...METADATA, draft: true },
    }),
    // A row an old SDK wrote: its metadata document is a string.
    newConversation(43, "legacy-session-001", Date.parse(AT), {
      name: "Written by an old SDK",
      metadata: JSON.stringify({ topic: "legacy", plan: "pro" }),
    }),
  ],
  message: [
    agentsightMessage(501, "end_user", "I cannot sign in."),
    agentsightMessage(502, "agent", "I have reset your password."),
  ],
};
