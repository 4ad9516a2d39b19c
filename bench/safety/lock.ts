import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Lock } from "@convo/core";

/** A lock that several processes share. */
export interface LockServer {
  readonly port: number;
  close(): void;
}

/** Grants one lock at a time, in the order of asking; a connection is a holder, and its end, also a crash, gives the lock back. */
export async function openLockServer(): Promise<LockServer> {
  const line: Socket[] = [];
  const grant = (): void => void line[0]?.write("yours\n");
  const server = createServer((socket) => {
    line.push(socket);
    if (line[0] === socket) grant();
    socket.on("error", () => {});
    socket.on("close", () => {
      const held = line[0] === socket;
      line.splice(line.indexOf(socket), 1);
      if (held) grant();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

/** The lock, as `@convo/core` takes it. All conversations share it: the bench has but one. */
export function lockAt(port: number): Lock {
  return {
    async withLock(_key, fn) {
      const socket = connect(port, "127.0.0.1");
      try {
        await once(socket, "data");
        return await fn();
      } finally {
        socket.destroy();
      }
    },
  };
}
