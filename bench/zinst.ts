import type { Fetch } from "@convo/client";
import { createConvo, letta } from "@convo/core";
const body = new TextEncoder().encode(JSON.stringify({ id: "conversation-1", agent_id: "agent-1", summary: "billing" }));
const headers = new Headers({ "content-type": "application/json", "x-request-id": "req_1" });
const instant: Fetch = async () => {
  let chunks = [body];
  const read = async (): Promise<{ done: boolean; value?: Uint8Array | undefined }> => { const [value] = chunks; chunks = []; return { done: value === undefined, value }; };
  return { status: 200, headers, body: { getReader: () => ({ read, cancel: async () => {} }) } };
};
const convo = createConvo({ letta: letta({ apiKey: "sk-bench", baseUrl: "http://127.0.0.1:1", fetch: instant }) });
for (let i = 0; i < 200000; i++) await convo.letta.update("conversation-1", { summary: "billing" });
