// B's write is answered 429 Retry-After: 1 (not processed); A merges and verifies meanwhile; B's transport re-sends the old document.
import { agentsight, createConvo } from "@convo/core";
import { createSandbox } from "@convo/sandbox";
import { setTimeout as sleep } from "node:timers/promises";
const sandbox = createSandbox();
const apiKey = sandbox.env()["AGENTSIGHT_API_KEY"]!;
const t0 = performance.now();
const log = (who: string) => (s: any) => console.log(Math.round(performance.now() - t0), who, s.step, Math.round(s.ms));
const baseUrl = sandbox.baseUrl("agentsight");
const mk = (account: string) => createConvo({ agentsight: agentsight({ baseUrl, apiKey, account, fetch: (u: string, i: any) => sandbox.fetch(u, i), steps: log(account) }) });
const a = mk("A"), b = mk("B");
sandbox.fault({ kind: "status", status: 429, ...(process.argv[2] ? { retryAfter: Number(process.argv[2]) } : {}), operation: "updateConversation" });
const bDone = b.agentsight.update(42, { metadata: { b: "b" } }, { verify: true });
await sleep(70);
const ra = await a.agentsight.update(42, { metadata: { a: "a" } }, { verify: true });
console.log("A told:", ra.confirmed, ra.guarantee, (sandbox.read("agentsight", 42) as any).metadata);
const rb = await bDone;
console.log("B told:", rb.confirmed, rb.guarantee, (sandbox.read("agentsight", 42) as any).metadata);
await sandbox.close();
