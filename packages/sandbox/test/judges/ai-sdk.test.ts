import { createOpenAI } from "@ai-sdk/openai";
import { generateText, streamText } from "ai";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { all, serveSandbox } from "./served.ts";
import { versionOf } from "./watch.ts";

// The AI SDK touches conversations in one place: `POST /responses` with a `conversation`.
const { options } = serveSandbox();

test("ai with @ai-sdk/openai: generateText and streamText continue a conversation", async () => {
  const { baseURL, apiKey } = options("openai");
  const model = createOpenAI({ baseURL, apiKey }).responses("sandbox-echo");
  const { conversations } = new OpenAI(options("openai"));
  const { id: conversation } = await conversations.create({ metadata: { topic: "t" } });
  const providerOptions = { openai: { conversation } };

  const { text, usage } = await generateText({ model, prompt: "My name is Ada", providerOptions });
  expect(text).toContain("Ada");
  expect(usage.totalTokens).toBeGreaterThan(0);
  const streamed = streamText({ model, prompt: "What is my name?", providerOptions });
  const parts = await all(streamed.textStream);
  expect(parts.join("").length).toBeGreaterThan(0);

  const image = { type: "file" as const, mediaType: "image/png", data: new Uint8Array([1]) };
  const messages = [
    { role: "user" as const, content: [{ type: "text" as const, text: "And this?" }, image] },
  ];
  expect((await generateText({ model, messages, providerOptions })).text).toContain("And this?");

  const { data } = await conversations.items.list(conversation, { order: "asc" });
  const roles = data.map((item) => ("role" in item ? item.role : item.type));
  expect(roles).toEqual(Array.from({ length: 3 }, () => ["user", "assistant"]).flat());
  const versions = `ai ${versionOf("ai")} with @ai-sdk/openai ${versionOf("@ai-sdk/openai")}`;
  console.log(`${versions}: 3 of 3 calls answered: generateText 2, streamText 1`);
});
