/** The vendor of streams, a process of its own: 10,000 events as Letta sends them, for whatever is asked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const content = "word ".repeat(8);
const events = Array.from({ length: 10_000 }, (_, seq_id) => {
  const event = { message_type: "assistant_message", id: `message-${seq_id}`, seq_id, content };
  return `data: ${JSON.stringify(event)}\n\n`;
});
const body = Buffer.from(`${events.join("")}data: [DONE]\n\n`);

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(body);
  });
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
