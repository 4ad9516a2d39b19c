import { bodyOf, type Folded, overtaken } from "../merge/combine.ts";
import { inMetadata } from "../merge/compare.ts";
import type { Json, Metadata } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { Parsed } from "../schema.ts";
import type { Warning } from "../types/conversation.ts";
import type { UpdateResult } from "../types/update.ts";
import { type Reading, toConversation } from "../wire/from-wire.ts";
import type { Job } from "./job.ts";
import type { Calls, Look } from "./requests.ts";
import type { Outcome } from "./write.ts";

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
    guarantee: held ? "locked" : job.options.verify && !lock ? "verified" : "best_effort",
    warnings: warningsFor(job, folded, outcome, mine, lock !== undefined && !held, parsed),
    ...(requestId && { requestId }),
    diff,
    ...(folded.base.fields && { previous: previousOf(job, folded.base.fields) }),
  });
}

/** What a job's fields were before, under the caller's names. */
function previousOf({ wire }: Job, fields: Metadata): Metadata {
  const known = Object.keys(wire.set).filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(known.map((name) => [wire.names.get(name) ?? name, fields[name] as Json]));
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
    guarantee: "best_effort",
    warnings: wire.warnings,
    httpRequests: attempts,
    calls: requests,
    diff: null,
  };
}

const LATE =
  "was written more than settleMs after it was read: changes others have verified meanwhile may be gone";

/**
 * What one caller should know of an update that was done all the same.
 *
 * @param mine whether a path is one that this caller asked to change
 */
export function warningsFor(
  job: Job,
  folded: Folded,
  outcome: Outcome,
  mine: (path: string) => boolean,
  lockLost: boolean,
  parsed: Parsed,
): Warning[] {
  const { wire, provider } = job;
  const warn = (code: Warning["code"], paths: readonly string[], detail: string): Warning[] =>
    paths.map((path) => {
      const field = wire.names.get(path) ?? path;
      return { code, field, provider: provider.name, detail: `${field} ${detail}` };
    });
  const own = outcome.superseded.filter(mine);
  const late = outcome.late.filter((place) =>
    place === "metadata" ? wire.metadata : Object.hasOwn(wire.lists, place),
  );
  const notEchoed = wire.native.filter((name) => outcome.notEchoed.includes(name));
  const broken = parsed.violations.map(({ path }) => path);
  return [
    ...wire.warnings,
    ...warn(
      "superseded",
      overtaken(folded.target, wire),
      "was set anew by a later update that shared the request",
    ),
    ...warn("superseded", own, "was set anew by another writer after this update"),
    ...warn(
      "lock_lost",
      lockLost ? ["lock"] : [],
      "was not held to the end: others may have written meanwhile",
    ),
    ...warn("late_write", late, LATE),
    ...warn("not_echoed", notEchoed, "is shown with another value in the answer"),
    ...warn("breaks_schema", broken, "breaks the schema as it is now"),
  ];
}
