import { execFileSync } from "node:child_process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../src/index.ts";
import { BROWSER, launch } from "./browser.ts";
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
  beforeAll(async () => {
    browser = await launch();
  });
  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(origin);
  });
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

  test("fits a telephone", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await sender(sandbox, "openai", fetch)("GET /conversations/conv_sandbox0001");
    await page.locator("#log tr").first().press("Enter");
    await page.getByRole("heading", { name: "getConversation at openai" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test("light and dark differ, and the choice stays", async () => {
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const theme = page.getByRole("button", { name: /light and dark/ });
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
