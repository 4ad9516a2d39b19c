import { type Retry, toIssue } from "./issue.ts";
import type { SpecOperation } from "./spec.ts";
import type { Reply } from "./types.ts";

/** Why a response of ours breaks the spec; undefined if it does not. */
export function breach(retry: Retry, operation: SpecOperation, reply: Reply): string | undefined {
  const rule = operation.responses[reply.status] ?? operation.responses.default;
  if (!rule) return `status ${reply.status} is not in the spec of ${operation.id}`;
  const { pointer, eventPointer } = rule;
  if (reply.type === "text/event-stream") return eventsBreach(retry, eventPointer, reply.text ?? "");
  if (reply.type !== undefined) return undefined;
  if (reply.body === undefined)
    return pointer && reply.status !== 204 ? "the spec promises a body" : undefined;
  if (pointer === undefined) return "the spec promises no JSON body";
  return bodyBreach(retry, pointer, reply.body);
}

function eventsBreach(retry: Retry, pointer: string | undefined, text: string): string | undefined {
  if (pointer === undefined) return "the spec promises no stream";
  const events = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json ?? "") as unknown);
  return events.map((event) => bodyBreach(retry, pointer, event)).find((found) => found !== undefined);
}

function bodyBreach(retry: Retry, pointer: string, body: unknown): string | undefined {
  const errors = retry(pointer, body);
  if (errors.length === 0) return undefined;
  const issue = toIssue(errors, body, retry);
  return `${issue.path.join(".") || "body"} ${issue.message}`;
}
