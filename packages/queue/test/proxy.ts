import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What stands between a queue and its Postgres, and fails as networks do. */
export interface Proxy {
  readonly url: string;
  /** Connections that are open stay open, and nothing comes through them any more. Resolves when something has been sent into one. */
  swallow(): Promise<void>;
  /** Ends a connection when it is about to hand on this text, once; what was sent is lost. */
  cutAt(text: string): void;
  close(): void;
}

/** Starts a proxy on 127.0.0.1. */
export async function startProxy(database: string): Promise<Proxy> {
  const { hostname, port } = new URL(database);
  const sockets = new Set<Socket>();
  const deaf = new WeakSet<Socket>();
  let cut: string | undefined;
  let onSwallowed: () => void = () => {};
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    sockets.add(client);
    const end = (): void => {
      sockets.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("close", end).on("error", end);
    client.on("data", (data) => {
      if (deaf.has(client)) return onSwallowed();
      if (cut !== undefined && data.includes(cut)) {
        cut = undefined;
        return end();
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => deaf.has(client) || client.write(data));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(database);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    swallow() {
      for (const socket of sockets) deaf.add(socket);
      return new Promise((resolve) => {
        onSwallowed = resolve;
      });
    },
    cutAt(text) {
      cut = text;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
