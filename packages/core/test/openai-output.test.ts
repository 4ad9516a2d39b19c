import type { components } from "@convo/openai";
import type OpenAI from "openai";
import { expectTypeOf, test } from "vitest";

type InputItem = components["schemas"]["InputItem"];
/** Kinds whose stored form is wider than what the vendor takes: another role or status, or untyped arguments. */
type NotTaken = "additional_tools" | "tool_search_call" | "tool_search_output" | "computer_call_output";
type Output = Exclude<OpenAI.Responses.ResponseOutputItem, { type: NotTaken }>;

test("what the Responses API gave can be added to a conversation as it is", () => {
  expectTypeOf<Output>().toExtend<InputItem>();
  expectTypeOf<OpenAI.Responses.ResponseOutputMessage>().toExtend<InputItem>();
  expectTypeOf<OpenAI.Responses.ResponseReasoningItem>().toExtend<InputItem>();
  // What the Agents SDK and the AI SDK send for an assistant's words.
  expectTypeOf<{
    role: "assistant";
    content: { type: "output_text"; text: string }[];
  }>().toExtend<InputItem>();
});
