import { describe, expect, test } from "vitest";
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "../src/index.ts";
import { failure, json, startServer } from "./helpers.ts";

// What other vendors' documents say of servers, credentials and bodies, as a vendor's generated data has it.
const server = await startServer();
const make = (data: Partial<Vendor>, options: ClientOptions = {}): AnyClient =>
  createClient<AnyClient>(
    {
      name: "desk",
      baseUrl: server.origin,
      auth: { header: "Authorization", prefix: "Bearer " },
      env: { apiKey: "DESK_API_KEY", baseUrl: "DESK_BASE_URL" },
      requestId: [],
      operations: {
        getThread: { route: "GET /threads/{id}", kind: "read" },
        updateThread: { route: "POST /threads/{id}", kind: "update", body: "required", form: true },
      },
      ...data,
    },
    { apiKey: "ada:s3cr3t-word", ...options },
  );
const read = (client: AnyClient) => client.request("GET /threads/{id}", { path: { id: "1" } });

describe("a form", () => {
  const send = async (body: unknown): Promise<string | undefined> => {
    server.on((_, response) => json(response, 200, {}));
    await make({}).request("POST /threads/{id}", { path: { id: "1" }, body });
    return server.seen.at(-1)?.body;
  };

  test("is sent as one, lists repeated and objects in brackets", async () => {
    const body = {
      Title: "a & b = ü",
      open: true,
      n: 2,
      tags: ["x", "y"],
      data: { a: { b: 1 } },
      none: null,
    };
    expect(await send(body)).toBe(
      "Title=a%20%26%20b%20%3D%20%C3%BC&open=true&n=2&tags=x&tags=y&data%5Ba%5D%5Bb%5D=1&none=",
    );
    expect(server.seen.at(-1)?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect([...new URLSearchParams(await send(body))]).toContainEqual(["Title", "a & b = ü"]);
  });

  test("is made again by a callback before every attempt", async () => {
    expect(await send(() => ({ Title: "made" }))).toBe("Title=made");
  });

  test("dates and addresses are sent as in JSON, alone and in lists", async () => {
    const [date, url] = [new Date(0), new URL("https://a.test/b")];
    const body = { date, at: { url }, all: [date, "x"] };
    expect([...new URLSearchParams(await send(body))]).toEqual([
      ["date", "1970-01-01T00:00:00.000Z"],
      ["at[url]", "https://a.test/b"],
      ["all", "1970-01-01T00:00:00.000Z"],
      ["all", "x"],
    ]);
  });

  test.each([
    [{ when: Number.NaN }],
    [{ when: new Date(Number.NaN) }],
    [{ a: new Map([["b", 1]]) }],
    [{ a: new Set([1]) }],
    [{ a: () => 1 }],
    [{ a: [{ b: 1 }] }],
    [{ a: [null] }],
    [new Map([["a", 1]])],
    [[1]],
    ["a=b"],
    [new URLSearchParams("a=b")],
  ])("refuses what it cannot hold: %o", async (body) => {
    await expect(send(body)).rejects.toMatchObject({ kind: "invalid" });
    expect(server.seen).toEqual([]);
  });
});

describe("Basic credentials", () => {
  const basic = { auth: { header: "Authorization", prefix: "Basic ", encoding: "base64" } } as const;

  test("are sent as base64, from a text and from a function", async () => {
    server.on((_, response) => json(response, 200, {}));
    await read(make(basic));
    await read(make(basic, { apiKey: () => "ada:s3cr3t-word" }));
    const expected = `Basic ${btoa("ada:s3cr3t-word")}`;
    expect(server.seen.slice(-2).map(({ headers }) => headers.authorization)).toEqual([expected, expected]);
  });

  test("are in no message, neither as they are nor encoded", async () => {
    server.on((request, response) =>
      json(response, 400, { message: `bad ${request.headers.authorization} s3cr3t-word` }),
    );
    const error = await failure(read(make(basic)));
    expect(JSON.stringify([error.message, error.body])).not.toMatch(/s3cr3t-word|YWRhO/);
  });
});

describe("a server with variables", () => {
  const { port } = new URL(server.origin);
  const data = { baseUrl: `http://{host}:${port}/{version}`, variables: { host: "", version: "v1" } };

  test("is filled from the option, else with what the vendor says", async () => {
    server.on((_, response) => json(response, 200, {}));
    await read(make(data, { server: { host: "127.0.0.1" } }));
    await read(make(data, { server: { host: "127.0.0.1", version: "v2" } }));
    expect(server.seen.slice(-2).map(({ url }) => url)).toEqual(["/v1/threads/1", "/v2/threads/1"]);
  });

  test("is not called while one is missing, and the base URL wins over it", async () => {
    await expect(read(make(data))).rejects.toThrow("[desk] server.host is missing.");
    server.on((_, response) => json(response, 200, {}));
    await read(make(data, { baseUrl: server.origin }));
    expect(server.seen.at(-1)?.url).toBe("/threads/1");
  });

  test.each(["evil.example/", "a@evil.example", "evil.example:80", "a?b", "a#b", "..", "", "a b"])(
    "takes no value that would lead elsewhere: %j",
    async (host) => {
      const { length } = server.seen;
      await expect(read(make(data, { server: { host } }))).rejects.toThrow(/server\.host is m/);
      expect(server.seen).toHaveLength(length);
    },
  );
});

test("a vendor without a server of its own is called where the caller says", async () => {
  await expect(read(make({ baseUrl: "" }))).rejects.toThrow("[desk] DESK_BASE_URL (baseUrl) is missing.");
  const nameless = { apiKey: "DESK_API_KEY" };
  await expect(read(make({ baseUrl: "", env: nameless }))).rejects.toThrow("[desk] baseUrl is missing.");
  server.on((_, response) => json(response, 200, {}));
  await read(make({ baseUrl: "" }, { baseUrl: server.origin }));
  expect(server.seen.at(-1)?.url).toBe("/threads/1");
});
