/** Vendors' documents as they come: what is taken, what is left out by name, and what is said about it. */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkSpec } from "../generate/check.ts";
import type { OperationObject, Schema, Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { parseSpec } from "../generate/parse.ts";
import { propertiesOf } from "../generate/properties.ts";
import { schemaFile } from "../generate/types.ts";
import { vendorFile } from "../generate/vendor.ts";
import { shapeOf, type VendorShape } from "../new/vendor-shape.ts";
import { noteLines, overlayText } from "../pull/note.ts";
import { surfaceOf, type Wishes } from "../pull/surface.ts";
import { toOpenApi31 } from "../pull/upgrade.ts";
import { document, documentNames } from "./documents.ts";

function read(text: string, wishes: Wishes = {}, overlay?: unknown) {
  const upstream = parseSpec(text, "desk") as Record<string, unknown>;
  const { document: adapted, notes, paths } = surfaceOf("desk", upstream, undefined, wishes, "", overlay);
  const spec = checkSpec(adapted as unknown as Spec, "desk");
  return { spec, notes, paths, said: noteLines(notes).join("\n"), names: rows(spec).map(({ name }) => name) };
}

const VERBS = ["listConversations", "createConversation", "getConversation", "updateConversation"];

describe("a document of each kind", () => {
  it.each(documentNames)("%s is read, and its types are made", (name) => {
    const { spec, names, paths } = read(document(name));
    expect(paths[0]).toMatch(/^\//);
    expect(names).toContain("getConversation");
    expect(schemaFile(spec)).toContain("export interface paths");
  });

  it.each<[string, RegExp, string[]]>([
    ["01-no-security-schemes", /missing .*no security scheme .*bearer token is assumed \(--auth/, VERBS],
    ["02-no-servers", /missing .*no server with a full URL.*--server/, VERBS],
    ["03-dotted-schema-names", /mended .*\['desk\.v1\.thread'\]: is called DeskV1Thread/, VERBS],
    [
      "07-one-multipart-operation",
      /left out \$\.paths\['.*attachment'\]\.post: attach: its body is multipart/,
      VERBS,
    ],
    ["08-oauth2-listed-before-bearer", /pat is used; also there: oauth/, VERBS],
    ["16-fragment-in-one-path", /left out .*#live'\]\.get: getThreadLive: the path holds/, VERBS],
    ["17-one-operation-without-success", /left out .*listen: it has no successful answer/, VERBS],
    [
      "13-post-on-the-item-is-no-update",
      /^missing .*this API has no update/,
      [...VERBS.filter((name) => name !== "updateConversation"), "appendToThread"],
    ],
    [
      "20-update-is-a-post-below-the-item",
      /POST \/threads\/\{thread_ref\}\/rename is taken for the update/,
      VERBS,
    ],
  ])("%s is told in words, and the rest is taken", (name, message, expected) => {
    const { said, names } = read(document(name));
    expect(said).toMatch(message);
    expect(names.sort()).toEqual([...expected].sort());
  });

  it.each<[string, string]>([
    ["05-object-with-empty-properties", "hints?: {\n                [key: string]: unknown;"],
    ["18-enum-of-strings-on-type-object", 'mood?: "calm" | "cross"'],
  ])("%s has the types that were meant", (name, text) => {
    expect(schemaFile(read(document(name)).spec)).toContain(text);
  });
});

describe("a body with a verb that has none", () => {
  const withBodies = (required: boolean) => {
    const doc = parse(document("00-control"));
    const schema = { type: "object", properties: { reason: { type: "string" } } };
    const requestBody = { required, content: { "application/json": { schema } } };
    const item = doc.paths["/threads/{thread_ref}"];
    item.delete = { operationId: "deleteThread", requestBody, responses: { 204: { description: "Gone." } } };
    item.get.requestBody = requestBody;
    return read(JSON.stringify(doc));
  };

  it("is left out where it is optional, and the methods take none", () => {
    const { spec, said, names } = withBodies(false);
    expect(names).toEqual(expect.arrayContaining(["getConversation", "deleteConversation"]));
    expect(said).toMatch(/left out .*\.get\.requestBody: no body is sent with GET; this one is optional/);
    expect(said).toMatch(/left out .*\.delete\.requestBody: no body is sent with DELETE/);
    const { paths } = spec;
    expect(paths["/threads/{thread_ref}"]).not.toMatchObject({ get: { requestBody: expect.anything() } });
  });

  it("takes the operation with it where it is demanded", () => {
    const { said, names } = withBodies(true);
    expect(said).toMatch(/left out .*\.get: getThread: its body cannot be sent with GET/);
    expect(said).toMatch(/left out .*\.delete: deleteThread: its body cannot be sent with DELETE/);
    expect(names).not.toContain("getConversation");
    expect(names).not.toContain("deleteConversation");
  });

  it("is never printed, whoever wrote the spec", () => {
    const { spec } = read(document("00-control"));
    const get = spec.paths["/threads/{thread_ref}"]?.get as OperationObject;
    const { patch } = spec.paths["/threads/{thread_ref}"] as { patch: OperationObject };
    get.requestBody = { ...patch.requestBody, required: false };
    expect(rows(spec).find(({ name }) => name === "getConversation")?.body).toBeUndefined();
    get.requestBody.required = true;
    expect(() => rows(spec)).toThrow("getConversation: its body cannot be sent with GET");
  });
});

describe("what a request is made of", () => {
  const withQuery = (...parameters: object[]) => {
    const doc = parse(document("00-control"));
    doc.paths["/threads"].get.parameters = parameters.map((one) => ({ in: "query", ...one }));
    const { spec, said } = read(JSON.stringify(doc));
    const row = rows(spec).find(({ path, method }) => path === "/threads" && method === "GET");
    const list = spec.paths["/threads"]?.get as OperationObject | undefined;
    return {
      said,
      row,
      parameters: list?.parameters?.map(({ name, required }) => [name, required ?? false]),
    };
  };
  const items = { type: "string" };
  const list = { type: "array", items };
  const filter = { type: "object", required: ["open"], properties: { open: items, since: items } };

  it("is a list with a separator, where it is not repeated", () => {
    const { row } = withQuery(
      { name: "ids", explode: false, schema: list },
      { name: "tags", style: "pipeDelimited", schema: { anyOf: [list, { type: "null" }] } },
      { name: "words", style: "spaceDelimited", explode: false, schema: list },
      { name: "each", schema: list },
      { name: "all", style: "form", explode: true, schema: list },
      { name: "text", explode: false, schema: items },
    );
    expect(row?.separators).toEqual({ ids: ",", tags: "%7C", words: "%20" });
  });

  it("is a list with commas in Swagger 2, unless it says otherwise", () => {
    const doc = parse(document("19-swagger-2"));
    const [path = ""] = Object.keys(doc.paths);
    const parameter = { in: "query", type: "array", items };
    doc.paths[path].get.parameters = [
      { name: "ids", ...parameter },
      { name: "each", ...parameter, collectionFormat: "multi" },
    ];
    const { spec } = read(JSON.stringify(doc));
    expect(rows(spec).find((row) => row.path === path && row.method === "GET")?.separators).toEqual({
      ids: ",",
    });
  });

  it("is one parameter for each field of an object", () => {
    const { parameters, said } = withQuery(
      { name: "filter", style: "deepObject", schema: filter, required: true },
      { name: "where", schema: { type: "object", properties: { mine: items, not: filter } } },
    );
    expect(parameters).toEqual([
      ["filter[open]", true],
      ["filter[since]", false],
      ["mine", false],
    ]);
    expect(said).toMatch(
      /mended .*: filter of the query is an object, sent as filter\[open\], filter\[since\]/,
    );
  });

  it.each<[string, object]>([
    ["of any names", { style: "deepObject", schema: { type: "object", additionalProperties: items } }],
    ["in one text", { explode: false, schema: filter }],
    ["as JSON", { content: { "application/json": { schema: filter } } }],
    ["in a list", { schema: { type: "array", items: filter } }],
  ])("leaves out an object %s, and the method where it is demanded", (_, parameter) => {
    const { parameters, said } = withQuery({ name: "filter", ...parameter });
    expect(parameters).toEqual([]);
    expect(said).toMatch(/left out .*: filter of the query is an object that has no form there/);
    const demanded = withQuery({ name: "filter", required: true, ...parameter });
    expect(demanded.row).toBeUndefined();
    expect(demanded.said).toMatch(/left out .*listConversations: filter of its query is an object, which/);
  });

  it.each([
    ["application/vnd.api+json", "application/vnd.api+json"],
    ["application/merge-patch+json", "application/merge-patch+json"],
    ["application/json; charset=utf-8", undefined],
    ["*/*", undefined],
  ])("is a body of the type %s", (type, contentType) => {
    const doc = parse(document("00-control"));
    const { requestBody } = doc.paths["/threads/{thread_ref}"].patch;
    requestBody.content = { [type]: requestBody.content["application/json"] };
    const { spec } = read(JSON.stringify(doc));
    const text = vendorFile({ vendor: "desk", spec }, rows(spec));
    expect(/"contentType":"([^"]*)"/.exec(text)?.[1]).toBe(contentType);
    requestBody.content["application/json"] = requestBody.content[type];
    const both = read(JSON.stringify(doc)).spec;
    expect(vendorFile({ vendor: "desk", spec: both }, rows(both))).not.toContain("contentType");
  });

  it("is what an operation says of a parameter of its path", () => {
    const doc = parse(document("00-control"));
    const item = doc.paths["/threads/{thread_ref}"];
    const reference = (type: string) => ({
      name: "thread_ref",
      in: "path",
      required: true,
      schema: { type },
    });
    item.parameters = [reference("string")];
    for (const method of ["get", "patch"]) item[method].parameters = [reference("integer")];
    const { spec } = read(JSON.stringify(doc));
    const get = rows(spec).find(({ name }) => name === "getConversation");
    expect(get?.pathParameters[0]?.type).toBe("number");
    expect((shapeOf(spec) as VendorShape).id.isInteger).toBe(true);
  });
});

describe("a schema that a body shares with an answer", () => {
  const shared = (change: (doc: ReturnType<typeof parse>) => void = () => {}) => {
    const doc = parse(document("00-control"));
    const { Thread } = doc.components.schemas;
    Thread.required = ["id", "title", "created_at"];
    for (const name of ["id", "created_at"]) Thread.properties[name].readOnly = true;
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Thread" } } };
    doc.paths["/threads"].post.requestBody = { required: true, content };
    doc.paths["/threads/{thread_ref}"].patch.requestBody = { required: true, content };
    change(doc);
    return read(JSON.stringify(doc)).spec;
  };
  const bodies = (spec: Spec) => rows(spec).flatMap(({ name, body }) => (body ? [[name, body.schema]] : []));
  const fields = (spec: Spec, name: string) => [...propertiesOf(spec, spec.components.schemas[name]).keys()];

  it("demands of the body what a caller can know", () => {
    const spec = shared();
    expect(Object.fromEntries(bodies(spec))).toEqual({
      createConversation: "ThreadBody",
      updateConversation: "ThreadBody",
    });
    expect(spec.components.schemas.ThreadBody).toMatchObject({ required: ["title"] });
    expect(fields(spec, "Thread")).toEqual(expect.arrayContaining(["id", "created_at", "title"]));
    expect(fields(spec, "ThreadBody")).not.toContain("id");
    expect(fields(spec, "ThreadBody")).not.toContain("created_at");
  });

  it("does so in parts and in what is inside", () => {
    const spec = shared(({ components: { schemas }, paths }) => {
      const id = { type: "string", readOnly: true };
      const reply = { $ref: "#/components/schemas/Reply" };
      schemas.Named = { type: "object", properties: { id } };
      schemas.Reply = {
        allOf: [
          { $ref: "#/components/schemas/Named" },
          { type: "object", properties: { text: { type: "string" }, reply } },
        ],
        required: ["id", "text"],
      };
      schemas.Post = { type: "object", required: ["first"], properties: { first: reply } };
      const content = { "application/json": { schema: { $ref: "#/components/schemas/Post" } } };
      paths["/threads"].post.requestBody.content = content;
      schemas.Thread.properties.first = reply;
    });
    expect(Object.fromEntries(bodies(spec)).createConversation).toBe("Post");
    const { Post, ReplyBody, Reply } = spec.components.schemas;
    expect(Post?.properties?.first).toEqual({ $ref: "#/components/schemas/ReplyBody" });
    expect(ReplyBody?.required).toEqual(["text"]);
    expect(JSON.stringify(ReplyBody)).toContain('"reply":{"$ref":"#/components/schemas/ReplyBody"}');
    expect(Reply?.required).toEqual(["id", "text"]);
    expect(schemaFile(spec)).toContain("ReplyBody");
  });

  it("keeps its name where only bodies have it", () => {
    const spec = shared(({ components: { schemas }, paths }) => {
      schemas.ThreadNew = structuredClone(schemas.Thread);
      const content = { "application/json": { schema: { $ref: "#/components/schemas/ThreadNew" } } };
      paths["/threads"].post.requestBody.content = content;
    });
    expect(Object.fromEntries(bodies(spec)).createConversation).toBe("ThreadNew");
    expect(spec.components.schemas.ThreadNew?.required).toEqual(["title"]);
  });

  it("is not looked for in answers where only bodies have it", () => {
    const spec = shared(({ components: { schemas } }) => {
      schemas.Thread.properties.secret = { type: "string", writeOnly: true };
      schemas.Thread.required = ["secret", "title"];
    });
    expect(rows(spec).find(({ name }) => name === "getConversation")?.required).toEqual(["title"]);
  });

  it("is one where it demands nothing of the kind", () => {
    const spec = shared(({ components }) => {
      components.schemas.Thread.required = ["title"];
    });
    expect(Object.fromEntries(bodies(spec)).updateConversation).toBe("Thread");
  });

  it("has nothing read-only repeated from a read, or sent where a write replaces everything", () => {
    const shape = shapeOf(shared()) as VendorShape;
    expect(shape.demanded).toEqual(["title"]);
    const spec = shared(({ paths, components }) => {
      const item = paths["/threads/{thread_ref}"];
      item.put = item.patch;
      delete item.patch;
      components.schemas.Thread.required = ["title"];
    });
    const text = vendorFile({ vendor: "desk", spec }, rows(spec));
    expect(/"fields":(\[.*?\])/.exec(text)?.[1]).toMatch(/"title"/);
    expect(/"fields":(\[.*?\])/.exec(text)?.[1]).not.toMatch(/"id"|"created_at"/);
  });
});

describe("the report", () => {
  const all = (): string => {
    const doc = parse(document("07-one-multipart-operation"));
    delete doc.servers;
    delete doc.security;
    delete doc.components.securitySchemes;
    doc.paths["/threads"].get.responses = { 404: { description: "none" } };
    doc.paths["/threads"].post.responses["201"].content["application/json"].schema.$ref =
      "#/components/schemas/None";
    return JSON.stringify(doc);
  };

  it("has all faults at once, each with its place", () => {
    const { said } = read(all());
    expect(said.split("\n").filter((line) => /^(missing|left out)/.test(line))).toEqual([
      expect.stringMatching(/^missing {2}\$\.servers: /),
      expect.stringMatching(/^missing {2}\$\.components\.securitySchemes: /),
      expect.stringMatching(
        /^left out .*\.schema: it refers to "#\/components\/schemas\/None", which is not/,
      ),
      expect.stringMatching(
        /^left out \$\.paths\['\/threads'\]\.get: listThreads: it has no successful answer/,
      ),
      expect.stringMatching(
        /^left out \$\.paths\['\/threads'\]\.post: createThread: it refers to .*None", which is not there/,
      ),
      expect.stringMatching(/^left out \$\.paths\['\/threads\/\{thread_ref\}\/attachment'\]\.post: attach: /),
    ]);
  });

  it("offers corrections that mend what they are about, ready to be pasted", () => {
    const text = overlayText(read(all()).notes) ?? "";
    const mended = read(all(), {}, parse(text));
    expect(mended.said).not.toMatch(/^(missing|left out)/m);
    expect(mended.names).toEqual(expect.arrayContaining(["listConversations", "attachmentConversation"]));
    expect(mended.spec.servers[0]?.url).toBe("https://api.example.com");
  });

  it("tells a correction that is needless by now, and fails on one that matches nothing", () => {
    const info = { title: "x", version: "1" };
    const correct = (target: string) => ({
      overlay: "1.0.0",
      info,
      actions: [{ target, update: { title: "Desk" } }],
    });
    expect(read(document("00-control"), {}, correct("$.info")).said).toContain("changes nothing any more");
    expect(() => read(document("00-control"), {}, correct("$.infos"))).toThrow("matches nothing");
  });
});

describe("what is known better than a guess", () => {
  it("is the paths, the server and the credentials", () => {
    const doc = parse(document("00-control"));
    for (const path of ["/threads", "/threads/{thread_ref}"])
      doc.paths[path.replace("threads", "memos")] = doc.paths[path];
    expect(read(JSON.stringify(doc)).said).toContain(
      "/threads is taken for the conversations; also there: /memos",
    );
    const wishes = { paths: ["/memos"], server: "https://eu.desk.test", auth: "header:X-Key" };
    const { spec, names } = read(JSON.stringify(doc), wishes);
    expect(Object.keys(spec.paths)).toEqual(["/memos", "/memos/{thread_ref}"]);
    expect(spec.servers).toEqual([{ url: "https://eu.desk.test" }]);
    expect(Object.values(spec.components.securitySchemes)[0]).toEqual({
      type: "apiKey",
      in: "header",
      name: "X-Key",
    });
    expect(names).toEqual(expect.arrayContaining(["getConversation", "updateConversation"]));
  });

  it("is which of the lists is meant, where none that is called conversations is read by an id", () => {
    const doc = parse(document("00-control"));
    const { "/threads": all, "/threads/{thread_ref}": one } = doc.paths;
    doc.paths = { "/notebooks": all, "/notebooks/{thread_ref}": one, "/conversations": { get: all.get } };
    const { said, names, paths } = read(JSON.stringify(doc));
    expect(said).toContain("/conversations is taken for the conversations, none of which is read");
    expect(said).toContain("by an id there are /notebooks (--paths)");
    expect([paths, names]).toEqual([["/conversations"], ["listThreads"]]);
    expect(read(JSON.stringify(doc), { paths: ["/notebooks"] }).names.sort()).toEqual([...VERBS].sort());
  });

  it("is asked for where a read demands more than the id", () => {
    const doc = parse(document("00-control"));
    const parameters = [{ name: "token", in: "query", required: true, schema: { type: "string" } }];
    doc.paths["/threads/{thread_ref}"].get.parameters = parameters;
    const { said } = read(JSON.stringify(doc));
    expect(said).toMatch(
      /none of which is read and updated by its id|it cannot be read at the path of its id/,
    );
  });

  it("is asked for where read and update demand a query, with the overlay that lifts it", () => {
    const doc = parse(document("00-control"));
    const version = { name: "api-version", in: "query", required: true, schema: { type: "string" } };
    doc.paths["/threads/{thread_ref}"].parameters.push(version);
    const { said, notes } = read(JSON.stringify(doc));
    expect(said).toMatch(/^missing .*: api-version is demanded in the query, .* option `fetch`/);
    const lifted = read(JSON.stringify(doc), {}, parse(overlayText(notes) ?? ""));
    expect(lifted.names.sort()).toEqual([...VERBS].sort());
  });

  it("is asked for where an update demands a header of one call", () => {
    const doc = parse(document("00-control"));
    const version = { name: "If-Match", in: "header", required: true, schema: { type: "string" } };
    doc.paths["/threads/{thread_ref}"].patch.parameters = [version];
    expect(read(JSON.stringify(doc)).said).toMatch(
      /missing .*\.patch\.parameters: it demands the header If-Match/,
    );
  });

  it("is no update where it only says whom a conversation is assigned to", () => {
    const doc = parse(document("00-control"));
    const item = doc.paths["/threads/{thread_ref}"];
    const ids = { type: "array", items: { type: "string" } };
    const body = { type: "object", properties: { tag_ids: ids } };
    doc.components.schemas.Thread.properties.tag_ids = ids;
    doc.paths["/threads/{thread_ref}/tags"] = {
      parameters: item.parameters,
      post: { ...item.patch, requestBody: { content: { "application/json": { schema: body } } } },
    };
    delete item.patch;
    expect(read(JSON.stringify(doc)).said).toMatch(/^missing .*this API has no update of it/);
  });

  it("is which of the lists is called conversations as a whole", () => {
    const doc = parse(document("00-control"));
    const { "/threads": all, "/threads/{thread_ref}": one } = doc.paths;
    const get = { get: all.get };
    doc.paths = {
      "/notebooks": all,
      "/notebooks/{thread_ref}": one,
      "/charts/chats-by-tag": get,
      "/live/rooms": get,
    };
    expect(read(JSON.stringify(doc)).paths).toEqual(["/live/rooms"]);
  });

  it("is what makes one file of several", () => {
    const elsewhere = document("00-control").replaceAll("#/components/schemas/", "schemas.yaml#/");
    expect(() => read(elsewhere)).toThrow(/another document.*redocly\/cli bundle.*--overlay/s);
  });

  it("is refused where it makes no sense", () => {
    expect(() => read(document("00-control"), { auth: "magic" })).toThrow(/--auth magic: give bearer, basic/);
    expect(() => read(document("00-control"), { paths: ["/nowhere"] })).toThrow(
      "no path begins with /nowhere",
    );
  });

  it("is not needed for a relative server, where the document was fetched", () => {
    const doc = { ...parse(document("00-control")), servers: [{ url: "/v2" }] };
    const { document: adapted } = surfaceOf(
      "desk",
      doc,
      undefined,
      {},
      "https://docs.desk.test/openapi.json",
    );
    expect(adapted.servers).toEqual([{ url: "https://docs.desk.test/v2" }]);
  });

  it("is asked of the variables of a server", () => {
    const url = "https://{subdomain}.desk.test/{version}";
    const servers = [{ url, variables: { version: { default: "v1" } } }];
    const { said, spec } = read(JSON.stringify({ ...parse(document("00-control")), servers }));
    expect(said).toContain("{subdomain} of the server has to be passed");
    expect(said).toContain('{version} of the server is "v1" unless');
    expect(spec.servers).toEqual([
      { url, variables: { subdomain: { default: "" }, version: { default: "v1" } } },
    ]);
  });
});

describe("credentials", () => {
  const withSchemes = (securitySchemes: object, security?: object[]) => {
    const doc = parse(document("00-control"));
    doc.components.securitySchemes = securitySchemes;
    if (security) doc.security = security;
    else delete doc.security;
    return read(JSON.stringify(doc));
  };
  const key = (name: string) => ({ type: "apiKey", in: "header", name });

  it("may be called what no reference could be called", () => {
    const doc = parse(document("00-control"));
    doc.components.securitySchemes = { "Bearer Auth": { type: "http", scheme: "bearer" } };
    doc.security = [{ "Bearer Auth": [] }];
    expect(read(JSON.stringify(doc)).spec).toMatchObject({
      security: [{ BearerAuth: [] }],
      components: { securitySchemes: { BearerAuth: { type: "http", scheme: "bearer" } } },
    });
  });

  it("that go together are a key and headers", () => {
    const { spec } = withSchemes({ app: key("X-App"), user: key("X-User") }, [{ app: [], user: [] }]);
    expect(Object.values(spec.components.securitySchemes)).toEqual([key("X-App")]);
    expect(spec["x-convo"].env.headers).toEqual({ "X-User": "DESK_USER" });
  });

  it.each<[string, object, object]>([
    [
      "in the query are not used where there are others",
      { q: { type: "apiKey", in: "query", name: "k" }, h: key("K") },
      key("K"),
    ],
    ["of OAuth are a bearer token", { o: { type: "oauth2", flows: {} } }, { type: "http", scheme: "bearer" }],
    [
      "of basic authentication are used",
      { b: { type: "http", scheme: "Basic" } },
      { type: "http", scheme: "basic" },
    ],
  ])("%s", (_, schemes, expected) => {
    expect(Object.values(withSchemes(schemes).spec.components.securitySchemes)).toEqual([expected]);
  });

  it.each<[string, object[], object, string]>([
    [
      "of which one is in the query leave that to the caller",
      [{ t: [], q: [] }],
      key("Authorization"),
      "k goes in the query",
    ],
    [
      "come in several sets: that with a token",
      [
        { q: [], m: [] },
        { t: [], q: [], m: [] },
      ],
      key("Authorization"),
      "X-Mode comes from",
    ],
  ])("%s", (_, security, expected, message) => {
    const schemes = { m: key("X-Mode"), q: { ...key("k"), in: "query" }, t: key("Authorization") };
    const { spec, said } = withSchemes(schemes, security);
    expect(Object.values(spec.components.securitySchemes)).toEqual([expected]);
    expect(said).toContain(message);
  });

  it("that no scheme declares are a header that is called one, with a word before the key where somebody says so", () => {
    const doc = parse(document("00-control"));
    delete doc.components.securitySchemes;
    delete doc.security;
    doc.paths["/threads/{thread_ref}"].parameters.push({
      name: "Api-Token",
      in: "header",
      schema: { type: "string" },
    });
    expect(Object.values(read(JSON.stringify(doc)).spec.components.securitySchemes)).toEqual([
      key("Api-Token"),
    ]);
    const { spec } = read(JSON.stringify(doc), { auth: "header:Authorization:Bot" });
    expect(spec["x-convo"].keyPrefix).toBe("Bot ");
  });

  it("may be such a header of other operations alone", () => {
    const doc = parse(document("00-control"));
    delete doc.components.securitySchemes;
    delete doc.security;
    doc.paths["/threads"].post.parameters = [
      { name: "X-Page-Token", in: "header", required: true, schema: { type: "string" } },
      { name: "Api-Key", in: "header", required: true, schema: { type: "string" } },
    ];
    const { spec } = read(JSON.stringify(doc));
    expect(Object.values(spec.components.securitySchemes)).toEqual([key("Api-Key")]);
    expect(spec["x-convo"].env.headers).toEqual({ "X-Page-Token": "DESK_PAGE_TOKEN" });
  });

  it("and headers that every request needs are the client's", () => {
    const doc = parse(document("00-control"));
    doc.paths["/threads/{thread_ref}"].parameters.push(
      { name: "X-Version", in: "header", required: true, schema: { type: "string", enum: ["2026-01-01"] } },
      { name: "X-Tenant", in: "header", required: true, schema: { type: "string" } },
      { name: "X-Trace", in: "header", schema: { type: "string" } },
    );
    const { spec } = read(JSON.stringify(doc));
    expect(spec["x-convo"]).toMatchObject({
      headers: { "X-Version": "2026-01-01" },
      env: { headers: { "X-Tenant": "DESK_TENANT" } },
    });
    expect(JSON.stringify(spec["x-convo"])).not.toContain("X-Trace");
  });
});

describe("older documents", () => {
  const schemaOf = (schema: object): Schema => {
    const doc = {
      openapi: "3.0.3",
      paths: {},
      components: { schemas: { A: schema, B: { type: "object" } } },
    };
    return ((toOpenApi31(doc).document.components as Spec["components"]).schemas.A ?? {}) as Schema;
  };
  const B = { $ref: "#/components/schemas/B" };
  const none = { type: "null" };

  it.each<[string, object, object]>([
    ["a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["a reference", { ...B, nullable: true }, { anyOf: [B, none] }],
    [
      "allOf",
      { allOf: [B], nullable: true, description: "d" },
      { description: "d", anyOf: [{ allOf: [B] }, none] },
    ],
    ["oneOf", { oneOf: [B, { type: "string" }], nullable: true }, { oneOf: [B, { type: "string" }, none] }],
    ["anyOf", { anyOf: [B], nullable: true }, { anyOf: [B, none] }],
    [
      "allOf with a type",
      { type: "object", allOf: [B], nullable: true },
      { anyOf: [{ type: "object", allOf: [B] }, none] },
    ],
    [
      "an enum",
      { type: "string", enum: ["a"], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
  ])("keep null beside %s", (_, given, expected) => {
    expect(schemaOf(given)).toEqual(expected);
  });

  it("of Swagger 2.0 have their server, credentials and bodies", () => {
    const { spec } = read(document("19-swagger-2"));
    expect(spec.servers).toEqual([{ url: "https://api.desk.test/v1" }]);
    expect(Object.values(spec.components.securitySchemes)[0]).toMatchObject({
      in: "header",
      name: "Authorization",
    });
    expect(rows(spec).map(({ body }) => body?.schema)).toContain("ThreadChange");
  });

  it.each<[unknown, RegExp]>([
    [{ swagger: "1.2", paths: {} }, /1\.2 cannot be read/],
    [{ paths: {} }, /neither `openapi` nor `swagger`/],
    [{ openapi: "3.1.0", webhooks: {} }, /has webhooks and no `paths`/],
    [[], /no `paths`/],
    ["text", /no `paths`/],
  ])("that are invalid are refused in one sentence: %j", (given, message) => {
    expect(() => toOpenApi31(given)).toThrow(message);
  });
});
