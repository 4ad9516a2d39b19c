/** `src/vendor.ts`: the vendor as data the client runs on. */
import { comment, header } from "./client.ts";
import type { Row } from "./operations.ts";
import type { Spec, VendorSpec } from "./spec.ts";

/** `src/vendor.ts`: base URL, credentials and operations, as quoted data only. */
export function vendorFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const convo = spec["x-convo"];
  const data = {
    name: vendor,
    baseUrl: spec.servers[0]?.url.replace(/\/+$/, ""),
    auth: auth(spec),
    env: convo.env,
    requestId: (convo.requestId ?? []).map((header) => header.toLowerCase()),
    ...(convo.headers && { headers: convo.headers }),
    ...(convo.rateLimit && { rateLimit: convo.rateLimit }),
    ...(convo.idempotencyHeader && { idempotencyHeader: convo.idempotencyHeader.toLowerCase() }),
    ...(convo.errors && { errors: convo.errors }),
    operations: Object.fromEntries(rows.map((row) => [row.name, operation(row)])),
  };
  return `${header(vendor)}import type { Vendor } from "@convo/client";

/** ${comment(`${convo.displayName}: ${spec.info.title} ${spec.info.version}, as data the client runs on.`)} */
export const vendor: Vendor = ${JSON.stringify(data)};
`;
}

/** Which header carries the key, and what precedes it there. Throws when the spec has no scheme a client could use. */
export function auth(spec: Spec): { header: string; prefix: string } {
  const scheme = Object.values(spec.components.securitySchemes)[0];
  if (scheme?.type === "http" && scheme.scheme === "bearer")
    return { header: "Authorization", prefix: "Bearer " };
  if (scheme?.type === "apiKey" && scheme.in === "header" && scheme.name)
    return { header: scheme.name, prefix: spec["x-convo"].keyPrefix ?? "" };
  throw new Error("the first security scheme must be http bearer or an apiKey in a header");
}

function operation(row: Row): object {
  const { kind, page, limits, scalar } = row;
  return {
    route: `${row.method} ${row.path}`,
    kind,
    ...(row.body ? { body: true } : {}),
    ...(row.query ? { query: true } : {}),
    ...(scalar ? { scalar } : {}),
    ...(page ? { page } : {}),
    ...(limits ? { limits } : {}),
  };
}
