import type { Call } from "../../engine/rules.ts";
import { asDoc, dotted } from "../../engine/tools.ts";
import { type Doc, type Issue, type Problem, Refusal, type Reply } from "../../engine/types.ts";

/** `{error:{message,type,param,code}}`, the body of every OpenAI error. */
export const error = (
  status: number,
  message: string,
  code: string | null = null,
  param: string | null = null,
): Reply => ({
  status,
  body: { error: { message, type: "invalid_request_error", param, code } },
});

const CODES: Readonly<Record<string, string>> = {
  required: "missing_required_parameter",
  additionalProperties: "unknown_parameter",
  unevaluatedProperties: "unknown_parameter",
  type: "invalid_type",
  maxProperties: "object_above_max_properties",
  propertyNames: "property_name_above_max_length",
  maxLength: "string_above_max_length",
  minLength: "string_below_min_length",
  maxItems: "array_above_max_length",
  minItems: "empty_array",
  maximum: "integer_above_max_value",
  minimum: "integer_below_min_value",
};

function invalid(issue: Issue): Reply {
  const param = dotted(issue.path);
  const code = CODES[issue.keyword] ?? "invalid_value";
  const size = typeof issue.limit === "number" ? ` The limit is ${issue.limit}.` : "";
  const sent = issue.keyword === "maximum" || issue.keyword === "minimum" ? ` You sent ${issue.actual}.` : "";
  if (code === "missing_required_parameter")
    return error(400, `Missing required parameter: '${param}'.`, code, param);
  if (code === "unknown_parameter") return error(400, `Unknown parameter: '${param}'.`, code, param);
  return error(400, `Invalid '${param}': it ${issue.message}.${size}${sent}`, code, param);
}

/** OpenAI's words for what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, `Invalid URL (${problem.method} ${problem.path})`);
    case "method":
      return error(405, `Not allowed to ${problem.method} here.`, "method_not_supported");
    case "json":
      return error(400, "The body of the request could not be read as JSON.", "invalid_json");
    case "too_large":
      return error(
        413,
        `The request is too large: the limit is ${problem.limit} bytes.`,
        "request_too_large",
      );
    case "too_deep":
      return error(400, `The body nests deeper than ${problem.limit} levels.`, "invalid_json");
    case "invalid":
      return invalid(problem.issue);
    case "rate": {
      const reply = error(429, "Rate limit reached. Slow down and try again.", "rate_limit_exceeded");
      const body = { error: { ...asDoc(asDoc(reply.body).error), type: "requests" } };
      return { ...reply, body, headers: { "retry-after": String(problem.retryAfter) } };
    }
    case "status": {
      const reply = error(problem.status, `The server answered ${problem.status}.`);
      const type = problem.status >= 500 ? "server_error" : "invalid_request_error";
      return { ...reply, body: { error: { ...asDoc(asDoc(reply.body).error), type } } };
    }
  }
}

/** The conversation of the path, or the one with this id. */
export function conversation(call: Call, id: string = call.path.conversation_id ?? ""): Doc {
  const found = call.store.get("conversation", id);
  if (!found) throw new Refusal(error(404, `Conversation with id '${id}' not found.`));
  return found;
}
