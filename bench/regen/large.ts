/** A large API as a vendor might publish it: 1,000 operations and their schemas, 15 MB of JSON. Made again each time, never committed. */

/** What the large document is made with. */
export interface LargeOptions {
  operations: number;
  /** Bytes of JSON to reach, by prose. */
  bytes: number;
  /** What the vendor changed: a limit, a field and an operation, deep in some of the schemas. */
  isChanged?: boolean;
}

const OPERATIONS_PER_RESOURCE = 5;
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object): object => ({ "application/json": { schema } });

/** The document's text. */
export function largeDocument({ operations, bytes, isChanged = false }: LargeOptions): string {
  const count = Math.ceil(operations / OPERATIONS_PER_RESOURCE);
  const paths: Record<string, object> = {};
  const schemas: Record<string, object> = { Error: fields({ message: { type: "string" } }) };
  for (let index = 0; index < count; index += 1) {
    const isTouched = isChanged && index % 50 === 7;
    Object.assign(paths, resourcePaths(index));
    Object.assign(schemas, resourceSchemas(index, count, isTouched));
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "Large API", version: isChanged ? "2" : "1" },
    servers: [{ url: "https://api.large.example/v1" }],
    security: [{ Bearer: [] }],
    paths,
    components: { securitySchemes: { Bearer: { type: "http", scheme: "bearer" } }, schemas },
  };
  return padded(document, Object.values(schemas), bytes);
}

function resourcePaths(index: number): Record<string, object> {
  const name = `Resource${index}`;
  const base = index === 0 ? "/conversations" : `/conversations/{conversation_id}/resources${index}`;
  const id = index === 0 ? "conversation_id" : "id";
  const parent = index === 0 ? [] : [parameter("conversation_id")];
  const answer = {
    "200": { description: "It.", content: json(ref(name)) },
    default: { description: "Failure.", content: json(ref("Error")) },
  };
  const list = { ...answer, "200": { description: "A page.", content: json(ref(`${name}List`)) } };
  const body = { required: true, content: json(ref(`${name}Input`)) };
  const operation = (verb: string, more: object): object => ({
    operationId: `${verb}${name}`,
    responses: answer,
    ...more,
  });
  return {
    [base]: {
      parameters: parent,
      get: operation("list", { responses: list }),
      post: operation("create", { requestBody: body }),
    },
    [`${base}/{${id}}`]: {
      parameters: [...parent, parameter(id)],
      get: operation("get", {}),
      patch: operation("update", { requestBody: body }),
      delete: operation("delete", {}),
    },
  };
}

const parameter = (name: string): object => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
});

const fields = (properties: object, required: string[] = []): Record<string, object | string> => ({
  type: "object",
  properties,
  required,
});

/** Each resource holds the next two, so that everything is reached from everywhere, as in real APIs. */
function resourceSchemas(index: number, count: number, isTouched: boolean): Record<string, object> {
  const name = `Resource${index}`;
  const next = (step: number): object => ref(`Resource${(index + step) % count}`);
  const plain = Object.fromEntries(
    Array.from({ length: 20 }, (_, field) => [
      `field_${field}`,
      field % 3 === 0
        ? { type: ["string", "null"], maxLength: isTouched && field === 9 ? 99 : 200 }
        : field % 3 === 1
          ? { type: "integer", minimum: 0 }
          : { anyOf: [{ type: "string", enum: ["open", "closed"] }, { type: "string" }] },
    ]),
  );
  const kinds = ["text", "image", "call"].map((kind) => `${name}${kind}`);
  return {
    [name]: fields(
      {
        id: { type: "string" },
        ...plain,
        parts: { type: "array", items: ref(`${name}Part`) },
        a: next(1),
        b: next(2),
      },
      ["id"],
    ),
    [`${name}Input`]: fields({ ...plain, ...(isTouched ? { added: { type: "string" } } : {}) }),
    [`${name}List`]: fields({ data: { type: "array", items: ref(name) }, has_more: { type: "boolean" } }),
    [`${name}Part`]: { oneOf: kinds.map(ref), discriminator: { propertyName: "type" } },
    ...Object.fromEntries(
      kinds.map((kind) => [kind, fields({ type: { type: "string", enum: [kind] }, ...plain }, ["type"])]),
    ),
  };
}

/** Spreads prose over the schemas until the text has the size. */
function padded(document: object, schemas: object[], bytes: number): string {
  const missing = bytes - JSON.stringify(document).length;
  const sentence = "What this is, what it is for, and when the vendor sets it. ";
  const times = Math.max(0, Math.floor(missing / schemas.length / sentence.length));
  for (const schema of schemas) Object.assign(schema, { description: sentence.repeat(times) });
  return JSON.stringify(document);
}
