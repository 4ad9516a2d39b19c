import { Hono } from "hono";
import type { Engine, Served } from "./engine.ts";
import type { VendorRules } from "./rules.ts";
import { serveOperation, serveUnmatched } from "./serve.ts";
import { loadSpec, sandboxOperations } from "./spec.ts";
import { checkerOf } from "./validate.ts";

/** The HTTP application of one vendor: a route per operation of its spec, then 405, then the vendor's own 404. */
export function vendorApp(engine: Engine, rules: VendorRules): Hono {
  const spec = loadSpec(rules.name);
  const home = spec.operations.find(({ id }) => id === "getConversation")?.path.replace(/\/$/, "") ?? "";
  const served: Served = { rules, checker: checkerOf(spec), home, state: { windows: new Map() } };
  const app = new Hono();
  // Fixed paths before parameters: `/lookup/` must not be taken for an id.
  const parameters = (path: string): number => path.split("{").length;
  const operations = [...spec.operations, ...sandboxOperations(rules.name)].sort(
    (a, b) => parameters(a.path) - parameters(b.path),
  );
  for (const operation of operations) {
    app.on(operation.method, honoPath(operation.path), (c) =>
      serveOperation(engine, served, operation, { request: c.req.raw, path: c.req.param() }),
    );
  }
  for (const path of new Set(operations.map((operation) => operation.path))) {
    app.all(honoPath(path), (c) =>
      serveUnmatched(
        engine,
        served,
        c.req.raw,
        rules.errorResponse({ kind: "method", method: c.req.method }),
      ),
    );
  }
  app.all("*", (c) => {
    const url = new URL(c.req.url);
    const { method } = c.req;
    const reply =
      rules.unmatched?.(method, url) ?? rules.errorResponse({ kind: "route", method, path: url.pathname });
    return serveUnmatched(engine, served, c.req.raw, reply);
  });
  return app;
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");
