import type { Call } from "../../engine/rules.ts";
import { dotted, hex } from "../../engine/tools.ts";
import { type Doc, type Problem, Refusal, type Reply } from "../../engine/types.ts";

/** `{detail}`, the body of nearly every Letta error. */
export const detail = (status: number, text: string, more: Doc = {}): Reply => ({
  status,
  body: { detail: text, ...more },
});

/** Validation errors: `detail` is the printed list of errors, not an array as the vendor's spec has it. */
function unprocessable(
  path: readonly (string | number)[],
  message: string,
  examples?: readonly string[],
): Reply {
  const printed = `[{'loc': (${path.map((part) => `'${part}'`).join(", ")}), 'msg': '${message}'}]`;
  return detail(422, printed, { trace_id: hex(16), ...(examples ? { examples } : {}) });
}

/** 422 for a malformed id in the path. */
export function badId(): Reply {
  return unprocessable(["path", "conversation_id"], "String should match the id pattern", [
    "default",
    "conv-123e4567-e89b-42d3-8456-426614174000",
  ]);
}

/** The `limit` of a list. Below zero the vendor answers 500, which would look like a defect of the sandbox: here it is 422. */
export function limitOf(query: Doc, otherwise: number): number {
  const limit = Number(query.limit ?? otherwise);
  if (limit < 0)
    throw new Refusal(unprocessable(["query", "limit"], "Input should be greater than or equal to 0"));
  return limit;
}

/** Letta's words for what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return detail(404, "Not Found");
    case "method":
      return detail(405, "Method Not Allowed");
    case "json":
      return unprocessable(["body"], "JSON decode error");
    case "too_large":
      return detail(413, `Request body exceeds ${problem.limit} bytes`);
    case "too_deep":
      return detail(400, `Request body nests deeper than ${problem.limit} levels`);
    case "invalid": {
      if (problem.where === "path") return badId();
      const { path, message, keyword } = problem.issue;
      const text = keyword === "required" ? "Field required" : message;
      return unprocessable([problem.where, dotted(path)], text);
    }
    case "rate": {
      const error = { type: "llm_rate_limit", message: "Rate limited by the model provider.", detail: "" };
      return { status: 429, body: { error }, headers: { "retry-after": String(problem.retryAfter) } };
    }
    case "status":
      return detail(problem.status, `The server answered ${problem.status}.`);
  }
}

/** A refusal with `{detail}`. */
export const refuse = (status: number, text: string, more: Doc = {}): Refusal =>
  new Refusal(detail(status, text, more));

/** The conversation of the path. Unknown, deleted and `default` all end in 404, as on the seed's server. */
export function conversation({ store, path }: Call): Doc {
  const id = path.conversation_id ?? "";
  const found = store.get("conversation", id);
  if (!found || found.$deleted === true) throw refuse(404, `Conversation ${id} not found`);
  return found;
}
