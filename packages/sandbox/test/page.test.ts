import { execFileSync } from "node:child_process";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import { createSandbox, type Sandbox, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { axeFindings, BROWSER, type Browser, launch, openPage, type Page } from "./browser.ts";
import { sender } from "./helpers.ts";

let sandbox: Sandbox;
let origin: string;

beforeAll(async () => {
  sandbox = createSandbox();
  origin = (await sandbox.listen()).origin;
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test("the page and its files are served, and allow nothing from elsewhere", async () => {
  const page = await fetch(origin);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const files = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect((await fetch(origin + file)).status).toBe(200);
});

describe.skipIf(BROWSER === undefined)("the page in a browser (needs chromium)", () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  // One for all tests: a page of its own for each is half of the time that they take.
  beforeAll(async () => {
    browser = await launch();
    page = await openPage(browser);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme: null });
    complaints.length = 0;
    await page.goto(origin);
  });
  // It asks for what is new all the time.
  afterEach(() => page.goto("about:blank"));
  afterAll(() => browser?.close());

  test("shows a write as before and after, as it happens", async () => {
    const send = sender(sandbox, "openai", fetch);
    await page.getByRole("button", { name: /conv_sandbox0001/ }).waitFor();
    await send("POST /conversations/conv_sandbox0001", { metadata: { topic: "<b>new</b>" } });
    const changed = page.locator("#conversation td.changed");
    await changed.first().waitFor();
    expect(await changed.allTextContents()).toEqual(['"project-x"', '"<b>new</b>"']);
    await page.locator("#log tr").first().press("Enter");
    expect(await page.getByLabel("Request", { exact: true }).textContent()).toContain(
      "authorization: Bearer ***",
    );
    expect(complaints).toEqual([]);
  });

  test("a request that was seen under way is seen to end", async () => {
    sandbox.fault({ kind: "hang" });
    const send = sender(sandbox, "openai", fetch);
    const stalled = new AbortController();
    const lost = send("GET /conversations/conv_none", undefined, { signal: stalled.signal });
    await page.locator("#log td.pending").waitFor();
    // The write waits as long as the page needs to see it.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    sandbox.fault({ kind: "latency", ms: 60_000 });
    const written = send("POST /conversations/conv_sandbox0001", { metadata: { topic: "late" } });
    await expect.poll(() => page.locator("#log td.pending").count()).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    stalled.abort();
    await expect(lost).rejects.toThrow();
    await written;
    await page.locator("#log td.ok").waitFor();
    await page.locator("#log td.failed", { hasText: "dropped" }).waitFor();
    expect(await page.locator("#log tr").count()).toBe(2);
    await page.locator("#conversation td.changed").first().waitFor();
    expect(complaints).toEqual([]);
  });

  test("works by keyboard alone: vendor, fault, request, copy as curl", async () => {
    const keys = page.keyboard;
    await page.getByRole("tab", { name: "datagrid" }).waitFor();
    await keys.press("3");
    await page.getByRole("button", { name: /cnv_sandbox_0001/ }).waitFor();
    await keys.press("f");
    await keys.press("Tab");
    // Not by typing its name: a busy machine types too slowly for the browser to take the letters together.
    for (
      let n = 0;
      n < 20 && (await page.getByLabel("Operation").inputValue()) !== "updateConversation";
      n += 1
    )
      await keys.press("ArrowDown");
    for (const _ of ["times", "status", "retry after", "inject"]) await keys.press("Tab");
    await keys.press("Enter");
    const armed = page.getByRole("button", { name: /status 503 · datagrid updateConversation/ });
    await armed.waitFor();
    const send = sender(sandbox, "datagrid", fetch);
    const body = { name: "it's $HOME" };
    expect((await send("PATCH /conversations/cnv_sandbox_0001?a=b&c", body)).status).toBe(503);
    await armed.waitFor({ state: "detached" });
    await page.locator("#log td.failed").waitFor();
    await keys.press("j");
    await page.getByRole("heading", { name: "updateConversation at datagrid" }).waitFor();
    await keys.press("c");
    await page.getByText("curl command copied").waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(argumentsOf(command, { DATAGRID_API_KEY: "dg-secret" })).toEqual([
      ...["-X", "PATCH", `${origin}/datagrid/v1/conversations/cnv_sandbox_0001?a=b&c`],
      ...["-H", "Authorization: Bearer dg-secret", "-H", "content-type: application/json"],
      ...["-d", JSON.stringify(body)],
    ]);
    expect(complaints).toEqual([]);
  });

  test("a fault is taken back by keyboard, and a reset from elsewhere shows", async () => {
    sandbox.fault({ kind: "latency", ms: 1, times: null });
    const send = sender(sandbox, "openai", fetch);
    await send("POST /conversations/conv_sandbox0001", { metadata: { topic: "new" } });
    await page.locator("#conversation td.changed").first().waitFor();
    const armed = page.getByRole("button", { name: /latency 1 ms · every vendor · until removed/ });
    await armed.press("Enter");
    await page.getByText("No fault is armed.").waitFor();
    sandbox.reset();
    await page.getByText("No request yet.").waitFor();
    await page.getByText("No write since the log began.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("shows the conversations of each account", async () => {
    const accounts = { openai: { one: { account: "first" }, two: { account: "second" } } };
    const shared = createSandbox({ accounts });
    await page.goto((await shared.listen()).origin);
    const headers = { authorization: "Bearer two" };
    const send = sender(shared, "openai", fetch);
    await send("POST /conversations/conv_sandbox0001", { metadata: { topic: "theirs" } }, { headers });
    await page.getByRole("button", { name: /project-x/ }).waitFor();
    await page.getByLabel("Account").selectOption("second");
    await page.getByRole("button", { name: /theirs/ }).waitFor();
    await page.goto("about:blank");
    await shared.close();
    expect(complaints).toEqual([]);
  });

  test("a reset asks first", async () => {
    await sender(
      sandbox,
      "openai",
      fetch,
    )("POST /conversations/conv_sandbox0001", { metadata: { topic: "new" } });
    const topic = (): unknown => sandbox.read("openai", "conv_sandbox0001");
    await page.getByRole("button", { name: /new conv_sandbox0001/ }).waitFor();
    await page.getByRole("button", { name: "Reset…" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(topic()).toMatchObject({ metadata: { topic: "new" } });
    await page.getByRole("button", { name: "Reset…" }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await page.getByText("No write since the log began.").waitFor();
    expect(topic()).toMatchObject({ metadata: { topic: "project-x" } });
    expect(complaints).toEqual([]);
  });

  test("says that it loads until the log is there", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/_/requests*", async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.getByRole("button", { name: /conv_sandbox0001/ }).waitFor();
    expect(await page.locator("#log-empty").textContent()).toBe("Loading");
    release();
    await page.getByText("No request yet.").waitFor();
    await page.unrouteAll({ behavior: "wait" });
    expect(complaints).toEqual([]);
  });

  test("finds requests by text, vendor and status, and keeps what is chosen in the address", async () => {
    await sender(sandbox, "openai", fetch)("GET /conversations/conv_none");
    await sender(sandbox, "openai", fetch)("GET /conversations/conv_sandbox0001");
    await sender(sandbox, "datagrid", fetch)("PATCH /conversations/cnv_sandbox_0001", { name: "Needle" });
    const rows = page.locator("#log tr");
    await expect.poll(() => rows.count()).toBe(3);
    const search = page.getByLabel("Search requests");
    await search.fill("needle");
    await expect.poll(() => rows.count()).toBe(1);
    await search.fill("nothing at all");
    await page.getByText("No request matches.").waitFor();
    await search.fill("");
    await page.getByLabel("Vendor of the requests").selectOption("openai");
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByLabel("Status of the requests").selectOption("4");
    await expect.poll(() => rows.count()).toBe(1);
    await rows.first().press("Enter");
    await page.getByRole("tab", { name: "datagrid" }).click();
    await page.getByRole("button", { name: /cnv_sandbox_0001/ }).click();
    await page.getByLabel("Search conversations").fill("needle");
    await expect.poll(() => page.url()).toContain("conversations=needle");
    const address = page.url();
    await page.reload();
    await page.getByRole("tab", { name: "datagrid", selected: true }).waitFor();
    await page.getByRole("heading", { name: "getConversation at openai" }).waitFor();
    await page.getByRole("button", { name: /Needle/ }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toBe(address);
    expect(address).toMatch(/vendor=datagrid.*status=4|status=4.*vendor=datagrid/);
    expect(complaints).toEqual([]);
  });

  test("takes up an address that is pasted into the open page", async () => {
    const send = sender(sandbox, "openai", fetch);
    await send("GET /conversations/conv_none");
    await send("GET /conversations/conv_sandbox0001");
    await sender(sandbox, "letta", fetch)("GET /v1/conversations/");
    const rows = page.locator("#log tr");
    await expect.poll(() => rows.count()).toBe(3);
    await page.goto(`${origin}#request=1&status=4&search=conv&from=openai&vendor=datagrid&conversations=x`);
    await page.getByRole("heading", { name: "getConversation at openai" }).waitFor();
    await page.getByRole("tab", { name: "datagrid", selected: true }).waitFor();
    expect(await rows.count()).toBe(1);
    const labels = [
      "Status of the requests",
      "Search requests",
      "Vendor of the requests",
      "Search conversations",
    ];
    const values = await Promise.all(labels.map((label) => page.getByLabel(label).inputValue()));
    expect(values).toEqual(["4", "conv", "openai", "x"]);
    // What it does not name is not chosen any more.
    await page.goto(`${origin}#vendor=datagrid`);
    await expect.poll(() => rows.count()).toBe(3);
    expect(await page.locator("#request").textContent()).toBe("");
    expect(complaints).toEqual([]);
  });

  test("offers an account from its first write on, and keeps the one that is chosen in the address", async () => {
    const accounts = { datagrid: { key: { account: "a", teamspaces: ["t"] } } };
    const shared = createSandbox({ accounts });
    onTestFinished(() => shared.close());
    const { origin } = await shared.listen();
    await page.goto(`${origin}#vendor=datagrid`);
    await page.getByRole("button", { name: /cnv_sandbox_0001/ }).waitFor();
    const headers = { authorization: "Bearer key", "datagrid-teamspace": "t" };
    await sender(shared, "datagrid", fetch)("POST /conversations", { name: "Theirs" }, { headers });
    const account = page.getByLabel("Account");
    await account.selectOption("a/t");
    await page.getByRole("button", { name: /Theirs/ }).waitFor();
    // The next write draws the list again.
    await sender(shared, "datagrid", fetch)("POST /conversations", { name: "More" }, { headers });
    await page.getByRole("button", { name: /More/ }).waitFor();
    expect(await account.inputValue()).toBe("a/t");
    await page.reload();
    await page.getByRole("button", { name: /More/ }).waitFor();
    await page.getByRole("tab", { name: "openai" }).click();
    await expect.poll(() => account.isHidden()).toBe(true);
    expect(page.url()).not.toContain("account");
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  });

  test.each(Object.keys(vendors))("creates a conversation at %s through its own API", async (vendor) => {
    const { newConversation } = vendors[vendor as VendorName];
    const before = sandbox.conversations(vendor as VendorName).length;
    await page.getByRole("tab", { name: vendor }).click();
    await page.getByRole("button", { name: "New…" }).click();
    const body = page.getByLabel("Body, JSON");
    await body.fill("{");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("The body is not JSON").waitFor();
    await body.fill(JSON.stringify(newConversation?.body));
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("Created", { exact: true }).waitFor();
    await expect.poll(() => sandbox.conversations(vendor as VendorName).length).toBe(before + 1);
    await expect.poll(() => page.url()).toContain("conversation=");
    expect(sandbox.requests().at(-1)).toMatchObject({ vendor, method: "POST" });
    expect(complaints).toEqual([]);
  });

  test("links to the documentation and says its version", async () => {
    await page.getByText("@convo/sandbox 0.").waitFor();
    const docs = page.getByRole("link", { name: "Documentation", exact: true });
    expect(await docs.getAttribute("href")).toMatch(/^https:.*sandbox/);
    const theirs = page.getByRole("link", { name: "Vendor's documentation" });
    expect(await theirs.getAttribute("href")).toContain("openai.com");
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing, %s, wide and narrow, in every state",
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      const send = sender(sandbox, "openai", fetch);
      sandbox.fault({ kind: "latency", ms: 1, times: null });
      await send("POST /conversations/conv_sandbox0001", { metadata: { topic: "new", more: "x" } });
      await send("GET /conversations/conv_none");
      await page.locator("#log tr").first().press("Enter");
      await page.locator("#conversation td.changed").first().waitFor();
      await page.getByText("As it is stored now").click();
      for (const width of [1280, 400]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await axeFindings(page), `${scheme} ${width}`).toEqual([]);
      }
      for (const button of ["Reset…", "New…"]) {
        await page.getByRole("button", { name: button }).click();
        expect(await axeFindings(page), `${scheme} ${button}`).toEqual([]);
        await page.keyboard.press("Escape");
      }
    },
  );

  test("fits a telephone", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await sender(sandbox, "openai", fetch)("GET /conversations/conv_sandbox0001");
    await page.locator("#log tr").first().press("Enter");
    await page.getByRole("heading", { name: "getConversation at openai" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test("light and dark differ, and the choice stays", async () => {
    // What it stores would stay for the tests after it.
    const page = await openPage(browser);
    onTestFinished(() => page.close());
    await page.goto(origin);
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const theme = page.getByRole("button", { name: /^Theme/ });
    await theme.click();
    const light = await ground();
    await theme.click();
    expect(await ground()).not.toBe(light);
    const dark = await ground();
    await page.reload();
    expect(await ground()).toBe(dark);
  });
});

/** What a shell would give to `curl`. */
function argumentsOf(command: string, env: Record<string, string>): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }; ${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8", env }).trim().split("\n");
}
