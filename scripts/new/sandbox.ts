/** `packages/sandbox/src/vendors/<vendor>/`: a vendor that keeps state and does with a write what its spec suggests. */
import { auth } from "../generate/client.ts";
import type { Row } from "../generate/operations.ts";
import { resolve, type Spec } from "../generate/spec.ts";
import type { Seed } from "./conversation.ts";
import { failureBody, reply } from "./replies.ts";
import type { Routes } from "./routes.ts";
import { named, propertiesOf } from "./schema.ts";

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
        `/** ${display} as its spec has it${docs ? `: ${docs}` : "."} */
export const ${vendor}: VendorRules = { ${rules(vendor, spec, routes, seed).join(", ")} };
`,
        IN_INDEX,
      ),
    ],
  ];
}

function errorsFile(spec: Spec, routes: Routes): string {
  const failure = failureBody(spec, routes);
  const message = failure.includes("message") ? "message" : "_message";
  return `import { dotted } from "../../engine/tools.ts";
import type { Problem, Reply } from "../../engine/types.ts";

export const error = (status: number, ${message}: string, headers: Record<string, string> = {}): Reply => ({
  status,
  ${failure},
  headers,
});

${EXPLAIN}
`;
}

const seedFile = (display: string, seed: Seed): string => `import type { Doc } from "../../engine/types.ts";

/** The conversation ${display} starts with. */
export const SEED: Doc = ${quoted(seed.row)};
`;

const EXPLAIN = `/** The vendor's answer to what is wrong with a request. */
export function explain(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, \`There is no \${problem.method} \${problem.path}\`);
    case "method":
      return error(405, \`\${problem.method} is not offered here\`);
    case "json":
      return error(400, "The body is not valid JSON");
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
  "../../engine/store.ts": ["wire"],
  "../../engine/tools.ts": ["asDoc", "hex", "iso", "pick"],
  "../../engine/types.ts": ["type Doc", "Refusal"],
  "./errors.ts": ["error"],
  "./seed.ts": ["SEED"],
};
const IN_INDEX: Origins = {
  "../../engine/keys.ts": ["keyCheck"],
  "../../engine/rules.ts": ["type VendorRules"],
  "../../engine/store.ts": ["wire"],
  "../../engine/tools.ts": ["iso"],
  "./conversations.ts": ["conversation", "create", "remove", "update"],
  "./errors.ts": ["error", "explain"],
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

function handlers(spec: Spec, routes: Routes, seed: Seed): string {
  const { create, update, remove } = routes;
  const { self } = seed;
  const fields = [...propertiesOf(spec, named(spec, update.body?.schema)).keys()];
  const prefix = /^.*[_-]/.exec(String(seed.id))?.[0] ?? "";
  const id =
    typeof seed.id === "string" ? `\`${prefix}\${hex(12)}\`` : 'call.store.next("conversation", 100)';
  const handler = (name: string, row: Row | undefined, lines: string[]): string[] =>
    row
      ? [
          `export const ${name}: Handler = (call) => {\n${lines.join("\n")}\nreturn ${reply(spec, row, seed, "row")};\n};`,
        ]
      : [];
  return [
    `/** The fields a caller may set. */
const FIELDS = ${quoted(fields)};

/** The conversation of the path. */
export function conversation({ store, path }: Call): Doc {
  const found = store.get("conversation", path.${routes.id} ?? "");
  if (!found) throw new Refusal(error(404, "Conversation not found"));
  return found;
}`,
    ...handler("create", create, [
      `const row: Doc = { ...SEED, ...pick(asDoc(call.body), FIELDS), ${self}: ${id}, ${times(spec, seed, /^(creat|start|updat|modif)/i, "call.now")} };`,
      'call.store.add("conversation", row);',
    ]),
    ...handler("update", update, [
      `const row: Doc = { ...conversation(call), ...pick(asDoc(call.body), FIELDS), ${times(spec, seed, /^(updat|modif)/i, "call.now")} };`,
      'call.store.put("conversation", row);',
    ]),
    ...handler("remove", remove, [
      "const row = conversation(call);",
      `call.store.remove("conversation", String(row.${self}));`,
    ]),
  ].join("\n\n");
}

function rules(vendor: string, spec: Spec, routes: Routes, seed: Seed): string[] {
  const { header, prefix } = auth(spec);
  const { apiKey, baseUrl = `${vendor.toUpperCase()}_BASE_URL` } = spec["x-convo"].env;
  const { pathname } = new URL(spec.servers[0]?.url ?? "", "http://server");
  const { additionalProperties } = resolve(spec, named(spec, routes.update.body?.schema) ?? {});
  const isUsual = header.toLowerCase() === "authorization";
  const rule = `{ vendor: ${quoted(vendor)}, prefix: ${quoted(isUsual ? prefix : "")}, shape: /^\\S+$/, refuse: () => error(401, "The API key is missing or wrong") }`;
  const served = routes.all.map(
    (row) => `${quoted(`${row.method} ${row.path}`)}: ${answerer(spec, routes, seed, row)}`,
  );
  return [
    `name: ${quoted(vendor)}`,
    `mount: ${quoted(`/${vendor}${pathname.replace(/\/+$/, "")}`)}`,
    `env: ${quoted({ apiKey, baseUrl })}`,
    `sampleKey: ${quoted(`${vendor}-sandbox-0123456789abcdef`)}`,
    `keyHeader: ${quoted(`${header}: ${prefix}`.trim())}`,
    `kinds: { conversation: { id: ${quoted(seed.self)} } }`,
    `unknownFields: ${additionalProperties === false ? '"refuse"' : '"ignore"'}`,
    `idParam: ${quoted(routes.id)}`,
    `authenticate: ${isUsual ? `keyCheck(${rule})` : `(headers, options) => keyCheck(${rule})(new Headers({ authorization: headers.get(${quoted(header)}) ?? "" }), options)`}`,
    "explain",
    `routes: { ${served.join(", ")} }`,
    'find: (store, id) => store.get("conversation", id)',
    `otherWriter: (now) => ({ ${meddled(spec, routes)} })`,
    "seed: { conversation: [SEED] }",
  ];
}

/** The handler of one operation. What is not about the conversation itself is answered, and kept nowhere. */
function answerer(spec: Spec, routes: Routes, seed: Seed, row: Row): string {
  const { create, update, remove, read, list } = routes;
  if (row === create || row === update || row === remove)
    return row === create ? "create" : row === update ? "update" : "remove";
  if (row === read) return `(call) => (${reply(spec, row, seed, "conversation(call)")})`;
  if (row === list)
    return `({ store }) => (${reply(spec, row, seed, "SEED", 'store.list("conversation").map(wire)')})`;
  return `() => (${reply(spec, row, seed, "SEED")})`;
}

function times(spec: Spec, { schema }: Seed, names: RegExp, now: string): string {
  return [...propertiesOf(spec, schema)]
    .filter(
      ([name, { types }]) => names.test(name) && ["string", "integer", "number"].includes(types[0] ?? ""),
    )
    .map(
      ([name, { types }]) =>
        `${name}: ${types[0] === "string" ? `iso(${now})` : `Math.floor(${now} / 1000)`}`,
    )
    .join(", ");
}

function meddled(spec: Spec, { update }: Routes): string {
  const fields = [...propertiesOf(spec, named(spec, update.body?.schema))];
  const text = fields.find(
    ([, { types, schema }]) => types.join() === "string" && !schema.enum && !schema.pattern,
  );
  return text ? `${text[0]}: \`other writer \${now}\`` : "$other: now";
}

const quoted = (value: unknown): string => JSON.stringify(value);
