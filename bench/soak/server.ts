/** The server of the soak, a process of its own. Counts its connections. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Fault, faultOf } from "./faults.ts";

const sockets = new Set<Socket>();
/** Calls whose fault is over: the next request for them is answered. */
const past = new Set<number>();

const json = (response: ServerResponse, status: number, body: object, headers: object = {}): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};

const MISCHIEF: Readonly<Record<Fault, (response: ServerResponse, id: string) => void>> = {
  "500": (response) => json(response, 500, { error: { message: "later" } }),
  "503": (response) => json(response, 503, { error: { message: "later" } }, { "retry-after-ms": "20" }),
  "429": (response) => json(response, 429, { error: { message: "slower" } }, { "retry-after-ms": "20" }),
  reset: (response) => void response.socket?.resetAndDestroy(),
  cut: (response, id) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 500 });
    response.write(`{"id":"${id}"`);
    setImmediate(() => response.destroy());
  },
  html: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>"),
  // The caller gives up, or the client does.
  abort: () => {},
  stall: () => {},
};

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("error", () => {});
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const id = request.url?.split("/").at(-1) ?? "";
    const number = Number(id.slice("conv_".length));
    const fault = past.has(number) ? undefined : faultOf(number);
    if (fault) {
      past.add(number);
      return MISCHIEF[fault](response, id);
    }
    past.delete(number);
    const { metadata = {} } = JSON.parse(Buffer.concat(chunks).toString() || "{}") as { metadata?: object };
    json(response, 200, { id, object: "conversation", created_at: 1, metadata });
  });
});
server.on("connection", (socket) => {
  sockets.add(socket);
  socket.on("error", () => {}).on("close", () => sockets.delete(socket));
});
process.on("message", (wish) => {
  if (wish === "close idle") server.closeIdleConnections();
  process.send?.(sockets.size);
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
