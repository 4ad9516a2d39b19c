import { createError } from "../errors.ts";
import { assertOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import type { Finding, ProbeOptions, ProbeReport, ScratchConversation } from "../types/probe.ts";
import { measureEcho, measureOthers, measureUnknown } from "./answers.ts";
import { openLab } from "./lab.ts";
import { measureLimits } from "./limits.ts";
import { measureMetadata } from "./metadata.ts";

/**
 * What a vendor really does, where its documentation is silent: measured on a conversation made for it. An entry of its own,
 * `@convo/core/probe`, and loaded only when asked for: who never probes does not carry it.
 */

export type { Finding, ProbeOptions, ProbeReport, ScratchConversation };

/**
 * Measures what a vendor does with an update: some fifty requests, on ten conversations that it creates and deletes, or on the
 * one given. `probe(openai())` is what `convo.openai.probe()` calls.
 *
 * @throws ConvoError `invalid` if there is nothing to measure on (the message says what is missing), or a kind of the transport;
 * scratch conversations are deleted anyway, and one that could not be is named
 */
export async function probe(provider: Provider, options: ProbeOptions = {}): Promise<ProbeReport> {
  assertOptions(provider.name, "probe", options);
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
    const message = `The probe failed, and left conversation ${left.join(", ")} behind`;
    const hint = "Delete it; the cause says what happened.";
    throw createError(provider, "server", message, hint, { retryable: false, cause: error });
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
