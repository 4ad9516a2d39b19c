import { isConvoError } from "@convo/client";
import { createError, describeId, invalidArgument } from "../errors.ts";
import { addMessages } from "../lifecycle/add-messages.ts";
import { create, type RuntimeCreateOptions } from "../lifecycle/create.ts";
import { isDocument, type Metadata } from "../metadata/json.ts";
import { type OperationContext, withId } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import { type AddMessageRules, rulesFor } from "../provider/verbs.ts";
import { readMessages } from "../read/messages.ts";
import type { CommonField } from "../types/conversation.ts";
import type { ExportDocument, ImportResult, NotCarried } from "../types/transfer.ts";
import type { HttpOptions } from "../types/update.ts";
import type { Message, NewMessage } from "../types/verbs.ts";

/**
 * Creates a conversation from an exported document and adds its messages, without running a model.
 *
 * @throws ConvoError of kind `invalid` for a document that is not an export, or of another version; a ConvoError of the transport, whose message
 * names the new conversation and how many messages it has, if it failed halfway
 */
export async function importConversation(
  provider: Provider,
  operation: OperationContext,
  document: ExportDocument,
  options: RuntimeCreateOptions = {},
): Promise<ImportResult> {
  assertOptions(provider.name, "import", options);
  checkDocument(provider, document);
  const notCarried: NotCarried[] = [];
  const changes = changesOf(provider, document, notCarried);
  const messages = messagesOf(document, notCarried);
  if (document.attachments.length > 0)
    notCarried.push({ path: "attachments", reason: "only their addresses are known" });
  const { id, existed, conversation } = await create(provider, operation, changes, options);
  const { externalId, query, unsupported, ...http } = options;
  const added = await withId(operation, id, async (part) => {
    const done = existed ? await countCarried(provider, part, messages, http) : 0;
    await addAll(provider, part, messages, done, http);
    return messages.length - done;
  });
  return {
    provider: provider.name,
    id,
    conversation,
    existed,
    messages: added,
    notCarried,
    httpRequests: operation.httpRequests,
  };
}

function checkDocument(provider: Provider, document: unknown): asserts document is ExportDocument {
  if (!isDocument(document) || document.kind !== "convo_export")
    throw invalidArgument(provider.name, "document", "the document must be what `export` returned");
  if (document.version !== 1)
    throw invalidArgument(
      provider.name,
      "document",
      `the document has version ${String(document.version)}, and this package reads 1`,
    );
  if (
    !isDocument(document.conversation) ||
    !isListOf(document.messages, isMessage) ||
    !Array.isArray(document.attachments)
  )
    throw invalidArgument(
      provider.name,
      "document",
      "the document has no conversation, messages or attachments, or not as `export` gives them",
    );
}

const isListOf = (value: unknown, is: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(is);

const isMessage = (value: unknown): boolean =>
  isDocument(value) && typeof value.role === "string" && typeof value.text === "string";

const FIELDS: readonly CommonField[] = ["name", "summary", "marked", "customerId", "device", "language"];

/** What of the conversation this vendor can hold when it is created. */
function changesOf(provider: Provider, { conversation }: ExportDocument, notCarried: NotCarried[]): Metadata {
  const lacks: readonly string[] = provider.data.verbs?.create?.lacks ?? [];
  const changes: Metadata = {};
  for (const name of FIELDS) {
    const value = conversation[name];
    if (value === undefined || value === null) continue;
    if (provider.fields[name] === null || lacks.includes(name))
      notCarried.push({ path: `conversation.${name}`, reason: `${provider.name} cannot hold it` });
    else changes[name] = value;
  }
  const { metadata } = conversation;
  if (metadata && Object.keys(metadata).length > 0) {
    if (!provider.metadata)
      notCarried.push({ path: "conversation.metadata", reason: `${provider.name} has no metadata` });
    else if (lacks.includes("metadata"))
      notCarried.push({ path: "conversation.metadata", reason: `${provider.name} takes none at a create` });
    else changes.metadata = metadata;
  }
  return changes;
}

const ROLES = ["user", "assistant", "system"];

/** The messages that can be added; their times, ids and other content cannot. */
function messagesOf({ messages }: ExportDocument, notCarried: NotCarried[]): NewMessage[] {
  return messages.flatMap(({ role, text }: Message, index) => {
    if (ROLES.includes(role) && text !== "") return [{ role, text } as NewMessage];
    const reason = text === "" ? "it has no text" : `a message of role ${role} cannot be added`;
    notCarried.push({ path: `messages[${index}]`, reason });
    return [];
  });
}

/** How many of the messages an earlier import has added. Throws `ConvoError`, `conflict`, where other messages are there. */
async function countCarried(
  provider: Provider,
  operation: OperationContext,
  messages: readonly NewMessage[],
  http: HttpOptions,
): Promise<number> {
  let count = 0;
  for await (const { items } of readMessages(provider, operation.id, http, operation))
    for (const { role, text } of items) {
      if (messages[count]?.role !== role || messages[count]?.text !== text)
        throw createError(
          provider,
          "conflict",
          `${describeId(operation.id)} has this \`externalId\` already, and messages that are not of the document`,
          "Nothing was added. Import it with another `externalId`, or delete that conversation first.",
        );
      count += 1;
    }
  return count;
}

/** Adds messages behind the first ones that are done, as many per call as the vendor takes. A call whose answer was lost is done if its last is there. */
async function addAll(
  provider: Provider,
  operation: OperationContext,
  messages: readonly NewMessage[],
  begun: number,
  http: HttpOptions,
): Promise<void> {
  const { id } = operation;
  const { most } = rulesFor(provider, "messages").add as AddMessageRules;
  for (let done = begun; done < messages.length; done += most) {
    const batch = messages.slice(done, done + most);
    try {
      await addMessages(provider, operation, batch, http);
    } catch (error) {
      if (!isConvoError(error)) throw error;
      if (
        error.outcome === "unknown" &&
        (await countMessages(provider, operation, http)) >= done + batch.length
      )
        continue;
      throw createError(
        provider,
        error.kind,
        `Conversation ${JSON.stringify(id)} was created, and ${done} of ${messages.length} messages are in it`,
        "Delete it and import again, or add the rest with `addMessage`.",
        { outcome: error.outcome, cause: error },
      );
    }
  }
}

async function countMessages(
  provider: Provider,
  operation: OperationContext,
  http: HttpOptions,
): Promise<number> {
  let count = 0;
  for await (const { items } of readMessages(provider, operation.id, http, operation)) count += items.length;
  return count;
}
