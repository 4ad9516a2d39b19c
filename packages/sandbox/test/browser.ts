import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export type { Browser, Page };

/** The system's browser; undefined where there is none. */
export const BROWSER: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

/** What anything in the browser may take: as long as a test, for a busy machine. */
const TIMEOUT_MS = 300_000;

/** Starts the system's browser without a window. */
export const launch = (...args: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox", ...args], timeout: TIMEOUT_MS });

/** A page of its own, which waits as long as a test may. */
export async function openPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(TIMEOUT_MS);
  return page;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe has to say about the page: each rule with the elements that break it. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script, which the page's own policy forbids.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
