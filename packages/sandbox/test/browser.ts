import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** The system's browser; undefined where there is none. */
export const BROWSER: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

/** Starts the system's browser without a window. */
export const launch = (...args: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox", ...args] });
