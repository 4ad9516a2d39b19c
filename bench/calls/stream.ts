import { join } from "node:path";
import { undiciFetch } from "@convo/client/undici";
import { createLettaClient } from "@convo/letta";
import Letta from "@letta-ai/letta-client";
import { ask, start } from "../child.ts";
import { cpuUs } from "../cpu.ts";
import { type Goal, goal, median, ratio } from "./statistics.ts";

/** CPU of reading a stream of 10,000 events, in milliseconds, and beside Letta's own SDK in the same round. */
export interface StreamRow {
  readonly client: string;
  readonly cpuMs: number;
  readonly cpuToSdk: number;
}

const EVENTS = 10_000;
const SDK = "letta SDK";

/** Reads the same stream through our client on both paths and through Letta's SDK, in turn, from a server in its own process. */
export async function measureStreams(rounds: number): Promise<StreamRow[]> {
  const server = start(join(import.meta.dirname, "stream-server.ts"));
  try {
    const baseUrl = `http://127.0.0.1:${await ask<number>(server)}`;
    const options = { apiKey: "sk-bench", baseUrl };
    const web = createLettaClient(options);
    const node = createLettaClient({ ...options, fetch: undiciFetch() });
    const sdk = new Letta({ apiKey: "sk-bench", baseURL: baseUrl });
    const clients: [name: string, open: () => Promise<AsyncIterable<unknown>>][] = [
      ["@convo/letta, web fetch", async () => web.sendConversationMessage("c", { input: "hi" })],
      ["@convo/letta, undici", async () => node.sendConversationMessage("c", { input: "hi" })],
      [SDK, async () => sdk.conversations.messages.create("c", { input: "hi" })],
    ];
    const costs: Record<string, number[]> = {};
    // The first three rounds warm up.
    for (let round = -3; round < rounds; round++) {
      for (const [name, open] of round % 2 ? clients : clients.toReversed()) {
        const ms = await cpuMs(open);
        if (round >= 0) costs[name] = [...(costs[name] ?? []), ms];
      }
    }
    const of = (name: string): number[] => costs[name] ?? [];
    return clients.map(([client]) => ({
      client,
      cpuMs: median(of(client)),
      cpuToSdk: ratio(of(client), of(SDK)),
    }));
  } finally {
    server.kill();
  }
}

async function cpuMs(open: () => Promise<AsyncIterable<unknown>>): Promise<number> {
  let events = 0;
  const us = await cpuUs(async () => {
    for await (const _event of await open()) events++;
  });
  if (events !== EVENTS) throw new Error(`${events} events of ${EVENTS}`);
  return us / 1000;
}

export const streamGoals = (rows: readonly StreamRow[]): Goal[] =>
  rows
    .filter(({ client }) => client !== SDK)
    .map(({ client, cpuToSdk }) => goal(`${client}: CPU of 10,000 events to the letta SDK's`, cpuToSdk, 0.7));
