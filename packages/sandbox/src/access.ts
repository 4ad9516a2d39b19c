import type { MiddlewareHandler } from "hono";

const LOCAL_HOST = /^(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * 403 for a request whose `Host` is neither this machine nor the host of an origin in `origins`. A page whose name was
 * made to point here (DNS rebinding) has its own origin in the browser's eyes, and says so by nothing else. Requests
 * without a socket carry no such header.
 */
export function requireLocalHost(origins: readonly string[]): MiddlewareHandler {
  const named = new Set(
    origins.filter((origin) => URL.canParse(origin)).map((origin) => new URL(origin).host),
  );
  return async (c, next) => {
    const host = c.req.header("host");
    if (host === undefined || LOCAL_HOST.test(host) || named.has(host.toLowerCase())) return next();
    const hint = "Use localhost or 127.0.0.1, or name the origin in `origins` (--origins).";
    return c.json(
      { error: `[sandbox] It answers under the names of this machine only, not ${host}. ${hint}` },
      403,
    );
  };
}

const isLocalOrigin = (origin: string): boolean =>
  /^https?:\/\//.test(origin) && LOCAL_HOST.test(origin.replace(/^https?:\/\//, ""));

/**
 * CORS for pages on this machine, any port of localhost, and for those of `origins`. All other pages get 403, also
 * for requests that need no permission, or any website could reset the sandbox of whoever visits it. So do files, since
 * their origin `null` is also that of every sandboxed frame. Clients that are no browser send no `Origin`, and see the
 * vendor's headers alone.
 */
export const allowPages =
  (origins: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header("origin");
    if (origin === undefined) return next();
    if (!isLocalOrigin(origin) && !origins.includes(origin)) {
      const hint = "Serve the page from localhost, or name it in `origins` (--origins).";
      return c.json(
        { error: `[sandbox] Only pages of this machine may call it, not ${origin}. ${hint}` },
        403,
      );
    }
    const method = c.req.header("access-control-request-method");
    if (c.req.method === "OPTIONS" && method !== undefined) {
      const headers = c.req.header("access-control-request-headers");
      return c.body(null, 204, {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": method,
        ...(headers === undefined ? {} : { "access-control-allow-headers": headers }),
        "access-control-max-age": "600",
        vary: "origin",
      });
    }
    await next();
    c.res.headers.set("access-control-allow-origin", origin);
    // A wildcard names every header: browsers hide request ids and Retry-After from scripts otherwise.
    c.res.headers.set("access-control-expose-headers", "*");
    c.res.headers.append("vary", "origin");
  };
