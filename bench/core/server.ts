/** The vendor, a process of its own: a conversation of Letta's with the id in the path. */
import { answerAtOnce, success } from "../instant-server.ts";

answerAtOnce(({ path }) =>
  success(`{"id":"${path.split("/").at(-1)}","agent_id":"agent-1","summary":"billing"}`),
);
