import { setTimeout as sleep } from "node:timers/promises";
import {
  agentsight,
  chatdash,
  createConvo,
  isConvoError,
  type Lock,
  openai,
  type UpdateOptions,
  type UpdateResult,
} from "@convo/core";
import OpenAI from "openai";
import { AGENT_ID, PLACES, plainRequests, type Target } from "./vendors.ts";

/** Sets one metadata key; resolves when the writer was told that it is done. */
export type Write = (key: string, value: string) => Promise<unknown>;

/** What a writer was told about its key: nothing means success. */
export interface Told {
  readonly key: string;
  readonly error?: string;
  /** Told that its write came so late that it may have undone what others had verified. */
  readonly late?: boolean;
}

/** How core is set up; `limited` leaves OpenAI's limit of 16 keys on. */
export interface ConvoSetup extends Pick<UpdateOptions, "verify" | "timeoutMs"> {
  readonly lock?: Lock;
  readonly limited?: boolean;
}

/** Writes as our users do: one `update` with the one key. */
export function convoWriter(target: Target, { lock, limited = false, ...options }: ConvoSetup = {}): Write {
  const { baseUrl, apiKey } = target;
  const at = { baseUrl, apiKey, deadlineMs: 30_000, ...(lock && { lock }) };
  const convo = createConvo({
    openai: limited ? openai(at) : { ...openai(at), limits: {} },
    chatdash: chatdash({ ...at, agentId: AGENT_ID }),
    agentsight: agentsight(at),
  });
  const writers: Record<Target["vendor"], Write> = {
    openai: (key, value) => convo.openai.update(PLACES.openai.id, { metadata: { [key]: value } }, options),
    chatdash: (key, value) =>
      convo.chatdash.update(PLACES.chatdash.id, { metadata: { [key]: value } }, options),
    agentsight: (key, value) =>
      convo.agentsight.update(PLACES.agentsight.id, { metadata: { [key]: value } }, options),
  };
  return writers[target.vendor];
}

/**
 * Writes as the vendors advise: read, spread, write. Through OpenAI's own SDK; ChatDash and AgentSight have none for
 * this, so with plain `fetch`.
 */
export function naiveWriter(target: Target, timeout = 60_000): Write {
  if (target.vendor === "openai") {
    const { id } = PLACES.openai;
    const client = new OpenAI({ apiKey: target.apiKey, baseURL: target.baseUrl, timeout });
    return async (key, value) => {
      const { metadata } = await client.conversations.retrieve(id);
      return client.conversations.update(id, { metadata: { ...(metadata as object), [key]: value } });
    };
  }
  const { read, write, headers } = plainRequests(target);
  return async (key, value) => {
    const found = await answer(fetch(read, { headers, signal: AbortSignal.timeout(timeout) }));
    const body = JSON.stringify({ metadata: { ...(found.metadata as object), [key]: value } });
    const signal = AbortSignal.timeout(timeout);
    return answer(fetch(write.url, { method: write.method, headers, body, signal }));
  };
}

async function answer(sent: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await sent;
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}

/** Sends one write per key, all at once or spread evenly over `spreadMs`, none waiting for another. */
export function writeAll(write: Write, keys: readonly string[], spreadMs: number): Promise<Told[]> {
  return Promise.all(
    keys.map(async (key, n): Promise<Told> => {
      if (spreadMs > 0) await sleep((n * spreadMs) / keys.length);
      try {
        const { warnings = [] } = ((await write(key, `value of ${key}`)) ?? {}) as Partial<UpdateResult>;
        return { key, late: warnings.some(({ code }) => code === "late_write") };
      } catch (error) {
        return { key, error: nameOf(error) };
      }
    }),
  );
}

/** The kind of our errors, the class of others. */
export function nameOf(error: unknown): string {
  if (isConvoError(error)) return error.kind;
  return error instanceof Error ? error.constructor.name : String(error);
}
