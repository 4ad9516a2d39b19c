/** What a sandbox vendor answers, as code: the spec's smallest answer, with the conversation where the spec has it. */
import type { Row } from "../generate/operations.ts";
import { resolve, type Schema, type Spec } from "../generate/spec.ts";
import { asCode, Code, memberOf } from "./code.ts";
import type { Seed } from "./conversation.ts";
import type { Routes } from "./routes.ts";
import { sample } from "./sample.ts";
import { named, propertiesOf } from "./schema.ts";

/** The reply of an operation: `one` is the expression of the conversation it is about, `all` that of a list. */
export function reply(spec: Spec, row: Row, seed: Seed, one: string, all = "[]"): string {
  const status = Object.keys(row.operation.responses).find((each) => /^2\d\d$/.test(each)) ?? "200";
  const answer = named(spec, row.result[0]);
  if (!answer) return `{ status: ${status} }`;
  const body = sample(spec, answer, { schema: seed.schema, one: `wire(${one})`, all });
  if (typeof body !== "object" || body === null || Array.isArray(body) || body instanceof Code)
    return `{ status: ${status}, body: ${asCode(body)} }`;
  // An answer that is about the conversation without being it, such as that it was deleted.
  const names = Object.keys(body).filter((name) => Object.hasOwn(seed.row, name));
  const isPart = row.pathParameters.length > 0 && names.includes(seed.self);
  const known = isPart ? names.map((name) => [name, new Code(memberOf(one, name))]) : [];
  return `{ status: ${status}, body: ${asCode({ ...body, ...Object.fromEntries(known) })} }`;
}

/** The body of a failure, with the expression `message` in the text that a person reads. */
export function failure(spec: Spec, { read }: Routes, message: string): string {
  const { responses } = read.operation;
  const known = responses["404"] ?? responses.default;
  const schema = known && resolve(spec, known).content?.["application/json"]?.schema;
  if (!schema) return "undefined";
  const text = wording(spec, schema);
  return asCode(sample(spec, schema, text && { schema: text, one: message, all: `[${message}]` }));
}

/** The property that says what went wrong: the first of the usual names, here or further in, else the first text. */
function wording(spec: Spec, schema: Schema, depth = 0): Schema | undefined {
  const rank = (name: string): number => ["message", "detail", "error"].indexOf(name) + 1 || 9;
  const properties = [...propertiesOf(spec, schema)].sort(([one], [other]) => rank(one) - rank(other));
  const isText = (value: Schema): boolean =>
    value.type === "string" && !value.enum && value.const === undefined;
  const found = properties.find(([, property]) => isText(property.schema));
  if (found || depth > 3) return found?.[1].schema;
  return properties.map(([, property]) => wording(spec, property.schema, depth + 1)).find(Boolean);
}
