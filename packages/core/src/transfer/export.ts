import { isDocument, type Json, own } from "../metadata/json.ts";
import type { OperationContext } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import { accountOf } from "../provider/account.ts";
import type { Provider } from "../provider/provider.ts";
import { get } from "../read/get.ts";
import { readMessages } from "../read/messages.ts";
import type { ExportDocument } from "../types/transfer.ts";
import type { HttpOptions } from "../types/update.ts";
import type { Message } from "../types/verbs.ts";

/** Reads a conversation with its messages. Throws `ConvoError`. */
export async function exportConversation(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions = {},
): Promise<ExportDocument> {
  assertOptions(provider.name, "export", options);
  const { id } = operation;
  const { conversation, raw } = await get(provider, operation, options);
  const rules = provider.data.verbs?.messages;
  const messages: Message[] = [];
  if (rules)
    for await (const { items } of readMessages(provider, id, options, operation)) messages.push(...items);
  const attachments = messages.flatMap((message) => {
    const files = rules?.attachments && isDocument(message.raw) && own(message.raw, rules.attachments);
    return Array.isArray(files)
      ? files.map((file: Json) => ({ message: message.id ?? null, raw: file }))
      : [];
  });
  return {
    kind: "convo_export",
    version: 1,
    exportedAt: new Date().toISOString(),
    source: { provider: provider.name, account: await accountOf(provider, options), id: conversation.id },
    conversation,
    raw,
    messages,
    attachments,
  };
}
