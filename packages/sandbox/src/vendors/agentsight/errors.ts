import type { Problem, Reply } from "../../engine/types.ts";
import { detail } from "./shared.ts";

/** Unknown paths get a page, not JSON. */
export const HTML_404: Reply = {
  status: 404,
  text: "<!doctype html><html><head><title>Not Found</title></head><body><h1>Not Found</h1></body></html>",
  type: "text/html; charset=utf-8",
};

/** AgentSight's words for what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return HTML_404;
    case "method":
      return detail(405, `Method "${problem.method}" not allowed.`);
    case "json":
      return detail(400, "The body could not be parsed as JSON.");
    case "too_large":
      return detail(413, `The body is larger than ${problem.limit} bytes.`);
    case "too_deep":
      return detail(400, `The body nests deeper than ${problem.limit} levels.`);
    case "invalid": {
      if (problem.where === "path") return HTML_404;
      const { path, keyword, message, actual } = problem.issue;
      const field = String(path[0] ?? "");
      if (field === "kind" && actual === "product")
        return detail(403, "Product feedback is not served to API keys.");
      if (field === "") return detail(400, `The body ${message}.`);
      if (keyword === "required") return detail(400, `"${field}" is required.`);
      const isBlank = keyword === "minLength" || keyword === "pattern";
      if (isBlank && field === "name") return detail(400, "The name may not be blank.");
      if (isBlank) return { status: 400, body: { [field]: ["This field may not be blank."] } };
      return { status: 400, body: { [field]: [`This field ${message}.`] } };
    }
    case "rate":
      return {
        ...detail(429, `Request was throttled. Expected available in ${problem.retryAfter} seconds.`),
        headers: { "retry-after": String(problem.retryAfter) },
      };
    case "status":
      return detail(problem.status, `The server answered ${problem.status}.`);
  }
}
