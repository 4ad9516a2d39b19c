/** A vendor that is measured against: every request is answered at once, with as little work as possible. */
import { type AddressInfo, createServer } from "node:net";
import { type RawRequest, takeRequest } from "./faults/wire.ts";

/** Serves in this process, a child's, and tells the parent the port. */
export function answerAtOnce(answer: (request: RawRequest) => string | Buffer): void {
  const server = createServer({ noDelay: true }, (socket) => {
    let buffer = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      buffer = buffer.length > 0 ? Buffer.concat([buffer, data]) : data;
      for (let taken = takeRequest(buffer); taken; taken = takeRequest(buffer)) {
        buffer = taken.rest as typeof buffer;
        socket.write(answer(taken.request));
      }
    });
  });
  process.on("disconnect", () => process.exit());
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

/** A response with this JSON. */
export const success = (body: string): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
