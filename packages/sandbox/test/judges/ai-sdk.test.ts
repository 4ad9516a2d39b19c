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

  const { data } = await conversations.items.list(conversation, { order: "asc" });
  expect(data.map((item) => ("role" in item ? item.role : item.type))).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
  const versions = `ai ${versionOf("ai")} with @ai-sdk/openai ${versionOf("@ai-sdk/openai")}`;
  console.log(`${versions}: 2 of 2 calls answered: generateText 1, streamText 1`);
});
