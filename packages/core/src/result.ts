import type { Calls } from "./calls.ts";
import type { UpdateResult } from "./changes.ts";
import type { Look } from "./exchange.ts";
import { bodyOf, type Folded } from "./fold.ts";
import { type Reading, toConversation } from "./from-wire.ts";
import type { Job } from "./job.ts";
import { inMetadata } from "./judge.ts";
import type { Metadata } from "./metadata/index.ts";
import type { Outcome } from "./prove.ts";
import type { Provider } from "./provider.ts";
import type { Parsed } from "./schema.ts";
import { warningsFor } from "./warnings.ts";

/** Tells one caller how its part of a batch went. */
export function settle(
  calls: Calls,
  folded: Folded,
  outcome: Outcome,
  shown: Reading,
  parsed: Parsed,
  part: Folded["kept"][number],
  held: boolean,
): void {
  const { job, diff } = part;
  const mine = touches(job);
  if (outcome.error && outcome.failed.some(mine)) {
    job.reject(outcome.error);
    return;
  }
  const { provider, id } = calls;
  const { lock } = provider.options;
  const { reading, reply, confirmed } = outcome;
  const conversation = toConversation(provider, id, shown);
  // The write has moved it on from what the read before said.
  if (!reading) delete conversation.updatedAt;
  const { requestId } = reply;
  job.resolve({
    ...nothingSent(job),
    conversation,
    metadata: parsed.value as Metadata | undefined,
    raw: reply.data,
    confirmed,
    guarantee: held ? "locked" : job.options.verify && !lock ? "verified" : "best-effort",
    warnings: warningsFor(job, folded, outcome, mine, lock !== undefined && !held, parsed),
    ...(requestId && { requestId }),
    diff,
  });
}

/** What is known of a conversation after an update: later answers over earlier ones, and over what was sent. */
export function whatIsKnown(
  provider: Provider,
  { target }: Folded,
  { confirmed, reading }: Outcome,
  read: Look | undefined,
): Reading {
  const before = read?.reading;
  const sent = confirmed === "read" ? undefined : { ...target, body: bodyOf(provider, target) };
  return {
    // Spreading copies a key called __proto__ as what it is.
    body: { ...before?.body, ...sent?.body, ...reading?.body },
    document: reading?.document ?? sent?.document ?? before?.document,
  };
}

/** Whether a path is one that a job asked to change. */
function touches({ wire: { set, lists, metadata } }: Job): (path: string) => boolean {
  const keys = [...Object.keys(metadata?.patch ?? {}), ...(metadata?.unset ?? [])].map(inMetadata);
  const paths = new Set([...Object.keys(set), ...Object.keys(lists), ...keys]);
  return (path) => paths.has(path) || (metadata?.merge === "replace" && path.startsWith("metadata."));
}

/** The answer for changes of which the caller's policy left nothing to send. */
export function nothingSent({ provider, id, wire, attempts, requests }: Job): UpdateResult {
  return {
    provider: provider.name,
    id,
    conversation: { provider: provider.name, id },
    metadata: undefined,
    raw: undefined,
    confirmed: "none",
    guarantee: "best-effort",
    warnings: wire.warnings,
    attempts,
    requests,
    diff: null,
  };
}
