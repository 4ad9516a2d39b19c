/** The ways to make many merge updates that are compared. Each tells how many failed. */
import { createConvo, openai } from "@convo/core";
import Bottleneck from "bottleneck";
import OpenAI from "openai";
import pLimit from "p-limit";

/** One update that adds a key to a conversation's metadata. */
export interface Update {
  readonly id: string;
  readonly key: string;
}

/** Makes all updates; resolves to the number that failed. */
type Way = (baseUrl: string, updates: readonly Update[]) => Promise<number>;

const KEY = "sk-bench";

/** What users of the official SDK write, around whatever limits how much of it is under way. */
function withSdk(schedule: (work: () => Promise<void>) => Promise<void>): Way {
  return async (baseURL, updates) => {
    const client = new OpenAI({ apiKey: KEY, baseURL, logLevel: "off" });
    const results = await Promise.allSettled(
      updates.map(({ id, key }) =>
        schedule(async () => {
          const { metadata } = await client.conversations.retrieve(id);
          await client.conversations.update(id, { metadata: { ...(metadata as object), [key]: "1" } });
        }),
      ),
    );
    return results.filter(({ status }) => status === "rejected").length;
  };
}

const limited = pLimit(32);
/** The limit as the vendor's page would say it, at the beginning of the run. */
const bottleneck = (requests: number, perMs: number): Bottleneck =>
  new Bottleneck({
    maxConcurrent: 32,
    reservoir: Math.floor(requests / 2),
    reservoirRefreshAmount: Math.floor(requests / 2),
    reservoirRefreshInterval: perMs,
  });

/** The clients by name; Bottleneck is told the limit that holds at the start. */
export function waysFor(requests: number, perMs: number): Readonly<Record<string, Way>> {
  const reservoir = bottleneck(requests, perMs);
  return {
    "convo updateMany": async (baseUrl, updates) => {
      const convo = createConvo({ openai: openai({ apiKey: KEY, baseUrl }) });
      const lines = updates.map(({ id, key }) => ({ id, changes: { metadata: { [key]: "1" } } }));
      const { failed } = await convo.openai.updateMany(lines).finish();
      return failed;
    },
    "openai SDK, p-limit 32": withSdk((work) => limited(work)),
    "openai SDK, Bottleneck": withSdk((work) => reservoir.schedule(work)),
    "openai SDK, Promise.all": withSdk((work) => work()),
  };
}
