#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createSandbox } from "./sandbox.ts";

const HELP = `convo-sandbox: five AI-conversation vendors on your machine

  --port <n>     port on 127.0.0.1 (default 4100, 0 = any free one)
  --data <file>  keep the state in this SQLite file
  --seed <file>  start from the rows in this JSON file
  --accounts <file>  the only keys to accept, as JSON: {"agentsight": {"<key>": {"account": "a", "role": "read"}}}
  --openai-metadata merge|replace   what OpenAI does with metadata (default merge)
  --chatdash-put partial|full       whether ChatDash's PUT resets fields left out (default partial)
  --datagrid-limit <n>              requests per minute and endpoint, 0 = no limit (default 200)
  --help         this text
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4100" },
    data: { type: "string" },
    seed: { type: "string" },
    accounts: { type: "string" },
    "openai-metadata": { type: "string", default: "merge" },
    "chatdash-put": { type: "string", default: "partial" },
    "datagrid-limit": { type: "string", default: "200" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const sandbox = createSandbox({
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.accounts === undefined ? {} : { accounts: JSON.parse(readFileSync(values.accounts, "utf8")) }),
    openai: { metadata: values["openai-metadata"] === "replace" ? "replace" : "merge" },
    chatdash: { put: values["chatdash-put"] === "full" ? "full" : "partial" },
    datagrid: { rateLimit: Number(values["datagrid-limit"]) || false },
  });
  const { origin } = await sandbox.listen(Number(values.port));
  const lines = Object.entries(sandbox.env()).map(([name, value]) => `export ${name}=${value}`);
  process.stdout.write(`Sandbox on ${origin} (open it in a browser)\n\n${lines.join("\n")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
