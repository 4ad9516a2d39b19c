import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFindings, BROWSER, type Browser, launch, openPage } from "../../packages/sandbox/test/browser.ts";
import { DIST, DOCS, type Site, serveSite } from "./site.ts";

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

test("llms.txt names every page, and each is there as Markdown", () => {
  const named = [...readFileSync(join(DIST, "llms.txt"), "utf8").matchAll(/^- \[.*?\]\(\/(.*?\.md)\)/gm)];
  const pages = globSync("**/*.md", {
    cwd: DOCS,
    exclude: ["node_modules/**", "reference/**", "walks/**", "index.md", "compose.md"],
  });
  expect(named.map(([, page]) => page).toSorted()).toEqual(pages.toSorted());
  for (const page of pages)
    expect(readFileSync(join(DIST, page), "utf8")).toBe(readFileSync(join(DOCS, page), "utf8"));
});

/** What people type into the search, and where one of the first three results has to lead. */
const SEARCHES = [
  ["rate limits", "/find#rate-limits"],
  ["retry", "/client/options#what-is-sent-again"],
  ["idempotency", "/find#idempotency"],
  ["timeouts", "/errors/timeout"],
  ["metadata limits", "/find#metadata-limits"],
  ["lost update", "/find#lost-updates"],
  ["GDPR", "/find#gdpr"],
  ["export", "/find#export"],
  ["testing without network", "/find#test-without-a-network"],
  ["logging", "/client/errors"],
  ["OpenTelemetry", "/guide/observe"],
  ["proxy", "/recipes/proxy"],
  ["baseURL", "/find#self-hosted"],
  ["streaming", "/client/calls#streams"],
  ["pagination", "/find#pagination"],
  ["types of errors", "/find#types-of-errors"],
  ["remove metadata key", "/guide/metadata"],
  ["find by metadata", "/find#find-by-metadata"],
  ["list conversations of a customer", "/find#find-by-metadata"],
  ["delete a conversation", "/find#create-delete"],
] as const;

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

  test("the search leads to the answer, not into the reference", async () => {
    const page = await openPage(browser);
    await page.goto(`${site.origin}/start`);
    await page.locator("button.DocSearch-Button").click();
    const missed: string[] = [];
    const input = page.locator("#localsearch-input");
    const results = page.locator(".results a.result");
    for (const [words, expected] of SEARCHES) {
      await input.fill("");
      await results.first().waitFor({ state: "detached" });
      await input.fill(words);
      await results.first().waitFor();
      const found = await results.evaluateAll((links) =>
        links.map((link) => link.getAttribute("href") ?? ""),
      );
      const first = found.slice(0, 3);
      if (!first.some((href) => href.startsWith(expected))) missed.push(`${words}: ${first.join(", ")}`);
    }
    await page.close();
    expect(missed).toEqual([]);
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
