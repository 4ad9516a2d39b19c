import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSpec } from "../generate/spec.ts";
import { pull } from "../pull/pull.ts";
import { acme, acmeFolder, acmeText } from "./acme.ts";

describe("a vendor's own document", () => {
  const vendors = {
    openapi: "3.0.3",
    info: { title: "Acme", version: "2" },
    servers: [{ url: "https://api.acme.example/v1" }],
    security: [{ ApiKey: [] }],
    paths: {
      "/models": { get: { operationId: "list-models", responses: { 200: { description: "x" } } } },
      "/conversations/{id}": {
        get: {
          operationId: "conversations_retrieve",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: {
            200: {
              description: "It.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Conv" } } },
            },
          },
        },
        patch: {
          operationId: "conversations.partial-update",
          summary: "Update",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    read: { type: "boolean", default: false },
                    name: { type: "string", nullable: true },
                    default: { type: "string" },
                    extra: { type: "object" },
                  },
                },
              },
            },
          },
          responses: {
            200: {
              description: "It.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Conv" } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: { ApiKey: { type: "http", scheme: "bearer" } },
      schemas: {
        Conv: {
          type: "object",
          properties: { id: { type: "string" }, at: { $ref: "#/components/schemas/Time", nullable: true } },
        },
        Time: { type: "string" },
        Other: { type: "object" },
      },
    },
  };

  it("gets the names callers know, and is said the way the generator needs it", async () => {
    const { root, write } = acmeFolder();
    write("specs/acme/openapi.yaml", acmeText);
    const upstream = write("upstream.json", JSON.stringify(vendors));
    expect((await pull(root, "acme", upstream, { paths: ["/conversations"] }, "2026-11-20")).state).toBe(
      "changed",
    );
    const { spec } = loadSpec(join(root, "specs"), "acme");
    const item = spec.paths["/conversations/{id}"] as unknown as Record<string, Record<string, unknown>>;
    expect(item.patch?.operationId).toBe("updateConversation");
    expect(item.patch?.["x-vendor-operation-id"]).toBe("conversations.partial-update");
    expect(item.get?.operationId).toBe("getConversation");
    expect(Object.keys(spec.components.schemas)).toEqual(["Conv", "Time", "UpdateConversationBody"]);
    expect(spec.components.schemas.UpdateConversationBody?.properties).toEqual({
      read: { type: "boolean", "x-vendor-default": false },
      name: { type: ["string", "null"] },
      default: { type: "string" },
      extra: { type: "object", additionalProperties: true },
    });
    expect(spec.components.schemas.Conv?.properties?.at).toEqual({
      anyOf: [{ $ref: "#/components/schemas/Time" }, { type: "null" }],
    });
    expect(spec["x-convo"]).toEqual(acme["x-convo"]);
    expect(Object.keys(spec.paths)).toEqual(["/conversations/{id}"]);
  });
});
