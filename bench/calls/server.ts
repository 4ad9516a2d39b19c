/** The vendor, a process of its own: the same conversation for whatever is asked. */
import { answerAtOnce, success } from "../instant-server.ts";

const answer = Buffer.from(
  success(
    JSON.stringify({
      id: "conv_1",
      object: "conversation",
      created_at: 1_700_000_000,
      metadata: { topic: "billing", language: "en", customer: "c_1042", status: "open", priority: "2" },
    }),
  ),
);
answerAtOnce(() => answer);
