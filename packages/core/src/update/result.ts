import { documentAfter } from "../merge/combine.ts";
import { isTouchedBy, supersededInBatch } from "../merge/compare.ts";
import type { MetadataDiff } from "../metadata/diff.ts";
import type { Json, Metadata } from "../metadata/json.ts";
import type { Warning } from "../types/conversation.ts";
import type { UpdateResult } from "../types/update.ts";
import { createWarning } from "../wire/change.ts";
import { type ParsedConversation, toConversation } from "../wire/from-wire.ts";
import { FITS, type ParsedMetadata, parseMetadata } from "../wire/validate.ts";
import type { Batch } from "./batch.ts";
import type { Job } from "./job.ts";
import type { WriteOutcome } from "./write.ts";

/** What may have weakened the protection of an update. */
interface Circumstances {
  /** Whether the lock was held from the read to the last check. */
  readonly held: boolean;
  /** Whether an earlier write of the conversation has got no answer yet. */
  readonly unanswered: boolean;
}

/** Tells the callers how it went, once it is known whether the lock was held to the end. */
export type Settle = (held: boolean) => void;

/** How a batch ended, for each of its callers. */
export async function resultsOf(batch: Batch, outcome: WriteOutcome, unanswered: boolean): Promise<Settle> {
  const { provider, signal } = batch;
  const state = stateAfter(batch, outcome);
  const parsed = provider.schema ? await parseMetadata(provider, state.document, { signal }) : FITS;
  return (held) => {
    for (const accepted of outcome.combined.accepted)
      accepted.part.settle(resultFor(batch, outcome, state, parsed, accepted, { held, unanswered }));
  };
}

/** How one caller's part of a batch ended. */
function resultFor(
  batch: Batch,
  outcome: WriteOutcome,
  state: ParsedConversation,
  parsed: ParsedMetadata,
  { part: job, diff }: { readonly part: Job; readonly diff: MetadataDiff | null },
  circumstances: Circumstances,
): { result: UpdateResult } | { error: unknown } {
  if (outcome.error && outcome.failed.some((path) => isTouchedBy(job.wire, path)))
    return { error: outcome.error };
  const { written, readBack, confirmed } = outcome;
  const { id, httpRequests, calls } = job.operation;
  const conversation = toConversation(batch.provider, batch.id, state);
  const last = readBack ?? written;
  // The write has moved it on from what the read before said.
  if (!last?.conversation) delete conversation.updatedAt;
  const read = readBack ?? batch.lastRead;
  const requestId = last?.response.requestId;
  const result: UpdateResult = {
    provider: batch.provider.name,
    id,
    conversation,
    parsedMetadata: parsed.value,
    raw: { ...(read && { read: read.response.data }), ...(written && { update: written.response.data }) },
    confirmed,
    guarantee: guaranteeOf(job, outcome, circumstances),
    warnings: warningsFor(job, outcome, parsed, circumstances),
    httpRequests,
    calls,
    ...(requestId && { requestId }),
    diff,
    ...(outcome.combined.base.fields && { previous: previousOf(job, outcome.combined.base.fields) }),
  };
  return { result };
}

/** What a job's fields were before, under the caller's names. */
function previousOf({ wire }: Job, fields: Metadata): Metadata {
  const known = Object.keys({ ...wire.set, ...wire.lists }).filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(known.map((name) => [wire.names.get(name) ?? name, fields[name] as Json]));
}

function guaranteeOf(
  { provider, options, wire }: Job,
  { verified }: WriteOutcome,
  { held }: Circumstances,
): UpdateResult["guarantee"] {
  if (held) return "locked";
  const byKey = provider.metadata?.write === "patch" && wire.metadata?.merge === "shallow";
  if (byKey && Object.keys(wire.lists).length === 0) return "atomic";
  return verified && options.verify && !provider.options.lock ? "verified" : "best_effort";
}

/** What is known of a conversation after an update: later responses over earlier ones, and over what was sent. */
function stateAfter(
  { lastRead }: Batch,
  { combined: { target }, confirmed, readBack, written }: WriteOutcome,
): ParsedConversation {
  const last = (readBack ?? written)?.conversation;
  const before = readBack ? undefined : lastRead?.conversation;
  const sent = confirmed === "read" ? undefined : target;
  return {
    // Spreading copies a key called __proto__ as what it is.
    body: { ...before?.body, ...sent?.fields, ...last?.body },
    document: last?.document ?? (sent ? documentAfter(sent, before) : before?.document),
  };
}

/** The result for changes of which the caller's policy left nothing to send. */
export function nothingSent({ provider, operation, wire }: Job): UpdateResult {
  const { id, httpRequests, calls } = operation;
  return {
    provider: provider.name,
    id,
    conversation: { provider: provider.name, id },
    parsedMetadata: undefined,
    raw: {},
    confirmed: "none",
    guarantee: "best_effort",
    warnings: wire.warnings,
    httpRequests,
    calls,
    diff: null,
  };
}

const OVERRULED = "was set again by a later update that shared the request";
const OVERWRITTEN = "was set again by another writer after this update";
const LOCK_LOST = "was not held to the end: others may have written meanwhile";
const NOT_ECHOED = "is shown with another value in the response";
const BREAKS_SCHEMA = "breaks the schema as it is now";
const LATE =
  "was written more than settleMs after it was read: changes others have verified meanwhile may be gone";
const UNANSWERED =
  "of this conversation got no answer; if it reaches the vendor yet, it may undo this update";

/** What one caller should know of an update that was done anyway. */
function warningsFor(
  job: Job,
  { combined, superseded, late, notEchoed }: WriteOutcome,
  parsed: ParsedMetadata,
  { held, unanswered }: Circumstances,
): Warning[] {
  const { wire, provider } = job;
  const warnings = [...wire.warnings];
  const warn = (code: Warning["code"], paths: readonly string[], detail: string): void => {
    for (const path of paths) {
      const field = wire.names.get(path) ?? path;
      warnings.push(createWarning(provider.name, code, field, `${field} ${detail}`));
    }
  };
  if (combined.accepted.length > 1) warn("superseded", supersededInBatch(combined.target, wire), OVERRULED);
  if (superseded.length > 0)
    warn(
      "superseded",
      superseded.filter((path) => isTouchedBy(wire, path)),
      OVERWRITTEN,
    );
  if (provider.options.lock && !held) warn("lock_lost", ["lock"], LOCK_LOST);
  if (unanswered) warn("write_unanswered", ["an earlier write"], UNANSWERED);
  const isMine = (place: string): boolean =>
    place === "metadata" ? wire.metadata !== null : Object.hasOwn(wire.lists, place);
  if (late.length > 0) warn("late_write", late.filter(isMine), LATE);
  if (notEchoed.length > 0)
    warn(
      "not_echoed",
      wire.native.filter((name) => notEchoed.includes(name)),
      NOT_ECHOED,
    );
  if (parsed.violations.length > 0)
    warn(
      "breaks_schema",
      parsed.violations.map(({ path }) => path),
      BREAKS_SCHEMA,
    );
  return warnings;
}
