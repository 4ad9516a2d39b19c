/** What the methods of a generated client take and return. */
import { expect, it } from "vitest";
import { clientFile } from "../generate/client.ts";
import type { OperationObject, Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { base } from "./hostile.ts";

/** The type of what a method of acme's client returns, once its operation was changed. */
function resultOf(name: string, change: (operation: OperationObject) => void): string | undefined {
  const spec: Spec = structuredClone(base);
  const found = rows(spec).find((row) => row.name === name);
  if (found) change(found.operation);
  const text = clientFile({ vendor: "acme", spec } as never, rows(spec));
  return new RegExp(`^${name}\\b.*\\): (.*);$`, "m").exec(text)?.[1];
}

const nothing = { description: "Done." };

it.each<[string, string, object, string]>([
  [
    "what has a body or none may be undefined",
    "updateConversation",
    { 204: nothing },
    'ApiPromise<Schemas["Conversation"] | undefined>',
  ],
  [
    "so may a page, whose items are those of one that there is",
    "listConversations",
    { 204: nothing },
    'PagePromise<Schemas["ConversationList"] | undefined, Schemas["ConversationList"]["data"][number]>',
  ],
  ["what never has a body is void", "deleteConversation", { 200: nothing, 204: nothing }, "ApiPromise<void>"],
])("%s", (_, name, responses, type) => {
  expect(resultOf(name, () => {})).not.toContain("undefined");
  expect(resultOf(name, (operation) => Object.assign(operation.responses, responses))).toBe(type);
});
