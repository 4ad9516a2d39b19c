/**
 * Reads one vendor's promise: `specs/<vendor>/openapi.yaml` with its overlay applied, as plain data.
 * A spec is untrusted input, so everything taken from it is checked here or quoted where it is printed.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { applyOverlay, type Overlay } from "./overlay.ts";

/** The parts of an OpenAPI 3.1 schema object that the generator looks at. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  not?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
  minLength?: number;
  maxLength?: number;
  maxProperties?: number;
  description?: string;
  [extension: string]: unknown;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  schema?: Schema;
  $ref?: string;
}

interface Media {
  schema?: Schema;
}

export interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: { $ref?: string; required?: boolean; content?: Record<string, Media> };
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
  security?: Record<string, string[]>[];
  "x-convo-kind"?: string;
  "x-convo-page"?: Record<string, unknown>;
}

/** What our specs say beyond OpenAPI: see "The spec format" in CONTRIBUTING.md. */
export interface ConvoExtension {
  displayName: string;
  docs?: string;
  keyPrefix?: string;
  env: { apiKey: string; baseUrl?: string; headers?: Record<string, string> };
  requestId?: string[];
}

export interface Spec {
  info: { title: string; version: string; summary?: string; description?: string };
  servers: { url: string }[];
  security?: Record<string, string[]>[];
  paths: Record<string, Record<string, OperationObject | Parameter[]>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { type: string; scheme?: string; in?: string; name?: string }>;
    [section: string]: Record<string, unknown>;
  };
  "x-convo": ConvoExtension;
}

/** One vendor: its lowercase name (the folder's) and its spec. */
export interface VendorSpec {
  readonly vendor: string;
  readonly spec: Spec;
}

/** The vendors there are: a folder with an `openapi.yaml` under `specs/` is the registration. */
export function vendorNames(specsDir: string): string[] {
  return readdirSync(specsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(specsDir, entry.name, "openapi.yaml")))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Loads and checks one vendor's spec.
 *
 * @throws Error naming the file and the place when the spec breaks a rule generation relies on.
 */
export function loadSpec(specsDir: string, vendor: string): VendorSpec {
  const file = join(specsDir, vendor, "openapi.yaml");
  if (!/^[a-z][a-z0-9]*$/.test(vendor))
    throw new Error(`specs/${vendor}: a vendor's name is one lowercase word`);
  const document = readYaml(file);
  const overlayFile = join(specsDir, vendor, "overlay.yaml");
  const spec = existsSync(overlayFile) ? applyOverlay(document, readYaml(overlayFile) as Overlay) : document;
  return { vendor, spec: checkSpec(spec as Spec, `specs/${vendor}/openapi.yaml`) };
}

/** Parses YAML with a bound on aliases, so that a small file cannot become a huge document. */
export function readYaml(file: string): unknown {
  return parse(readFileSync(file, "utf8"), { maxAliasCount: 0, uniqueKeys: true });
}

/** Checks the rules generation relies on; `file` is what the message names. */
export function checkSpec(spec: Spec, file: string): Spec {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}`);
  };
  const convo = spec["x-convo"] ?? fail("the root needs x-convo (displayName, env)");
  if (!/^[A-Z][A-Za-z0-9]*$/.test(convo.displayName ?? ""))
    fail("x-convo.displayName must be a PascalCase word");
  if (!spec.servers?.[0]?.url) fail("servers[0].url is the client's base URL and must be there");
  visit(spec, "#", (value, at) => {
    if (Object.hasOwn(value, "default") && !/\/(responses|properties)$/.test(at))
      fail(`${at}/default: never send defaults; write x-vendor-default`);
    if (Array.isArray(value.anyOf) && value.anyOf.some(isBareRequired))
      fail(`${at}/anyOf: {required: ...} alone renders as unknown; say it in prose`);
  });
  return spec;
}

function isBareRequired(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && Object.keys(schema).join() === "required";
}

function visit(value: unknown, at: string, see: (node: Record<string, unknown>, at: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) see(value as Record<string, unknown>, at);
  for (const [key, child] of Object.entries(value)) {
    if (key === "example" || key === "examples" || key.startsWith("x-")) continue;
    visit(child, `${at}/${key}`, see);
  }
}

/** Follows local `$ref`s to the object they name. */
export function resolve<T extends { $ref?: string }>(spec: Spec, value: T): T {
  if (value.$ref === undefined) return value;
  const steps = value.$ref
    .replace(/^#\//, "")
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let found: unknown = spec;
  for (const step of steps)
    found = Object.hasOwn(found ?? {}, step) ? (found as Record<string, unknown>)[step] : undefined;
  if (found === undefined) throw new Error(`${value.$ref} names nothing in the spec`);
  return resolve(spec, found as T);
}
