/** The vendor, a process of its own: answers every request at once, with as little work as possible. */
import { type AddressInfo, createServer } from "node:net";
import { takeRequest } from "../faults/wire.ts";

const body = JSON.stringify({
  id: "conv_1",
  object: "conversation",
  created_at: 1_700_000_000,
  metadata: { topic: "billing", language: "en", customer: "c_1042", status: "open", priority: "2" },
});
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);

const server = createServer({ noDelay: true }, (socket) => {
  let buffer = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    buffer = buffer.length > 0 ? Buffer.concat([buffer, data]) : data;
    for (let taken = takeRequest(buffer); taken; taken = takeRequest(buffer)) {
      buffer = taken.rest as typeof buffer;
      socket.write(answer);
    }
  });
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
