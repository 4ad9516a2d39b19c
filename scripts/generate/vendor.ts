/** `src/vendor.ts`: the vendor as data the client runs on. */
import { comment, header } from "./client.ts";
import type { Spec } from "./openapi.ts";
import type { Row } from "./operations.ts";
import { propertiesOf } from "./properties.ts";
import type { VendorSpec } from "./spec.ts";

/** `src/vendor.ts`: base URL, credentials and operations, as quoted data only. */
export function vendorFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const convo = spec["x-convo"];
  const data = {
    name: vendor,
    baseUrl: spec.servers?.[0]?.url.replace(/\/+$/, "") ?? "",
    ...serverVariables(spec),
    auth: auth(spec),
    env: convo.env,
    requestId: (convo.requestId ?? []).map((header) => header.toLowerCase()),
    ...(convo.headers && { headers: convo.headers }),
    ...(convo.rateLimit && { rateLimit: convo.rateLimit }),
    ...(convo.idempotencyHeader && { idempotencyHeader: convo.idempotencyHeader.toLowerCase() }),
    ...(convo.errors && { errors: convo.errors }),
    operations: Object.fromEntries(rows.map((row) => [row.name, operationData(spec, row)])),
  };
  return `${header(vendor)}import type { Vendor } from "@convo/client";

/** ${comment(`${convo.displayName}: ${spec.info.title} ${spec.info.version}, as data the client runs on.`)} */
export const vendor: Vendor = ${JSON.stringify(data).replaceAll("${", "\\u0024{")};
`;
}

/** What the variables of the server are unless a caller says otherwise. */
function serverVariables({ servers }: Spec): { variables?: Record<string, string> } {
  const names = [...(servers?.[0]?.url ?? "").matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return {};
  return {
    variables: Object.fromEntries(names.map((name) => [name, servers[0]?.variables?.[name]?.default ?? ""])),
  };
}

/** Which header carries the key, and what precedes it there. Throws when the spec has no scheme a client could use. */
export function auth(spec: Spec): { header: string; prefix: string; encoding?: "base64" } {
  const found = authOf(spec, Object.values(spec.components.securitySchemes ?? {})[0]);
  if (found) return found;
  throw new Error("the first security scheme must be http bearer or basic, or an apiKey in a header");
}

/** The same of any scheme; undefined where no header carries the key. */
export function authOf(
  spec: Spec,
  scheme: Spec["components"]["securitySchemes"][string] | undefined,
): { header: string; prefix: string; encoding?: "base64" } | undefined {
  if (scheme?.type === "http" && scheme.scheme === "basic")
    return { header: "Authorization", prefix: "Basic ", encoding: "base64" };
  if (scheme?.type === "http" && scheme.scheme === "bearer")
    return { header: "Authorization", prefix: "Bearer " };
  if (scheme?.type === "apiKey" && scheme.in === "header" && scheme.name)
    return { header: scheme.name, prefix: spec["x-convo"].keyPrefix ?? "" };
  return undefined;
}

function operationData(spec: Spec, row: Row): object {
  const { kind, page, limits, scalar, empty, required, stream, body, separators, operation } = row;
  const contentType = body && operation["x-convo-content-type"];
  return {
    route: `${row.method} ${row.path}`,
    kind,
    ...(body ? { body: body.required ? "required" : "optional" } : {}),
    ...(body?.isForm ? { form: true } : {}),
    ...(contentType ? { contentType } : {}),
    ...(separators ? { separators } : {}),
    ...(scalar ? { scalar } : {}),
    ...(empty ? { empty } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(stream ? { stream: stream.unless ? { unless: stream.unless } : {} } : {}),
    ...(page ? { page } : {}),
    ...(limits ? { limits } : {}),
    ...(body && operation["x-convo-replaces"] === true ? { fields: fieldsOf(spec, body.schema) } : {}),
  };
}

/** The fields of a body that a caller can set, those of what it consists of included. */
const fieldsOf = (spec: Spec, name: string): string[] =>
  [...propertiesOf(spec, { $ref: `#/components/schemas/${name}` })].flatMap(([field, { readOnly }]) =>
    readOnly ? [] : [field],
  );
