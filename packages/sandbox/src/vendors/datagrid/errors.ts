import { dotted } from "../../engine/tools.ts";
import type { Doc, Problem, Reply } from "../../engine/types.ts";

/** The body of every Datagrid error. */
export const error = (status: number, code: string, message: string, more: Doc = {}): Reply => ({
  status,
  body: { status_code: status, statusCode: status, error: code, message, retryable: status >= 500, ...more },
});

/** 429 with the seconds to wait. */
export function tooMany(retryAfter: number): Reply {
  const reply = error(429, "rate_limit_exceeded", "Too many requests to this endpoint.", {
    retryable: true,
    mitigation: `Wait ${retryAfter} s before the next request.`,
    details: { reason: "The limit of the 60-second window is reached." },
  });
  return { ...reply, headers: { "retry-after": String(retryAfter) } };
}

/** Datagrid's words for what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, "not_found", `Cannot ${problem.method} ${problem.path}`);
    case "method":
      return error(405, "method_not_allowed", `${problem.method} is not offered here`);
    case "json":
      return error(400, "bad_request", "The body is not valid JSON");
    case "too_large":
      return error(413, "payload_too_large", `The body is larger than ${problem.limit} bytes`);
    case "too_deep":
      return error(400, "bad_request", `The body nests deeper than ${problem.limit} levels`);
    case "invalid": {
      const { keyword, path, message } = problem.issue;
      const text = keyword === "additionalProperties" ? "should not exist" : message;
      return error(400, "bad_request", `property ${dotted(path)} ${text}`);
    }
    case "rate":
      return tooMany(problem.retryAfter);
    case "status":
      return error(problem.status, `status_${problem.status}`, `The server answered ${problem.status}.`);
  }
}
