import type { Doc } from "../../engine/types.ts";
import { AT, METADATA, type Seed } from "../seed-facts.ts";
import { newConversation } from "./shared.ts";

const message = (id: number, sender: string, content: string): Doc => ({
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
/** The world this vendor starts with. */
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
    message(501, "end_user", "I cannot sign in."),
    message(502, "agent", "I have reset your password."),
  ],
};
