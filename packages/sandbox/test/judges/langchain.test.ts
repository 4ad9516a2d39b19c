import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { all, serveSandbox } from "./served.ts";
import { versionOf } from "./watch.ts";

// LangChain touches conversations in one place: `POST /responses` with a `conversation`, which it passes on.
const { options } = serveSandbox();

test("@langchain/openai: invoke and stream continue a conversation", async () => {
  const { baseURL, apiKey, maxRetries } = options("openai");
  const { conversations } = new OpenAI(options("openai"));
  const { id: conversation } = await conversations.create();
  const model = new ChatOpenAI({
    model: "sandbox-echo",
    useResponsesApi: true,
    apiKey,
    maxRetries,
    modelKwargs: { conversation },
    configuration: { baseURL },
  });

  const { text } = await model.invoke("My name is Ada");
  expect(text).toContain("Ada");
  const chunks = await all(await model.stream("What is my name?"));
  expect(chunks.map((chunk) => chunk.text).join("").length).toBeGreaterThan(0);

  const { data } = await conversations.items.list(conversation, { order: "asc" });
  expect(data.map((item) => ("role" in item ? item.role : item.type))).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
  console.log(
    `@langchain/openai ${versionOf("@langchain/openai")}: 2 of 2 calls answered: invoke 1, stream 1`,
  );
});
