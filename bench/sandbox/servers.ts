/** Serves, in a process of its own, what it is told to: `node servers.ts bare|sandbox`. Sends its origin to its parent. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "@convo/sandbox";
import { CONSTANT } from "./requests.ts";

/** The least an HTTP server on Node can do: take the body, answer the same JSON every time. */
async function bare(): Promise<string> {
  const server = createServer((request, response) => {
    request.on("data", () => {});
    request.on("end", () => {
      response.writeHead(200, { "content-type": "application/json", "content-length": CONSTANT.length });
      response.end(CONSTANT);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const start =
  process.argv[2] === "bare" ? bare : async () => (await createSandbox(options()).listen()).origin;

/** Nothing that a vendor would refuse under load; all else as users have it. */
function options(): Parameters<typeof createSandbox>[0] {
  return { datagrid: { rateLimit: false } };
}

process.send?.(await start());
// Asked how much processor time it has used so far, in microseconds.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on("disconnect", () => process.exit());
