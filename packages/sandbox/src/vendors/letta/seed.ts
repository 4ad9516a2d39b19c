import type { Doc } from "../../engine/types.ts";
import { ANSWER, AT, QUESTION, type Seed } from "../seed-facts.ts";

const idOf = (kind: string, n: number): string =>
  `${kind}-00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const ID = idOf("conv", 1);
/** Who wrote everything at Letta. */
export const LETTA_USER: string = idOf("user", 1);
function message(n: number, type: string, content: string): Doc {
  const id = idOf("message", n);
  return { id, date: AT, message_type: type, content, $conversation: ID, $key: `${ID}/${id}` };
}
/** The world this vendor starts with. */
export const lettaSeed: Seed = {
  conversation: [
    {
      id: ID,
      agent_id: idOf("agent", 1),
      created_at: AT,
      updated_at: AT,
      created_by_id: LETTA_USER,
      last_updated_by_id: LETTA_USER,
      summary: "Asked for the state of project x",
      in_context_message_ids: [1, 2, 3].map((n) => idOf("message", n)),
      isolated_block_ids: [],
    },
  ],
  message: [
    message(1, "system_message", "You are a helpful agent."),
    message(2, "user_message", QUESTION),
    message(3, "assistant_message", ANSWER),
  ],
};
