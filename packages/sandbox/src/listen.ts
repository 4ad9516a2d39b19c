import { isIPv6 } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { BrokenResponse } from "./engine/inject.ts";

/** A server that listens. */
export interface Served {
  readonly port: number;
  readonly origin: string;
  stop(): Promise<void>;
}

/** Answers one request, or throws to have its connection dropped. */
type Handle = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** Serves HTTP on an address of this machine; port 0 picks a free one. Rejects when the port is taken. */
export function serve(handle: Handle, port: number, host: string): Promise<Served> {
  const server = createAdaptorServer({
    // Left alone: a sandbox inside somebody's test must not replace the globals of the process.
    overrideGlobalObjects: false,
    async fetch(request, env) {
      const bindings = env as HttpBindings;
      try {
        return await handle(request, bindings);
      } catch (error) {
        // A caller who leaves meanwhile, or a sandbox that closes, ends it as well.
        drop(bindings, error).catch(() => undefined);
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      resolve({ port: bound, origin: `http://${reachable(host)}:${bound}`, stop: () => stopServer(server) });
    });
  });
}

/** What to write in a URL of this machine for an address that is listened on. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}

/** A reset, not an orderly end, as a broken connection looks from outside. */
async function drop({ incoming, outgoing }: HttpBindings, reason: unknown): Promise<void> {
  if (!(reason instanceof BrokenResponse)) {
    incoming.socket.resetAndDestroy();
    return;
  }
  outgoing.writeHead(reason.status, Object.fromEntries(reason.headers));
  outgoing.flushHeaders();
  try {
    for await (const chunk of reason.chunks)
      await new Promise<void>((resolve) => outgoing.write(chunk, () => resolve()));
  } finally {
    incoming.socket.destroy();
  }
}

function stopServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
