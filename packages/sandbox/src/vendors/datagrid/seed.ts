import type { Doc } from "../../engine/types.ts";
import { ANSWER, AT, QUESTION, type Seed } from "../seed-facts.ts";

const ID = "cnv_sandbox_0001";
const message = (id: string, role: string, text: string): Doc => ({
  object: "conversation.message",
  id,
  agent_id: "agent_1",
  conversation_id: ID,
  role,
  created_at: AT,
  content: [{ type: "text", text }],
  citations: null,
  credits: null,
});
/** The world this vendor starts with. */
export const datagridSeed: Seed = {
  conversation: [
    {
      object: "conversation",
      id: ID,
      name: "Project X",
      created_at: AT,
      updated_at: AT,
      agent_ids: ["agent_1"],
      participated_agent_ids: ["agent_1"],
    },
  ],
  message: [message("msg_sandbox_0001", "user", QUESTION), message("msg_sandbox_0002", "agent", ANSWER)],
};
