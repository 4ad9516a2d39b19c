// The other side of the smoke test, in a process of its own: conversations that behave as their id says.
// Prints its port. `/<run>/v1/...` is the API, `/<run>/seen/<id>` what it saw; `/page.html` and `/bundle.js` are for browsers.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const ITEMS = Array.from({ length: 45 }, (_, index) => ({
  id: `item_${index}`,
  type: "message",
  role: "user",
  status: "completed",
  content: [],
}));
const BOMB = gzipSync(JSON.stringify({ id: "bomb", text: "x".repeat(5_000_000) }));
const runs = new Map();

const server = createServer(async (request, response) => {
  // Browsers ask first, and hide headers that are not named.
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", "*, authorization");
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-expose-headers", "*");
  response.setHeader("x-request-id", "req_smoke");
  const url = new URL(request.url, "http://server");
  const [, run, area, , id = "", list] = url.pathname.split("/").map(decodeURIComponent);
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  if (area === undefined) return file(response, run);
  if (area === "seen") return json(response, 200, runs.get(`${run}/${url.pathname.split("/")[3]}`) ?? {});
  let text = "";
  for await (const chunk of request) text += chunk;
  const key = `${run}/${id}`;
  const state = runs.get(key) ?? { requests: 0, metadata: { owner: "ada" } };
  runs.set(key, state);
  state.requests++;
  state.headers = request.headers;
  answer({ request, response, id, list, query: url.searchParams, text, state });
});

function answer({ request, response, id, list, query, text, state }) {
  if (id.startsWith("hang")) return response.on("close", () => (state.closed = true));
  if (id === "reset") return request.socket.destroy();
  if (id === "missing") return json(response, 404, { error: { message: "no such conversation" } });
  if (id === "down" || (id === "flaky" && state.requests === 1)) {
    return json(response, 503, { error: { message: "overloaded" } }, { "retry-after-ms": "1" });
  }
  if (id === "moved") return json(response, 302, {}, { location: request.headers["x-location"] });
  if (id === "bomb") {
    return response
      .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      .end(BOMB);
  }
  if (list) return page(response, query);
  if (request.method === "POST") state.metadata = JSON.parse(text).metadata;
  json(response, 200, { id, object: "conversation", created_at: 1, metadata: state.metadata });
}

function page(response, query) {
  const start = ITEMS.findIndex(({ id }) => id === query.get("after")) + 1;
  const data = ITEMS.slice(start, start + Number(query.get("limit")));
  const [first, last] = [data.at(0).id, data.at(-1).id];
  const has_more = last !== ITEMS.at(-1).id;
  json(response, 200, { object: "list", data, has_more, first_id: first, last_id: last });
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** What `web/` holds: the empty page and the bundle that page and worker load. */
const TYPES = { "page.html": "text/html", "bundle.js": "text/javascript" };

function file(response, name) {
  if (!Object.hasOwn(TYPES, name)) return response.writeHead(404).end();
  response.setHeader("content-type", TYPES[name]);
  createReadStream(new URL(`web/${name}`, import.meta.url)).pipe(response);
}

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
