import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { allowPages, requireLocalHost } from "./access.ts";
import { checkOptions } from "./command-options.ts";
import { type Controlled, controlApp } from "./control.ts";
import { vendorApp } from "./engine/app.ts";
import type { Engine } from "./engine/engine.ts";
import { createFaults, type Fault, type Faults } from "./engine/faults.ts";
import { BrokenResponse, ConnectionDropped } from "./engine/inject.ts";
import { createLog, type RequestLog, type RequestRecord } from "./engine/log.ts";
import { parseFault } from "./engine/parse-fault.ts";
import { seedStore } from "./engine/seed.ts";
import type { Doc, VendorName } from "./engine/types.ts";
import { type Served, serve } from "./listen.ts";
import type { SandboxOptions } from "./options.ts";
import { pageApp } from "./page.ts";
import { openStore, wire } from "./store/store.ts";
import { forgetUnanswered } from "./unanswered.ts";
import { vendors } from "./vendors/index.ts";

/** Five vendors on one origin. */
export interface Sandbox {
  /** Serves a request without a port, like the global `fetch`: a dropped connection rejects with a `TypeError`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Serves HTTP on the `host` of the options, 127.0.0.1 if none. `port` 0, the default, picks a free one. Rejects when the port is taken. */
  listen(port?: number): Promise<{ port: number; origin: string }>;
  /** Base URL to give a client: of the listening server, else of `http://sandbox.test`. */
  baseUrl(vendor: VendorName): string;
  /** Environment variables that point the vendors' own SDKs and ours at this sandbox. */
  env(): Record<string, string>;
  /** The stored conversation, straight from the store; undefined when there is none. */
  read(vendor: VendorName, id: string | number, account?: string): unknown;
  /** All conversations of a vendor, oldest first. */
  conversations(vendor: VendorName, account?: string): readonly unknown[];
  /** The log, oldest first; keys are masked. */
  requests(): readonly RequestRecord[];
  /** Injects a fault; returns a function that takes it back. Throws a `TypeError` for one that could never take effect. */
  fault(fault: Fault): () => void;
  /**
   * Back to the start: the seed, an empty log, no faults, fresh counters and rate limits. Requests under way lose their connection, and
   * take no effect. In the same process `@convo/core` forgets which writes got no answer, so no update carries `write_unanswered` from before.
   */
  reset(): void;
  /** Stops listening, ends what is under way, and closes the data file. */
  close(): Promise<void>;
}

const ORIGIN = "http://sandbox.test";
const rules = Object.values(vendors);

/**
 * Starts a sandbox. It does not listen until `listen()` is called.
 *
 * @throws Error for an option that there is not or a value that it cannot have, and when the data file or the seed cannot be used
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options);
  const store = openStore(options.data);
  seedStore(store, rules, options);
  let origin = ORIGIN;
  let server: Promise<Served> | undefined;
  let closed = false;
  /** All that a reset replaces. */
  const begin = (): Running => {
    const closing = new AbortController();
    const log = createLog(options.logSize ?? 10_000, options.logCharacters ?? 2 ** 25);
    const faults = createFaults();
    const engine: Engine = { store, options, faults, log, closing: closing.signal };
    const { accounts } = store;
    const app = appOf(engine, { ...sandbox, vendors: rules, faults, accounts, state: randomUUID() });
    return { app, log, faults, end: () => closing.abort(new ConnectionDropped()) };
  };
  const sandbox: Sandbox = {
    fetch: (input, init) => fetchFrom(running.app, new Request(input, init)),
    async listen(port = 0) {
      if (closed) throw new Error("[sandbox] It is closed.");
      if (server) throw new Error("[sandbox] It listens already.");
      server = serve((request, env) => running.app.fetch(request, env), port, options.host ?? "127.0.0.1");
      try {
        const { port, origin: served } = await server;
        origin = served;
        return { port, origin };
      } catch (error) {
        server = undefined;
        throw error;
      }
    },
    baseUrl: (vendor) => origin + vendors[vendor].mount,
    env: () => environment(origin),
    ...contents(store),
    requests: () => running.log.all(),
    fault(fault) {
      const { faults } = running;
      const { id } = faults.add(parseFault(fault));
      return () => faults.clear(id);
    },
    reset() {
      running.end();
      store.wipe();
      seedStore(store, rules, options);
      running = begin();
      forgetUnanswered(baseUrls());
    },
    async close() {
      closed = true;
      running.end();
      forgetUnanswered(baseUrls());
      const served = await server?.catch(() => undefined);
      await served?.stop();
      store.close();
    },
  };
  const baseUrls = (): string[] => rules.map(({ name }) => sandbox.baseUrl(name));
  let running = begin();
  return sandbox;
}

/** What lives from one reset to the next. */
interface Running {
  readonly app: Hono;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** Drops the connections of what is under way: none of it takes effect any more. */
  end(): void;
}

/** Everything that is served: the vendors, the page, and the control API. */
function appOf(engine: Engine, controlled: Controlled): Hono {
  const root = new Hono();
  // Errors pass through: a dropped connection is one.
  root.onError((error) => {
    throw error;
  });
  const { origins = [] } = engine.options;
  root.use(requireLocalHost(origins), allowPages(origins));
  for (const vendor of rules) root.route(vendor.mount, vendorApp(engine, vendor));
  root.route("/", pageApp());
  root.route("/_", controlApp(controlled));
  return root;
}

/** What the vendors keep, straight from the store. */
const contents = (store: Engine["store"]): Pick<Sandbox, "read" | "conversations"> => ({
  read(vendor, id, account = "default") {
    const { kinds, find } = vendors[vendor];
    const found = find(store.collection(vendor, account, kinds), String(id));
    return found && wire(found);
  },
  conversations(vendor, account = "default") {
    const rows = store.collection(vendor, account, vendors[vendor].kinds).list("conversation");
    return rows.filter((row: Doc) => row.$deleted !== true).map(wire);
  },
});

const environment = (origin: string): Record<string, string> =>
  Object.fromEntries(
    rules.flatMap(({ env, mount, sampleKey, sampleEnv = {} }) => [
      [env.baseUrl, origin + mount],
      [env.apiKey, sampleKey],
      ...Object.entries(sampleEnv),
    ]),
  );

/** Like `fetch`: follows redirects unless told not to, and ends with the caller's abort reason. */
async function fetchFrom(app: Hono, request: Request): Promise<Response> {
  request.signal.throwIfAborted();
  const spare = request.clone();
  const response = await Promise.resolve(app.fetch(request)).catch((error: unknown) => {
    if (error instanceof BrokenResponse) return error.response();
    throw error;
  });
  const location = response.headers.get("location");
  if (response.status !== 307 || location === null || request.redirect === "manual") return response;
  return fetchFrom(app, new Request(new URL(location, request.url), spare));
}
