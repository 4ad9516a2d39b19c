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

  test("works by keyboard, injects faults and takes them back", async () => {
    await page.getByRole("tab", { name: "datagrid" }).waitFor();
    await page.keyboard.press("3");
    await page.getByRole("button", { name: /cnv_sandbox_0001/ }).waitFor();
    await page.keyboard.press("f");
    await page.keyboard.press("Tab");
    await page.getByLabel("Operation").selectOption("updateConversation");
    await page.getByRole("button", { name: "Inject" }).press("Enter");
    const armed = page.getByRole("button", { name: /status · datagrid updateConversation/ });
    await armed.waitFor();
    const send = sender(sandbox, "datagrid", fetch);
    expect((await send("PATCH /conversations/cnv_sandbox_0001", {})).status).toBe(503);
    await armed.waitFor({ state: "detached" });
    await page.locator("#log td.failed").waitFor();
    expect(complaints).toEqual([]);
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
