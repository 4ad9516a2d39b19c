/** Datagrid's list of conversations, `<rows>` long and made up as it is asked for. Tells its address, and ends with its parent. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const rows = Number(process.argv[2]);
const time = "2026-01-01T00:00:00Z";

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const from = Number(searchParams.get("after")?.slice(4) ?? -1) + 1;
  const end = Math.min(rows, from + Number(searchParams.get("limit") ?? 20));
  const data = Array.from({ length: end - from }, (_, n) => ({
    object: "conversation",
    id: `cnv_${from + n}`,
    name: (from + n) % 1000 === 0 ? "needle" : `hay ${from + n}`,
    created_at: time,
    updated_at: time,
  }));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ object: "list", data, has_more: end < rows }));
});
server.listen(0, "127.0.0.1", () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once("disconnect", () => {
  server.close();
  server.closeAllConnections();
});
