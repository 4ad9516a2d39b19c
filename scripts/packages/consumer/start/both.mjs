// Runs in Node: <port> <run>. The packages imported and required in one process: two copies, one family of errors,
// and one queue per conversation.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as imported from "@convo/core";

const [port, run] = process.argv.slice(2);
const required = createRequire(import.meta.url)("@convo/core");
const options = { apiKey: "sk-smoke-0123456789", baseUrl: `http://127.0.0.1:${port}/${run}/v1` };
const STEPS = {
  "there are two copies": () => assert.notEqual(imported.createConvo, required.createConvo),

  "each copy knows the other's errors": async () => {
    const convo = imported.createConvo({ openai: imported.openai(options) });
    const error = await convo.openai.get("missing").catch((error) => error);
    assert.equal(error instanceof required.ConvoError, false);
    assert.equal(imported.isConvoError(error) && required.isConvoError(error), true);
    assert.equal(error.kind, "not_found");
  },

  "copies take turns: concurrent updates through both lose nothing": async () => {
    const copies = [imported, required].map(({ createConvo, openai }) =>
      createConvo({ openai: openai(options) }),
    );
    const names = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const update = (name, index) => copies[index % 2].openai.update("shared", { metadata: { [name]: name } });
    await Promise.all(names.map(update));
    const seen = await fetch(`http://127.0.0.1:${port}/${run}/seen/shared`);
    assert.deepEqual(Object.keys((await seen.json()).metadata).sort(), ["owner", ...names].sort());
  },
};
for (const step of Object.values(STEPS)) await step();
console.log(JSON.stringify({ runtime: `Node ${process.versions.node}`, steps: Object.keys(STEPS) }));
