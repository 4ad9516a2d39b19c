// Compiled, never run: metadata of types of one's own in the bodies of the vendors' clients.
import { createAgentSightClient } from "@convo/agentsight";
import { createChatDashClient } from "@convo/chatdash";
import type { WithMap } from "@convo/client";
import { createOpenAIClient, type UpdateConversationBody } from "@convo/openai";
import { expectTypeOf } from "expect-type";

interface Ticket {
  topic: string;
  owner?: string;
}
interface Visit extends Ticket {
  readonly pages: readonly { readonly path: string }[];
}
declare const ticket: Ticket;
declare const visit: Readonly<Visit>;
declare const body: UpdateConversationBody;
const frozen = { topic: "x", lang: "en" } as const;

const openai = createOpenAIClient();
openai.createConversation();
openai.createConversation({ metadata: ticket, items: [] });
openai.createConversation({ metadata: undefined });
openai.updateConversation("c", { metadata: frozen });
openai.updateConversation("c", { metadata: null });
openai.updateConversation("c", body);
expectTypeOf(openai.updateConversation("c", { metadata: ticket })).resolves.toHaveProperty("created_at");
/** A type of the caller's caller. */
export const update = <Own extends Record<string, string>>(metadata: Own): unknown =>
  openai.updateConversation("c", { metadata });
// @ts-expect-error values are text
openai.updateConversation("c", { metadata: visit });
// @ts-expect-error values are text
openai.updateConversation("c", { metadata: { topic: 1 } });
// @ts-expect-error a list is no map
openai.updateConversation("c", { metadata: ["x"] });
// @ts-expect-error it is required
openai.updateConversation("c", {});
// @ts-expect-error no such field
openai.updateConversation("c", { metadata: ticket, topic: "x" });

createAgentSightClient().updateConversation(1, { metadata: visit });
const chatdash = createChatDashClient();
chatdash.updateConversation("a", "c", { metadata: visit, customAnalysis: ticket });
chatdash.updateConversation("a", "c", {});
// @ts-expect-error a list is no map
chatdash.updateConversation("a", "c", { metadata: ["x"] });

type Body = WithMap<{ a: string; map?: { [name: string]: number } }, "map", Ticket>;
expectTypeOf<{ a: string }>().toExtend<Body>();
expectTypeOf<{ a: string; map: Ticket }>().not.toExtend<Body>();
