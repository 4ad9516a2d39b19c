/** `packages/sandbox/src/vendors/<vendor>/`: a vendor that keeps state and does with a write what its spec suggests. */
import { comment } from "../generate/client.ts";
import type { Spec } from "../generate/spec.ts";
import type { Seed } from "./conversation.ts";
import { failure } from "./replies.ts";
import type { Routes } from "./routes.ts";
import { handlers } from "./sandbox-handlers.ts";
import { rules } from "./sandbox-rules.ts";

/** The folder's files, name -> text, to be formatted. */
export function sandboxFiles(vendor: string, spec: Spec, routes: Routes, seed: Seed): [string, string][] {
  const { displayName: display, docs } = spec["x-convo"];
  return [
    ["errors.ts", errorsFile(spec, routes)],
    ["seed.ts", seedFile(display, seed)],
    ["conversations.ts", withImports(handlers(spec, routes, seed), IN_HANDLERS)],
    [
      "index.ts",
      withImports(
        `/** ${display} as its spec has it${docs ? `: ${comment(docs)}` : "."} */
export const ${vendor}: VendorRules = { ${rules(vendor, spec, routes, seed).join(", ")} };
`,
        IN_INDEX,
      ),
    ],
  ];
}

function errorsFile(spec: Spec, routes: Routes): string {
  const body = failure(spec, routes, "message");
  const message = /\bmessage\b/.test(body) ? "message" : "_message";
  return `import { dotted } from "../../engine/tools.ts";
import type { Problem, Reply } from "../../engine/types.ts";

export const error = (status: number, ${message}: string, headers: Record<string, string> = {}): Reply => ({
  status,
  body: ${body},
  headers,
});

${ERROR_RESPONSE}
`;
}

const seedFile = (display: string, seed: Seed): string => `import type { Doc } from "../../engine/types.ts";

/** The conversation ${display} starts with. */
export const SEED: Doc = ${quoted(seed.row)};
`;

const ERROR_RESPONSE = `/** The vendor's answer to what is wrong with a request. */
export function errorResponse(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, \`There is no \${problem.method} \${problem.path}\`);
    case "method":
      return error(405, \`\${problem.method} is not offered here\`);
    case "json":
      return error(400, "The body is not valid JSON");
    case "too_large":
      return error(413, \`The body is larger than \${problem.limit} bytes\`);
    case "too_deep":
      return error(400, \`The body nests deeper than \${problem.limit} levels\`);
    case "invalid":
      return error(400, \`\${dotted(problem.issue.path) || problem.where} \${problem.issue.message}\`);
    case "rate":
      return error(429, "Too many requests", { "retry-after": String(problem.retryAfter) });
    case "status":
      return error(problem.status, \`The server answered \${problem.status}\`);
  }
}`;

/** Where a name comes from; types are written `type X`. */
type Origins = Record<string, readonly string[]>;

const IN_HANDLERS: Origins = {
  "../../engine/rules.ts": ["type Call", "type Handler"],
  "../../engine/tools.ts": ["asDoc", "hex", "iso", "pick"],
  "../../engine/types.ts": ["type Doc", "Refusal"],
  "../../store/store.ts": ["wire"],
  "./errors.ts": ["error"],
  "./seed.ts": ["SEED"],
};
const IN_INDEX: Origins = {
  "../../engine/keys.ts": ["keyCheck"],
  "../../engine/rules.ts": ["type VendorRules"],
  "../../engine/tools.ts": ["iso"],
  "../../store/store.ts": ["wire"],
  "./conversations.ts": ["conversation", "create", "remove", "update"],
  "./errors.ts": ["error", "errorResponse"],
  "./seed.ts": ["SEED"],
};

/** The code with the imports it needs. */
function withImports(code: string, origins: Origins): string {
  const lines = Object.entries(origins).flatMap(([file, names]) => {
    const used = names.filter((name) => new RegExp(`\\b${name.replace("type ", "")}\\b`).test(code));
    if (used.length === 0) return [];
    const types = used.every((name) => name.startsWith("type "));
    const list = used.map((name) => (types ? name.slice("type ".length) : name)).join(", ");
    return [`import ${types ? "type " : ""}{ ${list} } from "${file}";`];
  });
  return `${lines.join("\n")}\n\n${code}`;
}

const quoted = (value: unknown): string => JSON.stringify(value);
