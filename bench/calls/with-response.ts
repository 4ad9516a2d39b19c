import type { Fetch } from "@convo/client";
import { createLettaClient } from "@convo/letta";
import { cpuUs } from "../cpu.ts";
import { median } from "./statistics.ts";

/** CPU of one call in microseconds, without a network. */
export interface WithResponseRow {
  readonly plainUs: number;
  readonly withResponseUs: number;
}

const body = new TextEncoder().encode(
  JSON.stringify({ id: "conversation-1", agent_id: "agent-1", summary: "billing" }),
);
const headers = new Headers({ "content-type": "application/json", "x-request-id": "req_1" });
const instant: Fetch = async () => {
  let chunks = [body];
  const read = async (): Promise<{ done: boolean; value?: Uint8Array | undefined }> => {
    const [value] = chunks;
    chunks = [];
    return { done: value === undefined, value };
  };
  return { status: 200, headers, body: { getReader: () => ({ read, cancel: async () => {} }) } };
};

/** A call of the vendor's client, plain and with `withResponse()`; the network is a function. */
export async function measureWithResponse(rounds: number, calls: number): Promise<WithResponseRow> {
  const client = createLettaClient({ apiKey: "sk-bench", baseUrl: "http://127.0.0.1:1", fetch: instant });
  const plain = (): Promise<unknown> => client.updateConversation("conversation-1", { summary: "billing" });
  const withResponse = (): Promise<unknown> =>
    client.updateConversation("conversation-1", { summary: "billing" }).withResponse();
  const plainUs: number[] = [];
  const withResponseUs: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const [one, other] = [await costUs(plain, calls), await costUs(withResponse, calls)];
    // The first round warms up.
    if (round < 0) continue;
    plainUs.push(one);
    withResponseUs.push(other);
  }
  return { plainUs: median(plainUs), withResponseUs: median(withResponseUs) };
}

// No collection is forced before a round: after one V8 compiles the hot code again, which doubled the cost of both sides.
async function costUs(call: () => Promise<unknown>, calls: number): Promise<number> {
  const us = await cpuUs(async () => {
    for (let left = calls; left > 0; left--) await call();
  });
  return us / calls;
}
