// Runs in an empty project that installed the packed tarballs, under the Node named by the first argument.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createConvo, isConvoError, letta, openai } from "@convo/core";
import { createOpenAIClient } from "@convo/openai";

assert.equal(process.versions.node, process.argv[2]);

// A conversation with metadata, as OpenAI would serve it: POST replaces, GET reads.
let metadata = { owner: "ada" };
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (request.method === "POST") metadata = JSON.parse(text).metadata;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ id: "conv_1", object: "conversation", created_at: 1, metadata }));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const options = { apiKey: "sk-test", baseUrl: `http://127.0.0.1:${server.address().port}/v1` };

const client = createOpenAIClient(options);
assert.deepEqual((await client.getConversation("conv_1")).metadata, { owner: "ada" });

const convo = createConvo({ openai: openai(options), letta: letta(options) });
const result = await convo.openai.update("conv_1", { metadata: { topic: "billing" } });
assert.deepEqual(metadata, { owner: "ada", topic: "billing" });
assert.equal(result.confirmed, "echo");
await assert.rejects(convo.letta.update("", { summary: "x" }), isConvoError);
server.close();
server.closeAllConnections();

for (const vendor of ["letta", "datagrid", "chatdash", "agentsight"]) {
  const exports = await import(`@convo/${vendor}`);
  assert.equal(exports.vendor.name, vendor);
}

if (Number.parseInt(process.versions.node, 10) >= 22) {
  const { createSandbox } = await import("@convo/sandbox");
  const sandbox = createSandbox();
  const reply = await createOpenAIClient({
    apiKey: "sk-test",
    baseUrl: sandbox.baseUrl("openai"),
    fetch: sandbox.fetch,
  }).getConversation("conv_sandbox0001");
  assert.equal(reply.id, "conv_sandbox0001");
  await sandbox.close();
}
