import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Truncated } from "./engine/strike.ts";

/** A server that listens. */
export interface Served {
  readonly port: number;
  readonly origin: string;
  stop(): Promise<void>;
}

/** Answers one request, or throws to have its connection dropped. */
type Handle = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** Serves HTTP on 127.0.0.1; port 0 picks a free one. Rejects when the port is taken. */
export function serve(handle: Handle, port: number): Promise<Served> {
  const server = createAdaptorServer({
    // Left alone: a sandbox inside somebody's test must not replace the globals of the process.
    overrideGlobalObjects: false,
    async fetch(request, env) {
      const bindings = env as HttpBindings;
      try {
        return await handle(request, bindings);
      } catch (error) {
        drop(bindings, error);
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      resolve({ port: bound, origin: `http://127.0.0.1:${bound}`, stop: () => stopServer(server) });
    });
  });
}

/** A reset, not an orderly end, as a broken connection looks from outside. */
function drop({ incoming, outgoing }: HttpBindings, reason: unknown): void {
  if (!(reason instanceof Truncated)) {
    incoming.socket.resetAndDestroy();
    return;
  }
  outgoing.writeHead(reason.status, Object.fromEntries(reason.headers));
  outgoing.write(reason.head, () => incoming.socket.destroy());
}

function stopServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
