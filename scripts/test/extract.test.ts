import { describe, expect, it } from "vitest";
import type { Spec } from "../generate/openapi.ts";
import { extract } from "../pull/extract.ts";
import { edited, fixture } from "./edit.ts";

const acme = fixture("acme.yaml") as Spec;
const { places } = fixture("changes.yaml") as { places: Record<string, string> };

describe("the conversation surface", () => {
  const whole = edited(acme, {}, places) as unknown as Record<string, Record<string, unknown>>;
  Object.assign(whole.paths ?? {}, {
    "/conversation-exports": {
      get: {
        operationId: "listExports",
        tags: ["Exports"],
        responses: { "200": { $ref: "#/components/responses/Export" } },
      },
    },
    "/models": { get: { operationId: "listModels", responses: {} } },
  });
  Object.assign(whole.components?.responses ?? {}, {
    Export: {
      description: "x",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Export" } } },
    },
  });
  Object.assign(whole.components?.schemas ?? {}, {
    Export: { type: "object", properties: { conversation: { $ref: "#/components/schemas/Conversation" } } },
  });
  Object.assign(whole, {
    tags: [...(whole.tags as unknown as object[]), { name: "Exports" }],
    webhooks: { x: {} },
  });

  it("is the paths asked for and what they reach, and nothing else", () => {
    expect(extract(whole, ["/conversations"])).toEqual(acme);
  });

  it("keeps what a header refers to, whatever it is called", () => {
    const { paths, components } = edited(acme, {}, places) as unknown as {
      paths: Record<string, Record<string, { responses: Record<string, object> }>>;
      components: object;
    };
    const answer = paths["/conversations/{conversation_id}"]?.get?.responses["404"] ?? {};
    delete (answer as { $ref?: string }).$ref;
    const headers = { "x-request-id": { $ref: "#/components/headers/RequestId" } };
    Object.assign(answer, { description: "None.", headers });
    const RequestId = { schema: { type: "string" } };
    Object.assign(components, { headers: { RequestId, Unused: RequestId } });
    const part = extract({ paths, components }, ["/conversations"]);
    expect(part.components).toMatchObject({ headers: { RequestId } });
    expect(part.components).not.toHaveProperty("headers.Unused");
  });

  it("does not mind what path parameters are called", () => {
    expect(Object.keys(extract(whole, ["/conversations/{x}/messages"]).paths as object)).toEqual([
      "/conversations/{conversation_id}/messages",
    ]);
  });

  it("takes requirements of any shape, which are checked later", () => {
    for (const security of [{}, [null], "x"])
      expect(extract({ ...whole, security }, ["/conversations"]).paths).toEqual(acme.paths);
  });

  it("is an error when it is empty", () => {
    expect(() => extract(whole, ["/threads"])).toThrow("/threads");
  });
});
