// What a library that answers instead of the vendor must let the packages do.
import assert from "node:assert/strict";
import { createConvo, openai } from "@convo/core";
import { createOpenAIClient } from "@convo/openai";

/** What the vendor has under `conv_1`; it has nothing else. */
export const conversation = {
  id: "conv_1",
  object: "conversation",
  created_at: 1,
  metadata: { owner: "ada" },
};

/** Runs three steps; returns their names. */
export async function check(fetch) {
  const options = { apiKey: "sk-smoke-0123456789", ...(fetch && { fetch }) };
  const client = createOpenAIClient(options);
  assert.equal((await client.getConversation("conv_1")).metadata.owner, "ada");
  await createConvo({ openai: openai(options) }).openai.update("conv_1", { metadata: { topic: "x" } });
  assert.deepEqual(conversation.metadata, { owner: "ada", topic: "x" });
  await assert.rejects(client.getConversation("conv_2"), { kind: "not_found", status: 404 });
  return ["get", "update with merge", "typed error"];
}
