import type { Doc } from "../../engine/types.ts";
import { ANSWER, METADATA, QUESTION, type Seed } from "../seed-facts.ts";

const ID = "conv_sandbox0001";
const message = (id: string, role: string, part: Doc): Doc => ({
  id,
  type: "message",
  status: "completed",
  role,
  content: [part],
  $conversation: ID,
});
/** The world this vendor starts with. */
export const openaiSeed: Seed = {
  conversation: [{ id: ID, object: "conversation", created_at: 1_741_900_000, metadata: METADATA }],
  item: [
    message("msg_sandbox0001", "user", { type: "input_text", text: QUESTION }),
    message("msg_sandbox0002", "assistant", {
      type: "output_text",
      text: ANSWER,
      annotations: [],
      logprobs: [],
    }),
  ],
};
