import type { MiddlewareHandler } from "hono";

const LOCAL = /^https?:\/\/(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/**
 * CORS for pages on this machine, any port of localhost, and for the origins in `others`. All other pages get 403, also
 * for requests that need no permission, or any website could reset the sandbox of whoever visits it. So do files, since
 * their origin `null` is also that of every sandboxed frame. Clients that are no browser send no `Origin`, and see the
 * vendor's headers alone.
 */
export const allowPages =
  (others: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header("origin");
    if (origin === undefined) return next();
    if (!LOCAL.test(origin) && !others.includes(origin)) {
      const advice = "Serve the page from localhost, or name it in `origins` (--origin).";
      return c.json(
        { error: `[sandbox] Only pages of this machine may call it, not ${origin}. ${advice}` },
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
    // A wildcard names every header: browsers hide request ids and Validate-After from scripts otherwise.
    c.res.headers.set("access-control-expose-headers", "*");
    c.res.headers.append("vary", "origin");
  };
