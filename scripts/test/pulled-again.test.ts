/** Documents from the wild, changed as their vendors change them: what the next pull makes of it, and its rating. */
import { expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { checkSpec } from "../generate/check.ts";
import { clientFile } from "../generate/client.ts";
import type { Schema, Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { parseSpec } from "../generate/parse.ts";
import { surfaceOf } from "../pull/surface.ts";
import { document } from "./documents.ts";

/** A document as its vendor writes it, with nothing known of its parts. */
// biome-ignore lint/suspicious/noExplicitAny: each case knows its document
type Upstream = any;

/** Pulls a document, and once more when it has changed. */
function pulledTwice(name: string, change: (upstream: Upstream) => void) {
  const upstream = parseSpec(document(name), name) as Upstream;
  const first = surfaceOf("desk", structuredClone(upstream), undefined, {});
  const before = checkSpec(first.document as unknown as Spec, "desk");
  change(upstream);
  const { document: next } = surfaceOf("desk", upstream, structuredClone(before), { paths: first.paths });
  const after = checkSpec(next as unknown as Spec, "desk");
  const changes = diffSpecs(before, after);
  return {
    after,
    rating: rate(changes),
    said: changes.map(({ field, what }) => `${field} ${what}`).join("; "),
  };
}

const json = (schema: Schema): object => ({
  "200": { description: "ok", content: { "application/json": { schema } } },
});

it.each<[string, string, string, (upstream: Upstream) => void]>([
  // Spelling is no change.
  [
    "54-path-items-and-siblings",
    "path items written in place",
    "patch",
    (doc) => {
      const { Sessions, Session } = doc.components.pathItems;
      doc.paths = { "/sessions": Sessions, "/sessions/{sessionId}": Session };
    },
  ],
  [
    "54-path-items-and-siblings",
    "what stands beside a reference as a part",
    "patch",
    ({ components: { schemas } }) => {
      const { $ref, ...rest } = schemas.Session;
      schemas.Session = { allOf: [{ $ref }, rest] };
    },
  ],
  [
    "48-fields-inside-of-attributes",
    "the same header under another scheme",
    "patch",
    (doc) => {
      doc.components.securitySchemes.Bearer = { type: "http", scheme: "bearer" };
    },
  ],
  ["48-fields-inside-of-attributes", "servers in another order", "patch", (doc) => doc.servers.reverse()],
  [
    "50-tasks-and-offsets-that-are-texts",
    "a chain made shorter",
    "patch",
    ({ components: { schemas } }) => {
      const properties = { ...schemas.Resource.properties, name: { type: "string" } };
      schemas.TaskCompact = { type: "object", properties };
    },
  ],
  // The wire.
  [
    "48-fields-inside-of-attributes",
    "a server that is gone",
    "major",
    (doc) => {
      doc.servers = doc.servers.slice(1);
    },
  ],
  [
    "56-names-that-are-ids",
    "another base path",
    "major",
    (doc) => {
      doc.basePath = "/rest/v2";
    },
  ],
  [
    "60-demanded-inside-of-a-box",
    "another default of a server's variable",
    "major",
    (doc) => {
      doc.servers[0].variables.domain.default = "harbor";
    },
  ],
  [
    "54-path-items-and-siblings",
    "an answer without a body",
    "major",
    (doc) => {
      doc.components.pathItems.Session.delete.responses = { "204": { description: "Gone." } };
    },
  ],
  [
    "54-path-items-and-siblings",
    "another status with the same body",
    "minor",
    (doc) => {
      const { responses } = doc.components.pathItems.Session.delete;
      responses["200"] = responses["202"];
      delete responses["202"];
    },
  ],
  // Bodies.
  [
    "60-demanded-inside-of-a-box",
    "a field in a box no longer demanded",
    "minor",
    ({ components: { schemas } }) => {
      schemas.TicketCreateRequest.properties.ticket = { $ref: "#/components/schemas/TicketInput" };
    },
  ],
  [
    "60-demanded-inside-of-a-box",
    "a field in a box demanded",
    "major",
    ({ components: { schemas } }) => {
      const parts = [{ $ref: "#/components/schemas/TicketInput" }, { required: ["comment"] }];
      schemas.TicketUpdateRequest.properties.ticket = { allOf: parts };
    },
  ],
  [
    "60-demanded-inside-of-a-box",
    "another box around an answer",
    "major",
    ({ components: { schemas } }) => {
      const { ticket, ...others } = schemas.TicketUpdateResponse.properties;
      schemas.TicketUpdateResponse.properties = { ...others, data: ticket };
    },
  ],
  [
    "48-fields-inside-of-attributes",
    "an attribute of an answer that is gone",
    "major",
    ({ components: { schemas } }) => {
      delete schemas.ConversationDoc.properties.data.properties.attributes.properties.status;
    },
  ],
])("%s, %s: %s", (name, _, expected, change) => {
  const { rating, said } = pulledTwice(name, change);
  expect([rating, said]).toEqual([expected, expect.any(String)]);
});

it("a list that is new goes on as one of the first pull would", () => {
  const path = "/v1/conversations/{id}/messages";
  const { after, rating } = pulledTwice("48-fields-inside-of-attributes", (doc) => {
    const message = { type: "object", properties: { id: { type: "string" } } };
    const messages = { type: "array", items: message };
    const schema = { type: "object", properties: { messages, next_cursor: { type: "string" } } };
    doc.paths[path] = {
      parameters: doc.paths["/v1/conversations/{id}"].parameters,
      get: {
        parameters: [{ name: "cursor", in: "query", schema: { type: "string" } }],
        responses: json(schema),
      },
    };
  });
  expect(rating).toBe("minor");
  expect(after.paths[path]?.get).toMatchObject({
    "x-convo-page": { param: "cursor", cursor: "body.next_cursor", items: "messages" },
  });
});

it("a list whose rows have another name goes on by it", () => {
  const { after, rating } = pulledTwice("42-author-and-cursor-inside", ({ components: { schemas } }) => {
    const { threads, ...others } = schemas.Threads.properties;
    schemas.Threads.properties = { ...others, results: threads };
    schemas.Threads.required = ["results"];
  });
  expect(rating).toBe("major");
  expect(after.paths["/threads"]?.get).toMatchObject({ "x-convo-page": { items: "results" } });
  expect(() => clientFile({ vendor: "desk", spec: after }, rows(after))).not.toThrow();
});

it("variables of a server keep their values", () => {
  const { after } = pulledTwice("60-demanded-inside-of-a-box", (doc) => {
    doc.info.version = "2.1.0";
  });
  expect(after.servers[0]?.variables).toMatchObject({
    subdomain: { default: "d3v-acme" },
    domain: { default: "harbordesk" },
  });
});

it("operations keep their names, whatever new ones beside them are called", () => {
  const item = "/threads/{thread_ref}";
  const { after } = pulledTwice("00-control", ({ paths }) => {
    const { parameters, get } = paths[item];
    const { responses } = get;
    paths[`${item}:close`] = { parameters, post: { operationId: "getConversation", responses } };
    paths["/threads/archive"] = { get: { operationId: "updateConversation", responses } };
    get.operationId = "listConversations";
  });
  const named = rows(after).map(({ name, method, path }) => [name, `${method} ${path}`]);
  expect(Object.fromEntries(named)).toMatchObject({
    getConversation: `GET ${item}`,
    updateConversation: `PATCH ${item}`,
    listConversations: "GET /threads",
    getConversation2: `POST ${item}:close`,
    updateConversation2: "GET /threads/archive",
  });
});
