import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFindings, BROWSER, type Browser, launch, openPage } from "../../packages/sandbox/test/browser.ts";
import { DIST, type Site, serveSite } from "./site.ts";

/** Where to keep a screenshot of every page, for a person to look at: `SCREENSHOTS=/tmp/site pnpm unit docs`. */
const SCREENSHOTS = process.env.SCREENSHOTS;
const PAGES = ["/", "/start", "/vendors/openai", "/errors/", "/compose", "/measurements"];
const VIEWS = [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark", colorScheme: "dark", width: 1280 },
  { name: "narrow", colorScheme: "light", width: 400 },
] as const;

let site: Site;
beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.close());

test("every column of every table has a heading", () => {
  const pages = globSync("**/*.html", { cwd: DIST, exclude: ["reference/**"] });
  expect(pages.length).toBeGreaterThan(50);
  const without = pages.filter((page) => /<th[^>]*><\/th>/.test(readFileSync(join(DIST, page), "utf8")));
  expect(without).toEqual([]);
});

describe.skipIf(BROWSER === undefined)("the site in a browser (needs chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(VIEWS)("axe finds nothing, and no page scrolls sideways: $name", async (view) => {
    const { name, colorScheme, width } = view;
    const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    for (const path of PAGES) {
      await page.goto(site.origin + path);
      await page
        .locator(path === "/compose" ? ".compose-out" : "h1")
        .first()
        .waitFor();
      const file = `${name}-${path === "/" ? "home" : path.replaceAll("/", "-").slice(1)}.png`;
      if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, file) });
      complaints.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`));
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scrolled > width) complaints.push(`${path} is ${scrolled} pixels wide`);
    }
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("the composer plans with the real packages", async () => {
    const page = await openPage(browser);
    await page.goto(`${site.origin}/compose`);
    await page.getByText("POST https://api.openai.com/v1/conversations/conv_1").waitFor();
    await page.locator("select").first().selectOption("datagrid");
    await page.getByText(/^\[datagrid\] Nothing was sent/).waitFor();
    await page.close();
  });
});
