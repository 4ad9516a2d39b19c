// The sandbox as a package, on the Node it asks for: <Node version>.
import assert from "node:assert/strict";
import { createOpenAIClient } from "@convo/openai";
import { createSandbox } from "@convo/sandbox";

assert.equal(process.versions.node, process.argv[2]);
const sandbox = createSandbox();
const direct = { apiKey: "sk-test", baseUrl: sandbox.baseUrl("openai"), fetch: sandbox.fetch };
assert.equal((await createOpenAIClient(direct).getConversation("conv_sandbox0001")).id, "conv_sandbox0001");
await sandbox.listen();
Object.assign(process.env, sandbox.env());
const updated = await createOpenAIClient().updateConversation("conv_sandbox0001", { metadata: { a: "b" } });
assert.equal(updated.metadata.a, "b");
await sandbox.close();
