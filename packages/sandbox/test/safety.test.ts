import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { BROWSER, type Browser, launch, openPage } from "./browser.ts";
import { credentials, expectNoViolation } from "./helpers.ts";

const LIMIT = 64 * 1024;
let sandbox: Sandbox;
let port: number;
beforeAll(async () => {
  sandbox = createSandbox({ maxBodyBytes: LIMIT, origins: ["http://sandbox.test:4100"] });
  port = (await sandbox.listen()).port;
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** A request with headers that `fetch` does not let through. */
const ask = (path: string, headers: Record<string, string>): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    httpRequest({ port, host: "127.0.0.1", path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });

describe("the name it is called by (rebinding)", () => {
  const PATHS = ["/", "/_/requests", "/_/state/openai", "/openai/v1/conversations/conv_sandbox0001", "/none"];
  const headers = (host: string): Record<string, string> => ({ host, ...credentials("openai") });

  test.each([
    "evil.test:4100",
    "evil.test",
    "127.0.0.1.evil.test",
    "localhost.evil.test",
    "evil-localhost",
    "128.0.0.1",
    "sandbox.test",
    "[::2]",
  ])("403 for %s, whatever is asked", async (host) => {
    for (const path of PATHS) {
      const { status, text } = await ask(path, headers(host));
      expect([path, status]).toEqual([path, 403]);
      expect(JSON.parse(text)).toEqual({ error: expect.stringContaining(host) });
    }
    expect(sandbox.requests()).toEqual([]);
  });

  test.each([
    "localhost",
    "LOCALHOST:1",
    "app.localhost:3000",
    "127.0.0.1",
    "127.9.9.9:80",
    "[::1]:80",
    "sandbox.test:4100",
  ])("%s is this machine, or named", async (host) => {
    expect((await ask("/_/state/openai", headers(host))).status).toBe(200);
  });

  describe.skipIf(BROWSER === undefined)("in a browser (needs chromium)", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch("--host-resolver-rules=MAP *.test 127.0.0.1");
    });
    afterAll(() => browser?.close());

    test("a page whose name was made to point here reads and writes nothing", async () => {
      const page = await openPage(browser);
      const arrived = await page.goto(`http://evil.test:${port}/`);
      expect(arrived?.status()).toBe(403);
      const seen = await page.evaluate(async (key) => {
        const own = await fetch("/openai/v1/conversations/conv_sandbox0001", {
          headers: { authorization: key },
        });
        const log = await fetch("/_/requests");
        const reset = await fetch("/_/reset", { method: "POST" });
        return [own.status, log.status, reset.status, await log.text()];
      }, credentials("openai").authorization ?? "");
      expect(seen).toEqual([403, 403, 403, expect.not.stringContaining("conv_sandbox0001")]);
      expect(sandbox.requests()).toEqual([]);
      // The same browser may, by the machine's own name.
      expect((await page.goto(`http://localhost:${port}/`))?.status()).toBe(200);
      await page.close();
    });

    test("no page can put it into a frame", async () => {
      const page = await openPage(browser);
      await page.goto(`http://localhost:${port}/_/vendors`);
      await page.setContent(`<iframe src="http://localhost:${port}/"></iframe>`);
      const address = (): string | undefined =>
        page
          .frames()
          .find((frame) => frame !== page.mainFrame())
          ?.url();
      await expect.poll(address).toMatch(/^chrome-error:/);
      await page.close();
    });
  });
});

test("pages and the control API say what they are", async () => {
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  for (const path of ["/", "/_/page/page.js", "/_/vendors", "/_/requests"])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).headers.get("x-content-type-options")).toBe(
      "nosniff",
    );
});

/** A write with a body for each vendor, and what its errors hold. */
const WRITES: Readonly<Record<VendorName, readonly [string, unknown]>> = {
  openai: ["POST /conversations/conv_sandbox0001", { error: { type: "invalid_request_error" } }],
  letta: [
    "PATCH /v1/conversations/conv-00000000-0000-4000-8000-000000000001",
    { detail: expect.any(String) },
  ],
  datagrid: [
    "PATCH /conversations/cnv_sandbox_0001",
    { error: expect.any(String), message: expect.any(String) },
  ],
  chatdash: ["PUT /agents/agent_1/conversations/66f0c0ffee0000000000cd01", { error: expect.any(String) }],
  agentsight: ["PATCH /api/conversations/42/update/", { detail: expect.any(String) }],
};

