// The smoke test under jest as it comes: CommonJS, no configuration, nothing transformed in node_modules.
const { prepare } = require("../cjs/smoke.js");

const { CONVO_PORT: port, CONVO_RUN: run } = process.env;
for (const [name, step] of prepare(`http://127.0.0.1:${port}`, run, `http://localhost:${port}`))
  test(name, step);
