/** Part of an application: closes a ticket. Its test is examples/app/tickets.test.ts. */
import { createConvo, isConvoError, type ProviderOptions } from "@convo/core";
import { openai } from "@convo/core/openai";

/** How closing a ticket ended: `later` means that it is worth another try. */
export type Closed = "closed" | "unknown_ticket" | "later";

export function createTickets(options: ProviderOptions = {}) {
  const convo = createConvo({ openai: openai(options) });
  return {
    async close(id: string, reason: string): Promise<Closed> {
      try {
        await convo.openai.update(id, { metadata: { status: "closed", reason } });
        return "closed";
      } catch (error) {
        if (isConvoError(error) && error.kind === "not_found") return "unknown_ticket";
        if (isConvoError(error) && error.retryable) return "later";
        throw error;
      }
    },
  };
}
