// Runs in Node: <MSW's package.json>. Handlers of MSW answer instead of the vendor.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { check, conversation } from "../mocked.mjs";

const [manifest] = process.argv.slice(2);
const require = createRequire(manifest);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const [{ http, HttpResponse }, { setupServer }] = await Promise.all([load("msw"), load("msw/node")]);

const path = "https://api.openai.com/v1/conversations/:id";
const none = () => HttpResponse.json({ error: { message: "none" } }, { status: 404 });
const server = setupServer(
  http.get(path, ({ params }) => (params.id === "conv_1" ? HttpResponse.json(conversation) : none())),
  http.post(path, async ({ request }) =>
    HttpResponse.json(Object.assign(conversation, await request.json())),
  ),
);
server.listen({ onUnhandledRequest: "error" });
const steps = await check();
console.log(JSON.stringify({ runtime: `MSW ${require(manifest).version}`, steps }));
