import { readFileSync } from "node:fs";

/** What this package says about itself: its version, and where it is documented. */
export function manifest(): { readonly version: string; readonly homepage: string } {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
}
