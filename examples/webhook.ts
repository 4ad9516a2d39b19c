/**
 * A support webhook: the helpdesk calls when a ticket is solved, and the conversation is marked at every vendor that has it. Serve it
 * with any server that takes a `fetch` handler, such as `@hono/node-server`.
 */
import { agentsight, chatdash, createConvo, isConvoError, openai, PartialError } from "@convo/core";
import { Hono } from "hono";

const convo = createConvo({
  openai: openai(),
  chatdash: chatdash({ agentId: "agent_1" }),
  agentsight: agentsight(),
});

/** What the helpdesk sends. */
interface Solved {
  readonly ticket: string;
  readonly conversations: { openai: string; chatdash: string; agentsight: string | number };
}

export const webhook: Hono = new Hono();

webhook.post("/solved", async (context) => {
  const { ticket, conversations } = await context.req.json<Solved>();
  try {
    await convo.all.update(
      conversations,
      { metadata: { ticket, status: "resolved" } },
      { overrides: { agentsight: { marked: true }, chatdash: { native: { read: true } } } },
    );
    return context.body(null, 204);
  } catch (error) {
    if (!isConvoError(error)) throw error;
    // A helpdesk calls again after 503: that is worth it while the failure at one vendor may pass, whatever the others say.
    const mayPass =
      error instanceof PartialError
        ? Object.values(error.results).some((settled) => !settled.ok && settled.error.retryable)
        : error.retryable;
    return context.json({ error: error.message }, mayPass ? 503 : 422);
  }
});
