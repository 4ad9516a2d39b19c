/** The vendor, a process of its own: a conversation of Letta's with the id in the path, at once, with as little work as possible. */
import { type AddressInfo, createServer } from "node:net";
import { takeRequest } from "../faults/wire.ts";

const server = createServer({ noDelay: true }, (socket) => {
  let buffer = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    buffer = buffer.length > 0 ? Buffer.concat([buffer, data]) : data;
    for (let taken = takeRequest(buffer); taken; taken = takeRequest(buffer)) {
      buffer = taken.rest as typeof buffer;
      const id = taken.request.path.split("/").at(-1);
      const body = `{"id":"${id}","agent_id":"agent-1","summary":"billing"}`;
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    }
  });
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
