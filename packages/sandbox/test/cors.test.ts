import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../src/index.ts";
import { BROWSER, type Browser, launch, openPage } from "./browser.ts";
import { authorization } from "./helpers.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = createSandbox({ origins: ["https://app.test"] });
  await sandbox.listen();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const target = (): string => `${sandbox.baseUrl("datagrid")}/conversations/cnv_sandbox_0001`;
const stored = (): unknown => sandbox.read("datagrid", "cnv_sandbox_0001");
const permissions = ({ headers }: Response): string[] =>
  [...headers.keys()].filter((name) => name.startsWith("access-control-"));

/** A page asks before it sends JSON with a key. */
const preflight = (origin: string): Promise<Response> =>
  fetch(target(), {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "PATCH",
      "access-control-request-headers": "authorization,content-type",
    },
  });
const read = (headers: Record<string, string>): Promise<Response> =>
  fetch(target(), { headers: { authorization: authorization("datagrid"), ...headers } });

describe.each([
  "http://localhost",
  "http://localhost:5173",
  "https://127.0.0.1:8443",
  "http://[::1]:3000",
  "http://app.localhost:3000",
  // Named by the one who started it.
  "https://app.test",
])("a page that may (%s)", (origin) => {
  test("may ask, call, and see every header", async () => {
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "PATCH",
      "access-control-allow-headers": "authorization,content-type",
      vary: "origin",
    });
    const answer = await read({ origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-expose-headers")).toBe("*");
    expect(answer.headers.get("vary")).toBe("origin");
  });
});

describe.each([
  "https://example.com",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "http://evil-localhost",
  "http://app.test",
  "https://app.test.example.com",
  "http://localhost:5173.example.com",
  "file://localhost",
  // Files, and every frame a website puts into a sandbox.
  "null",
])("a page from elsewhere (%s)", (origin) => {
  test("gets nothing, and a reset that needs no permission is not done", async () => {
    sandbox.fault({ kind: "hang", vendor: "letta" });
    const reset = new URL("/_/reset", target());
    for (const answer of [
      await preflight(origin),
      await read({ origin }),
      await fetch(reset, { method: "POST", headers: { origin } }),
    ]) {
      expect(answer.status).toBe(403);
      expect(permissions(answer)).toEqual([]);
      expect(await answer.json()).toEqual({ error: expect.stringContaining(origin) });
    }
    expect(await (await fetch(new URL("/_/faults", target()))).json()).toHaveLength(1);
    expect(sandbox.requests()).toEqual([]);
  });
});

test("a client that is no browser sees the vendor's headers alone, and OPTIONS is the vendor's to refuse", async () => {
  const answer = await read({});
  expect(permissions(answer)).toEqual([]);
  expect(answer.headers.has("vary")).toBe(false);
  expect((await fetch(target(), { method: "OPTIONS" })).status).toBe(405);
});

describe.skipIf(BROWSER === undefined)("in a browser (needs chromium)", () => {
  let browser: Browser;
  let pages: Server;
  beforeAll(async () => {
    browser = await launch();
    pages = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<h1>app</h1>"),
    );
    await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await browser?.close();
    pages?.close();
  });

  /** Updates the conversation from a page of `host`, as an application of a user's would. */
  async function updateFrom(host: string, name: string): Promise<unknown> {
    const page = await openPage(browser);
    const { port } = pages.address() as AddressInfo;
    await page.route(`http://elsewhere.example/`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>app</h1>" }),
    );
    await page.goto(host === "localhost" ? `http://localhost:${port}/` : `http://${host}/`);
    const result = await page.evaluate(
      async ([url = "", key = "", title = ""]) => {
        try {
          const response = await fetch(url, {
            method: "PATCH",
            headers: { authorization: key, "content-type": "application/json" },
            body: JSON.stringify({ name: title }),
          });
          return { status: response.status, limit: response.headers.get("x-ratelimit-limit") };
        } catch (error) {
          return String(error);
        }
      },
      [target(), authorization("datagrid"), name],
    );
    await page.close();
    return result;
  }

  test("a page on another port updates a conversation and reads the headers", async () => {
    expect(await updateFrom("localhost", "from a page")).toEqual({ status: 200, limit: "200" });
    expect(stored()).toMatchObject({ name: "from a page" });
  });

  test("a page of another site cannot", async () => {
    expect(await updateFrom("elsewhere.example", "from afar")).toMatch(/TypeError/);
    expect(stored()).toMatchObject({ name: "Project X" });
    expect(sandbox.requests()).toEqual([]);
  });
});
