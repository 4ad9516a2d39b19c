import { AT, METADATA, QUESTION, type Seed } from "../seed-facts.ts";

const ID = "66f0c0ffee0000000000cd01";
/** The world this vendor starts with. */
export const chatdashSeed: Seed = {
  conversation: [
    {
      _id: ID,
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
      $conversation: ID,
      sender: "user",
      type: "text",
      content: { text: QUESTION },
      createdAt: AT,
    },
  ],
};
