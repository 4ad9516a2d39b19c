import { type Schemas, toIssue } from "./issue.ts";
import type { SpecOperation } from "./spec.ts";
import type { Reply } from "./types.ts";

/** Why a response of ours breaks the spec; undefined if it does not. */
export function contractViolation(
  schemas: Schemas,
  operation: SpecOperation,
  reply: Reply,
): string | undefined {
  const rule = operation.responses[reply.status] ?? operation.responses.default;
  if (!rule) return `status ${reply.status} is not in the spec of ${operation.id}`;
  const { pointer, eventPointer } = rule;
  if (reply.events) {
    if (eventPointer === undefined) return "the spec promises no stream";
    const violations = reply.events.map(({ data }) => valueViolation(schemas, eventPointer, data));
    return violations.find((violation) => violation !== undefined);
  }
  if (reply.type !== undefined) return undefined;
  if (reply.body === undefined)
    return pointer && reply.status !== 204 ? "the spec promises a body" : undefined;
  if (pointer === undefined) return "the spec promises no JSON body";
  return valueViolation(schemas, pointer, reply.body);
}

/** Why a value is not what the schema at a pointer promises; undefined if it is. */
export function valueViolation(schemas: Schemas, pointer: string, value: unknown): string | undefined {
  const errors = schemas.validate(pointer, value);
  if (errors.length === 0) return undefined;
  const issue = toIssue(errors, value, schemas);
  return `${issue.path.join(".") || "body"} ${issue.message}`;
}
