/** The built site, served on a port of this machine. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

/** Where the pages are. */
export const DOCS: string = join(import.meta.dirname, "..");
/** Where the built site is. */
export const DIST: string = join(DOCS, ".vitepress", "dist");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

export interface Site {
  readonly origin: string;
  close(): void;
}

/** Builds the site if a page is newer than it, and serves it: `/errors/limit` is `errors/limit.html`. */
export async function serveSite(): Promise<Site> {
  if (!isFresh()) execFileSync(process.execPath, [join(DOCS, "build.ts")], { stdio: "pipe" });
  const server = createServer(({ url = "/" }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const file = [path, `${path}.html`, join(path, "index.html")]
      .map((name) => join(DIST, name))
      .find((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
    if (file) response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    response.writeHead(file ? 200 : 404).end(file && readFileSync(file));
  });
  await listen(server);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));

function isFresh(): boolean {
  const home = join(DIST, "index.html");
  if (!existsSync(home)) return false;
  const sources = globSync(["**/*.md", ".vitepress/*.ts", ".vitepress/theme/*"], {
    cwd: DOCS,
    exclude: ["node_modules/**", "reference/**"],
  });
  return sources.every((file) => statSync(join(DOCS, file)).mtimeMs < statSync(home).mtimeMs);
}
