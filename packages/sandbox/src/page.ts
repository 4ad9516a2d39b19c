import { readdirSync, readFileSync } from "node:fs";
import { Hono } from "hono";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};
/** Nothing from elsewhere, no inline script (what the log shows came over the network), and no frame around the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
const FOLDER = new URL("../public/", import.meta.url);

/** The page at `/` and its files under `/_/page/`, as they lie in the package: there is no build step. */
export function pageApp(): Hono {
  const app = new Hono();
  const serve = (file: string): Response => {
    const headers = {
      "content-type": TYPES[file.split(".").at(-1) ?? ""] ?? "text/plain",
      "cache-control": "no-cache",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    };
    return new Response(readFileSync(new URL(file, FOLDER)), { headers });
  };
  app.get("/", () => serve("index.html"));
  for (const file of readdirSync(FOLDER)) app.get(`/_/page/${file}`, () => serve(file));
  return app;
}
