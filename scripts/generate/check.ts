/** The rules generation relies on. A spec is untrusted: what is printed as a name must be one, and nothing is fetched. */
import { resolve } from "./resolve.ts";
import type { OperationObject, Schema, Spec } from "./spec.ts";

type Node = Record<string, unknown>;

/**
 * Checks a spec and returns it.
 *
 * @param file what a message names
 * @throws Error naming the file and the place
 */
export function checkSpec(spec: Spec, file: string): Spec {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}`);
  };
  if (!spec || typeof spec !== "object" || !spec.paths || !spec.components?.schemas)
    fail("not an OpenAPI document with paths and schemas");
  checkConvo(spec, fail);
  if (!spec.servers?.[0]?.url) fail("servers[0].url is the client's base URL and must be there");
  for (const path of Object.keys(spec.paths))
    if (!/^(\/([\w.~:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w-]*\})*)+$/.test(path))
      fail(`#/paths: ${path} is not a path`);
  for (const [section, entries] of Object.entries(spec.components))
    for (const name of Object.keys(entries))
      if (!/^[\w.-]+$/.test(name)) fail(`#/components/${section}: ${name} is not a name`);
  checkOperationIds(spec, fail);
  checkCycles(spec, fail);
  visit(spec, "#", (value, at) => {
    if (Object.hasOwn(value, "default") && !/\/(responses|properties)$/.test(at))
      fail(`${at}/default: never send defaults; write x-vendor-default`);
    if (Array.isArray(value.anyOf) && value.anyOf.some(isBareRequired))
      fail(`${at}/anyOf: {required: ...} alone renders as unknown; say it in prose`);
    if (!Object.hasOwn(value, "$ref")) return;
    const { $ref } = value;
    if (typeof $ref !== "string" || !$ref.startsWith("#/"))
      return fail(`${at}/$ref: only references into the same document are followed`);
    try {
      resolve(spec, { $ref });
    } catch (error) {
      fail(`${at}/$ref: ${(error as Error).message}`);
    }
  });
  return spec;
}

/** One of two methods of the same name would be lost. */
function checkOperationIds(spec: Spec, fail: (what: string) => never): void {
  const seen = new Set<string>();
  for (const item of Object.values(spec.paths)) {
    for (const { operationId } of Object.values(item).filter(isOperation)) {
      if (seen.has(operationId)) fail(`#/paths: ${operationId} is the operationId of two operations`);
      seen.add(operationId);
    }
  }
}

const isOperation = (value: unknown): value is OperationObject =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "operationId");

/**
 * What to say of an error met while reading a spec. Only what generation relies on is checked; where a document is not OpenAPI at all
 * something trips over it, and the linter knows better what and where.
 */
export function misread(file: string, error: unknown): Error {
  const { message } = error as Error;
  const hint =
    error instanceof TypeError ? "not the shape of an OpenAPI document, `pnpm specs:lint` says where: " : "";
  return new Error(message.startsWith(`${file}: `) ? message : `${file}: ${hint}${message}`, {
    cause: error,
  });
}

function checkConvo(spec: Spec, fail: (what: string) => never): void {
  const convo = spec["x-convo"] ?? fail("the root needs x-convo (displayName, env)");
  if (!/^[A-Z][A-Za-z0-9]*$/.test(convo.displayName ?? ""))
    fail("x-convo.displayName must be a PascalCase word");
  if (convo.docs !== undefined && !/^https:\/\/[^\s<>()`"']+$/.test(convo.docs))
    fail("x-convo.docs must be an https URL");
  if (!/^([\w-]+ )?$/.test(convo.keyPrefix ?? "")) fail("x-convo.keyPrefix must be a word and a space");
  const { apiKey, baseUrl, headers = {} } = convo.env ?? fail("x-convo.env.apiKey must name a variable");
  for (const name of [apiKey, baseUrl, ...Object.values(headers)])
    if (name !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(name))
      fail(`x-convo.env: ${name} is not an environment variable`);
  for (const name of [...Object.keys(headers), ...(convo.requestId ?? [])])
    if (!/^[A-Za-z0-9-]+$/.test(name)) fail(`x-convo: ${name} is not a header`);
}

function isBareRequired(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && Object.keys(schema).join() === "required";
}

function visit(value: unknown, at: string, see: (node: Node, at: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) see(value as Node, at);
  for (const [key, child] of Object.entries(value)) {
    if (key === "example" || key === "examples" || key.startsWith("x-")) continue;
    visit(child, `${at}/${key}`, see);
  }
}

/** A schema may hold itself (in a property or as an item), but it cannot be itself: no type and no validator ends that. */
function checkCycles(spec: Spec, fail: (what: string) => never): void {
  const done = new Set<string>();
  const follow = (name: string, path: string[]): void => {
    if (path.includes(name))
      fail(`#/components/schemas/${name}: refers to itself (${[...path, name].join(" -> ")})`);
    if (done.has(name)) return;
    for (const next of heads(spec.components.schemas[name])) follow(next, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(spec.components.schemas)) follow(name, []);
}

/** Names of the schemas a schema is, wholly or by choice. */
function heads(schema: Schema | undefined): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(schema.$ref ?? "")?.[1];
  const branches = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [...(name ? [name] : []), ...branches.flatMap(heads)];
}
