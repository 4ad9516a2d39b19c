// Compiled, never run: a CommonJS file, under each way to resolve a package that is not `nodenext` in a module.
import { undiciFetch } from "@convo/client/undici";
import { createConvo, isConvoError, openai } from "@convo/core";
import { otel } from "@convo/core/otel";
import { createOpenAIClient } from "@convo/openai";

export async function use(): Promise<string> {
  const client = createOpenAIClient({ apiKey: "k", fetch: undiciFetch() });
  const convo = createConvo({ openai: openai({ apiKey: "k" }) }, { observe: otel() });
  const { id } = await client.getConversation("conv_1");
  // @ts-expect-error an id is text
  await client.getConversation(1);
  // @ts-expect-error OpenAI has no name
  await convo.openai.update(id, { name: "x" });
  const { data } = await client.http.GET("/conversations/{conversation_id}", {
    params: { path: { conversation_id: id } },
  });
  const text: string | undefined = data?.id;
  return text ?? String((await convo.openai.get(id)).conversation.id);
}

export const kindOf = (error: unknown): string | undefined => (isConvoError(error) ? error.kind : undefined);
