// Compiled, never run, with the oldest and the newest TypeScript against the packed declarations.
import { type ConvoError, chatdash, createConvo, isConvoError, letta, openai } from "@convo/core";
import {
  type AttemptEnd,
  type CallOptions,
  type ClientOptions,
  createOpenAIClient,
  type HeadersInput,
  type IncludeEnum,
  isConvoError as isClientError,
  type LogSink,
  logger,
  type ConvoError as OpenAIError,
  type RetryMode,
  type UpcomingAttempt,
} from "@convo/openai";

const client = createOpenAIClient({ apiKey: "k" });
const convo = createConvo({ openai: openai(), letta: letta(), chatdash: chatdash({ agentId: "a1" }) });

export async function use(): Promise<string | undefined> {
  const conversation = await client.updateConversation("conv_1", { metadata: { topic: "x" } });
  for await (const item of client.listConversationItems("conv_1", { query: { order: "asc" } })) {
    if (item.type === "message") console.log(item.role);
  }
  const result = await convo.openai.update(conversation.id, {
    metadata: { status: "open" },
    unset: ["topic"],
  });
  await convo.all.update({ openai: "conv_1", chatdash: "c1" }, { metadata: { status: "open" } });
  // @ts-expect-error Letta has no metadata
  await convo.letta.update("conv_1", { metadata: {} });
  // @ts-expect-error OpenAI has no name
  await convo.openai.update("conv_1", { name: "x" });
  // @ts-expect-error not a field of the vendor's request
  await convo.chatdash.update("c1", { native: { nope: 1 } });
  // @ts-expect-error the agent's id is part of the path
  chatdash();
  return result.requestId;
}

/** What the caller may not have, under `exactOptionalPropertyTypes`. */
export async function maybe(text?: string, order?: "asc" | "desc"): Promise<void> {
  const metadata = text === undefined ? undefined : { topic: text };
  await client.createConversation(
    { metadata },
    { headers: undefined, idempotencyKey: text, timeoutMs: undefined },
  );
  await client.listConversationItems("conv_1", { query: { order, after: text } });
}

const FIRST = [{ type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] }] as const;

/** What is sent may be read-only, however deep. */
export async function readOnly(include: readonly IncludeEnum[]): Promise<void> {
  await client.createConversation({ items: FIRST });
  await client.createConversationItems("conv_1", { items: FIRST }, { query: { include } });
}

export const kindOf = (error: unknown): ConvoError["kind"] | undefined =>
  isConvoError(error) ? error.kind : undefined;

/** A program that installed one vendor's package has all words for its options and errors from there. */
const retry: RetryMode = "never";
const headers: HeadersInput = { "x-team": "support" };
const sink: LogSink = { debug() {}, info() {}, warn() {}, error() {} };
const options: ClientOptions = { apiKey: "k", retry, headers, observe: logger(sink) };
const paced: CallOptions = {
  beforeAttempt:
    ({ number }: UpcomingAttempt): AttemptEnd =>
    () =>
      void number,
};
export const statusOf = (failure: unknown): OpenAIError["status"] =>
  isClientError(failure) ? failure.status : undefined;
export const read = (id: string) => createOpenAIClient(options).getConversation(id, paced);
