/** The parts of an OpenAPI 3.1 document that the generator looks at, and our extensions. */

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
  pattern?: string;
  maxProperties?: number;
  description?: string;
  [extension: string]: unknown;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema?: Schema;
  example?: unknown;
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
  /** A write sets every field: one that is left out is cleared. */
  "x-convo-replaces"?: boolean;
  "x-convo-page"?: Record<string, unknown>;
  /** The content type of a JSON body, where it is not `application/json`. */
  "x-convo-content-type"?: string;
  "x-convo-json-when"?: Record<string, boolean | number | string>;
}

/** What our specs say beyond OpenAPI: see "The spec format" in CONTRIBUTING.md. */
export interface ConvoExtension {
  displayName: string;
  docs?: string;
  keyPrefix?: string;
  /** Sent with every request: header -> value. */
  headers?: Record<string, string>;
  env: { apiKey: string; baseUrl?: string; headers?: Record<string, string> };
  requestId?: string[];
  /** Response headers that tell the rate limit for requests. */
  rateLimit?: { limit: string; remaining: string; reset?: string; resetIn?: string };
  /** Request header of the idempotency keys that the vendor honours. */
  idempotencyHeader?: string;
  /** Error codes of a response's body; `retryable` ones say that certainly nothing was done. */
  errors?: Record<string, { kind: string; retryable: boolean }>;
}

export interface Spec {
  info: { title: string; version: string; summary?: string; description?: string };
  servers: { url: string; variables?: Record<string, { default: string }> }[];
  security?: Record<string, string[]>[];
  paths: Record<string, Record<string, OperationObject | Parameter[]>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { type: string; scheme?: string; in?: string; name?: string }>;
    [section: string]: Record<string, unknown>;
  };
  "x-convo": ConvoExtension;
}
