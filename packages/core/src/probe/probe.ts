import { UpdateError } from "../errors.ts";
import type { Json } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import { type Finding, measureEcho, measureOthers, measureUnknown } from "./answers.ts";
import { openLab, type ScratchConversation } from "./lab.ts";
import { measureLimits } from "./limits.ts";
import { measureMetadata } from "./metadata.ts";

/**
 * What a vendor really does, where its documentation is silent: measured on a conversation made for it. An entry of its own,
 * `@convo/core/probe`, and loaded only when asked for: who never probes does not carry it.
 */

export type { Finding, ScratchConversation };

/** Options of a probe, beside those of its HTTP calls. */
export interface ProbeOptions extends HttpOptions {
  /**
   * A conversation to measure on, where none can be created. Everything in it may be lost. Without it the probe creates what it
   * needs and deletes it afterwards; it never touches any other conversation.
   */
  id?: string | number;
  /** What the vendor wants to know of a new conversation, e.g. `{ query: { agent_id } }` at Letta. */
  create?: { body?: { readonly [key: string]: Json }; query?: { readonly [key: string]: string } };
}

/** What a probe found. */
export interface ProbeReport {
  readonly provider: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  /** What does not apply to the vendor, or cannot be measured on the conversation given, is left out. */
  readonly facts: readonly Finding[];
  /** Those of them that contradict what the provider's record and spec say: the record is wrong, or the vendor has changed. */
  readonly differs: readonly Finding[];
  readonly scratch: readonly ScratchConversation[];
  /** HTTP calls made. */
  readonly calls: number;
}

/**
 * Measures what a vendor does with an update: some fifty requests, on ten conversations that it creates and deletes, or on the
 * one given. `probe(openai())` is what `convo.openai.probe()` calls.
 *
 * @throws ConvoError `invalid` if there is nothing to measure on (the message says what is missing), or a kind of the transport;
 * scratch conversations are deleted all the same, and one that could not be is named
 */
export async function probe(provider: Provider, options: ProbeOptions = {}): Promise<ProbeReport> {
  const measuredAt = new Date().toISOString();
  const lab = openLab(provider, options);
  const facts: Finding[] = [];
  try {
    for (const measure of [measureEcho, measureOthers, measureMetadata, measureLimits])
      facts.push(...(await measure(lab)));
    await lab.close();
    facts.push(...(await measureUnknown(lab)));
  } catch (error) {
    await lab.close();
    const left = lab.scratch.filter(({ clean }) => !clean).map(({ id }) => id);
    if (left.length === 0) throw error;
    throw new UpdateError({
      provider: provider.name,
      kind: "server",
      message: `The probe failed, and left conversation ${left.join(", ")} behind`,
      hint: "Delete it; the cause says what happened.",
      retryable: false,
      cause: error,
    });
  }
  return {
    provider: provider.name,
    measuredAt,
    facts,
    differs: facts.filter(({ differs }) => differs),
    scratch: lab.scratch,
    calls: lab.requests(),
  };
}
