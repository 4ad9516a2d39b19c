import type { Call } from "../../engine/rules.ts";
import { dotted } from "../../engine/tools.ts";
import { type Doc, type Problem, Refusal, type Reply } from "../../engine/types.ts";

/** The body of every ChatDash error. */
export const error = (status: number, message: string, headers?: Record<string, string>): Reply => ({
  status,
  body: { error: message },
  ...(headers ? { headers } : {}),
});

/** ChatDash's words for what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, `Cannot ${problem.method} ${problem.path}`);
    case "method":
      return error(405, `${problem.method} is not offered here`);
    case "json":
      return error(400, "The body is not valid JSON");
    case "too_large":
      return error(413, `The body is larger than ${problem.limit} bytes`);
    case "too_deep":
      return error(400, `The body nests deeper than ${problem.limit} levels`);
    case "invalid":
      return error(400, `${dotted(problem.issue.path) || problem.where} ${problem.issue.message}`);
    case "rate":
      return error(429, "Too many requests", { "retry-after": String(problem.retryAfter) });
    case "status":
      return error(
        problem.status,
        problem.status === 500 ? "An unexpected error occurred" : `Status ${problem.status}`,
      );
  }
}

/** The conversation of the path, of this agent. */
export function conversation({ store, path, query }: Call): Doc {
  const id = path.conversationId ?? "";
  const rows = query.isPlatformId === true ? store.find("conversation", id) : [store.get("conversation", id)];
  const found = rows.find((row) => row?.agentId === path.agentId);
  if (!found) throw new Refusal(error(404, "Conversation not found"));
  return found;
}

/** ChatDash answers a write with a sentence and nothing else. */
export const done = (message: string): Reply => ({ status: 200, body: { message } });