describe.each(Object.keys(vendors) as VendorName[])("%s: bodies nobody means well with", (vendor) => {
  const [route, words] = WRITES[vendor];
  const [method = "", path = ""] = route.split(" ");
  const send = (body: BodyInit, headers = credentials(vendor)): Promise<Response> =>
    fetch(sandbox.baseUrl(vendor) + path, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      body,
      ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
    } as RequestInit);
  const logged = async (): Promise<unknown[]> =>
    (await (await fetch(`http://127.0.0.1:${port}/_/requests`)).json()) as unknown[];

  test("too deep is 400 in the vendor's words, and the log survives it", async () => {
    for (const deep of [
      "[".repeat(20_000) + "]".repeat(20_000),
      `${'{"metadata":'.repeat(5000)}1${"}".repeat(5000)}`,
    ]) {
      const answer = await send(deep);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject(words as object);
      expect((await send(deep, {})).status).toBe(401);
    }
    expect(await logged()).toHaveLength(4);
    expectNoViolation(sandbox);
  });

  test("brackets in text do not count, and what is not too deep is let through", async () => {
    const answer = await send(
      JSON.stringify({ metadata: { text: '["\\'.repeat(900) }, name: "[".repeat(200) }),
    );
    expect(answer.status === 400 ? await answer.text() : "").not.toContain("nests deeper");
  });

  test("too large is 413 in the vendor's words, announced or not", async () => {
    const chunks = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(0x20)),
      });
    for (const body of ["x".repeat(LIMIT + 1), chunks()]) {
      const answer = await send(body);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject(words as object);
    }
    expect((await send(JSON.stringify({ metadata: {} }))).status).toBeLessThan(500);
    expectNoViolation(sandbox);
  });
});

test("a fault that is too deep or too large is refused, and the list of faults survives it", async () => {
  const post = (body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/_/faults`, { method: "POST", body });
  const deep = `{"kind":"status","body":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  expect((await post(deep)).status).toBe(400);
  expect((await post(`{"kind":"status","body":"${"x".repeat(2 ** 20)}"}`)).status).toBe(400);
  expect(await (await fetch(`http://127.0.0.1:${port}/_/faults`)).json()).toEqual([]);
});

test("the log keeps to its budget of characters, and always has the newest request", async () => {
  const small = createSandbox({ logCharacters: 100_000 });
  const send = async (text: string): Promise<void> => {
    await small.fetch(`${small.baseUrl("agentsight")}/api/conversations/42/update/`, {
      method: "PATCH",
      headers: { ...credentials("agentsight"), "content-type": "application/json" },
      body: JSON.stringify({ metadata: { text } }),
    });
  };
  for (let n = 0; n < 50; n += 1) await send("x".repeat(5000));
  const kept = small.requests();
  expect(kept.at(-1)?.id).toBe(50);
  expect(kept.length).toBeGreaterThan(2);
  expect(JSON.stringify(kept).length).toBeLessThan(150_000);
  await send("y".repeat(200_000));
  expect(small.requests().map(({ id }) => id)).toEqual([51]);
  await send("z");
  expect(small.requests().at(-1)).toMatchObject({ id: 52, status: 200 });
  await small.close();
});

test("keys are masked wherever they travel", async () => {
  const url = `${sandbox.baseUrl("agentsight")}/api/conversations/metadata-values/?key=topic&api_key=s3cret&access_token=s3cret&x%2Dapi%2Dkey=s3cret`;
  const names = [
    "api-key",
    "x-api-key",
    "x-goog-api-key",
    "x-auth-token",
    "cookie",
    "proxy-authorization",
    "apikey",
  ];
  const headers = Object.fromEntries(names.map((name) => [name, "s3cret"]));
  await sandbox.fetch(url, {
    headers: { ...headers, ...credentials("agentsight"), "idempotency-key": "k1" },
  });
  const [record] = sandbox.requests();
  expect(JSON.stringify(record)).not.toMatch(/s3cret|ags_/);
  expect(record?.query).toContain("key=topic");
  expect(record?.headers["idempotency-key"]).toBe("k1");
});
