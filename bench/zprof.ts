import { createConvo, letta } from "@convo/core";
import { createLettaClient } from "@convo/letta";
import { undiciFetch } from "@convo/client/undici";
import { ask, start } from "./child.ts";
const [what, tr] = process.argv.slice(2);
const server = start(import.meta.dirname + "/core/server.ts");
const port = await ask<number>(server);
const options = { apiKey: "k", baseUrl: `http://127.0.0.1:${port}`, ...(tr === "undici" && { fetch: undiciFetch() }) };
const client = createLettaClient(options);
const convo = createConvo({ letta: letta(options) });
const f = what === "core" ? () => convo.letta.update("conversation-1", { summary: "billing" }) : () => client.updateConversation("conversation-1", { summary: "billing" });
for (let i = 0; i < 5000; i++) await f();
for (let r = 0; r < 3; r++) {
const b = process.cpuUsage();
for (let i = 0; i < 10000; i++) await f();
const c = process.cpuUsage(b);
console.log(what, tr, (c.user + c.system) / 10000);
}
server.kill(); process.disconnect?.();
