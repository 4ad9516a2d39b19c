/** The rules generation relies on. A spec is untrusted: what is printed as a name must be one, and nothing is fetched. */

import type { OperationObject, Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";
import { isData, isNameMap, visitNodes } from "./walk.ts";

type Fault = (what: string) => void;

/**
 * Checks a spec and returns it.
 *
 * @param file what a message names
 * @throws Error naming the file and every place that breaks a rule
 */
export function checkSpec(spec: Spec, file: string): Spec {
  const faults: string[] = [];
  const fault: Fault = (what) => void faults.push(what);
  if (!spec || typeof spec !== "object" || !spec.paths || !spec.components?.schemas)
    throw new Error(`${file}: not an OpenAPI document with paths and schemas`);
  checkConvo(spec, fault);
  checkServer(spec, fault);
  for (const path of Object.keys(spec.paths)) if (!isPath(path)) fault(`#/paths: ${path} is not a path`);
  for (const [section, entries] of Object.entries(spec.components))
    for (const name of Object.keys(entries))
      if (!/^[\w.-]+$/.test(name)) fault(`#/components/${section}: ${name} is not a name`);
  checkOperationIds(spec, fault);
  checkCycles(spec, fault);
  checkReferences(spec, fault);
  checkParts(spec, fault);
  if (faults.length > 0) throw new Error(`${file}: ${listed(faults)}`);
  return spec;
}

const MOST_FAULTS = 20;

function listed(faults: readonly string[]): string {
  const more = faults.length - MOST_FAULTS;
  return [...faults.slice(0, MOST_FAULTS), ...(more > 0 ? [`and ${more} more`] : [])].join("\n  ");
}

/** Whether a text is a path template the client can fill. */
export const isPath = (path: string): boolean =>
  /^(\/([\w.~:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w-]*\})*)+$/.test(path);

/** The base URL, with variables or without. A spec may have none: then every caller gives one. */
function checkServer({ servers }: Spec, fault: Fault): void {
  const server = servers?.[0];
  if (server === undefined) return;
  if (typeof server.url !== "string" || !/^https?:\/\/[^\s?#]+$/.test(server.url)) {
    fault("servers[0].url must be a full http(s) URL without query");
    return;
  }
  for (const [, name = ""] of server.url.matchAll(/\{([^{}]*)\}/g)) {
    const usual = server.variables?.[name]?.default;
    if (!/^[a-zA-Z_]\w*$/.test(name)) fault(`servers[0].url: {${name}} is not a name`);
    else if (typeof usual !== "string")
      fault(`servers[0].variables: ${name} needs a default, which may be empty`);
    else if (!/^[\w.~:/-]*$/.test(usual)) fault(`servers[0].variables.${name}.default cannot stand in a URL`);
  }
}

/** One of two methods of the same name would be lost. */
function checkOperationIds(spec: Spec, fault: Fault): void {
  const seen = new Set<string>();
  for (const item of Object.values(spec.paths)) {
    for (const { operationId } of Object.values(item).filter(isOperation)) {
      if (seen.has(operationId)) fault(`#/paths: ${operationId} is the operationId of two operations`);
      seen.add(operationId);
    }
  }
}

const isOperation = (value: unknown): value is OperationObject =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "operationId");

/**
 * No `$ref` may lead out of the document, wherever it stands: the linter follows those in examples and extensions too, to files of this
 * machine and servers of its network, and prints what it finds.
 */
function checkReferences(spec: Spec, fault: Fault): void {
  visitNodes(spec, (value, steps) => {
    const at = `#/${steps.join("/")}`;
    const foreign = (target: unknown): boolean => typeof target === "string" && !target.startsWith("#/");
    if (Object.hasOwn(value, "$ref")) {
      const { $ref } = value;
      if (typeof $ref !== "string" || foreign($ref))
        fault(`${at}/$ref: only references into the same document are followed`);
      else if (!isData(steps)) {
        try {
          resolve(spec, { $ref });
        } catch (error) {
          fault(`${at}/$ref: ${(error as Error).message}`);
        }
      }
    }
    for (const key of ["externalValue", "operationRef"])
      if (foreign(value[key]) && !isNameMap(steps))
        fault(`${at}/${key}: nothing outside the document is read`);
    if (steps.at(-1) !== "discriminator") return;
    for (const [tag, target] of Object.entries(Object(value.mapping)))
      if (foreign(target) && !/^[\w.-]+$/.test(String(target)))
        fault(`${at}/mapping/${tag}: only references into the same document are followed`);
  });
}

