import type { Fetch } from "@convo/client";
import { createConvo, letta } from "@convo/core";
import { createLettaClient } from "@convo/letta";
import { type Goal, goal, median } from "./statistics.ts";

/** CPU of one update in microseconds, without a network. */
export interface CoreRow {
  readonly clientUs: number;
  readonly coreUs: number;
  /** Median of the differences within each round. */
  readonly addedUs: number;
  /** The same through the client, with `withResponse()`. */
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

/** What `update` of a common field adds to the same call through the vendor's client; the network is a function. */
export async function measureCore(rounds: number, calls: number): Promise<CoreRow> {
  const options = { apiKey: "sk-bench", baseUrl: "http://127.0.0.1:1", fetch: instant };
  const client = createLettaClient(options);
  const convo = createConvo({ letta: letta(options) });
  const throughClient = (): Promise<unknown> =>
    client.updateConversation("conversation-1", { summary: "billing" });
  const throughCore = (): Promise<unknown> => convo.letta.update("conversation-1", { summary: "billing" });
  const withResponse = (): Promise<unknown> =>
    client.updateConversation("conversation-1", { summary: "billing" }).withResponse();
  const withResponseUs: number[] = [];
  const clientUs: number[] = [];
  const coreUs: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const [one, other] = [await cpuUs(throughClient, calls), await cpuUs(throughCore, calls)];
    const response = await cpuUs(withResponse, calls);
    // The first round warms up.
    if (round < 0) continue;
    clientUs.push(one);
    coreUs.push(other);
    withResponseUs.push(response);
  }
  const added = coreUs.map((us, round) => us - (clientUs[round] as number));
  return {
    clientUs: median(clientUs),
    withResponseUs: median(withResponseUs),
    coreUs: median(coreUs),
    addedUs: median(added),
  };
}

// No collection is forced before a round: after one V8 compiles the hot code again, which doubled the cost of both sides.
async function cpuUs(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let left = calls; left > 0; left--) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

export const coreGoals = ({ addedUs }: CoreRow): Goal[] => [
  goal("@convo/core update of fields: CPU added to a call, us", addedUs, 10),
];
