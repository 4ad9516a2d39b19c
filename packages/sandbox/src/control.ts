import { Hono } from "hono";
import { readBody } from "./engine/body.ts";
import { FAULT_KINDS, type Faults } from "./engine/faults.ts";
import type { RequestRecord } from "./engine/log.ts";
import { parseFault } from "./engine/parse-fault.ts";
import type { VendorRules } from "./engine/rules.ts";
import { loadSpec, sandboxOperations } from "./engine/spec.ts";
import type { Doc, VendorName } from "./engine/types.ts";
import { manifest } from "./manifest.ts";

const MAX_FAULT_BYTES = 1024 * 1024;

/** What the control API reaches into. */
export interface Controlled {
  readonly faults: Faults;
  readonly vendors: readonly VendorRules[];
  read(vendor: VendorName, id: string, account?: string): unknown;
  conversations(vendor: VendorName, account?: string): readonly unknown[];
  requests(): readonly RequestRecord[];
  /** The accounts of a vendor that hold anything. */
  accounts(vendor: VendorName): readonly string[];
  /** Another word after every reset and restart. */
  readonly state: string;
  reset(): void;
}

/**
 * The control API under `/_/`:
 * `GET state/<vendor>` and `GET state/<vendor>/<id>` (straight from the store, `?account=` for another partition),
 * `GET requests?after=<revision>&limit=<newest n>`, `POST reset`, `GET|POST|DELETE faults`, `DELETE faults/<id>`, `GET vendors`.
 */
export function controlApp(sandbox: Controlled): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.res.headers.set("x-content-type-options", "nosniff");
  });
  const known = (name: string): name is VendorName => sandbox.vendors.some((rules) => rules.name === name);
  const about = (rules: VendorRules): Doc => ({ ...describe(rules), accounts: sandbox.accounts(rules.name) });
  app.get("/vendors", (c) => {
    const { version, homepage: docs } = manifest();
    return c.json({ version, docs, vendors: sandbox.vendors.map(about), faultKinds: FAULT_KINDS });
  });
  app.get("/state/:vendor", (c) => {
    const vendor = c.req.param("vendor");
    return known(vendor)
      ? c.json(sandbox.conversations(vendor, c.req.query("account")))
      : c.json({ error: `no vendor ${vendor}` }, 404);
  });
  app.get("/state/:vendor/:id", (c) => {
    const { vendor, id } = c.req.param();
    const found = known(vendor) ? sandbox.read(vendor, id, c.req.query("account")) : undefined;
    return found === undefined ? c.json({ error: `no conversation ${id} at ${vendor}` }, 404) : c.json(found);
  });
  app.get("/requests", (c) => {
    const { after = "0", limit = "0" } = c.req.query();
    if (!/^\d+$/.test(after) || !/^\d+$/.test(limit))
      return c.json({ error: "after and limit must be whole numbers" }, 400);
    // Who follows the log learns by it that what came before is gone.
    c.header("x-sandbox-state", sandbox.state);
    return c.json(
      sandbox
        .requests()
        .filter((record) => record.revision > Number(after))
        // Without a limit, all: the last 0 of an array are the whole of it.
        .slice(-Number(limit)),
    );
  });
  app.post("/reset", (c) => {
    sandbox.reset();
    return c.body(null, 204);
  });
  app.get("/faults", (c) => c.json(sandbox.faults.list()));
  app.post("/faults", async (c) => {
    try {
      const { text, problem } = await readBody(c.req.raw, MAX_FAULT_BYTES);
      if (problem) throw new TypeError("a fault is not that large, nor that deep");
      return c.json(sandbox.faults.add(parseFault(JSON.parse(text))), 201);
    } catch (error) {
      return c.json({ error: (error as Error).message }, 400);
    }
  });
  app.delete("/faults", (c) => {
    sandbox.faults.clear();
    return c.body(null, 204);
  });
  app.delete("/faults/:id", (c) => {
    sandbox.faults.clear(Number(c.req.param("id")));
    return c.body(null, 204);
  });
  return app;
}

/** What the page needs to know about a vendor. */
function describe({ name, mount, env, kinds, sampleKey, keyHeader, newConversation }: VendorRules): Doc {
  const spec = loadSpec(name);
  const operations = [...spec.operations, ...sandboxOperations(name)].map(({ id, route }) => ({ id, route }));
  const { docs } = spec.document["x-convo"] as Doc;
  return {
    name,
    mount,
    env,
    idField: kinds.conversation?.id,
    sampleKey,
    keyHeader,
    operations,
    docs,
    newConversation,
  };
}