function checkParts(spec: Spec, fault: Fault): void {
  visitNodes(spec, (value, steps) => {
    if (isData(steps) || isNameMap(steps) || steps[0] === "servers") return;
    const at = `#/${steps.join("/")}`;
    if (Object.hasOwn(value, "default")) fault(`${at}/default: never send defaults; write x-vendor-default`);
    if (Array.isArray(value.anyOf) && value.anyOf.some(isBareRequired))
      fault(`${at}/anyOf: {required: ...} alone renders as unknown; say it in prose`);
  });
}

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

function checkConvo(spec: Spec, fault: Fault): void {
  const convo = spec["x-convo"];
  if (!convo?.env) {
    fault("the root needs x-convo (displayName, env)");
    return;
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(convo.displayName ?? ""))
    fault("x-convo.displayName must be a PascalCase word");
  if (convo.docs !== undefined && !/^https:\/\/[^\s<>()`"']+$/.test(convo.docs))
    fault("x-convo.docs must be an https URL");
  if (!/^([\w-]+ )?$/.test(convo.keyPrefix ?? "")) fault("x-convo.keyPrefix must be a word and a space");
  const { apiKey, baseUrl, headers = {} } = convo.env;
  for (const name of [apiKey, baseUrl, ...Object.values(headers)])
    if (name !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(name))
      fault(`x-convo.env: ${name} is not an environment variable`);
  const { requestId = [], idempotencyHeader = [], rateLimit, errors = {} } = convo;
  const { limit, remaining, reset = [], resetIn } = rateLimit ?? {};
  const limits = rateLimit ? [limit, remaining, reset].flat() : [];
  const fixed = Object.entries(convo.headers ?? {});
  const names = [Object.keys(headers), fixed.map(([name]) => name), requestId, idempotencyHeader, limits];
  for (const name of names.flat())
    if (!/^[A-Za-z0-9-]+$/.test(name ?? "")) fault(`x-convo: ${name} is not a header`);
  for (const [name, value] of fixed)
    if (!/^[!-~]+( [!-~]+)*$/.test(String(value)))
      fault(`x-convo.headers.${name} is not the value of a header`);
  if (rateLimit && !/^(seconds|epoch|duration)$/.test(resetIn ?? "seconds"))
    fault("x-convo.rateLimit.resetIn must be seconds, epoch or duration");
  for (const [code, { kind, retryable }] of Object.entries(errors))
    if (!ERROR_KINDS.has(kind) || typeof retryable !== "boolean")
      fault(
        `x-convo.errors.${code} needs kind (an ErrorKind of @convo/client) and retryable (true or false)`,
      );
}

/** Kinds that an answer of a vendor can be. */
const ERROR_KINDS = new Set([
  ...["auth", "permission", "not_found", "invalid", "unsupported", "limit", "conflict"],
  ...["rate_limited", "timeout", "server", "bad_response"],
]);

function isBareRequired(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && Object.keys(schema).join() === "required";
}

/** Schemas that are each other's part or choice, in a row; what reads them goes from one into the next. */
const MOST_HOPS = 150;

/** A schema may hold itself (in a property or as an item), but it cannot be itself: no type and no validator ends that. */
function checkCycles(spec: Spec, fault: Fault): void {
  const done = new Set<string>();
  const follow = (name: string, path: string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) {
      fault(`#/components/schemas/${name}: refers to itself (${[...path, name].join(" -> ")})`);
      return;
    }
    if (path.length > MOST_HOPS) {
      done.add(name);
      fault(`#/components/schemas/${name}: schemas are each other's parts more than ${MOST_HOPS} deep`);
      return;
    }
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
