import type { ConvoError } from "@convo/client";
import {
  type ConversationError,
  createError,
  describeId,
  joinMessages,
  listFirst,
  READ_FIRST,
} from "../errors.ts";
import { pickState } from "../merge/combine.ts";
import type { Comparison } from "../merge/compare.ts";
import { type Json, metadataKey } from "../metadata/json.ts";
import type { State } from "../wire/change.ts";
import type { ParsedConversation, ReadResponse } from "../wire/from-wire.ts";
import type { ParsedMetadata } from "../wire/validate.ts";
import type { Batch } from "./batch.ts";

/** Paths as the first caller who has a name for one calls it. */
const named = ({ jobs }: Batch, paths: readonly string[]): string[] =>
  paths.map((path) => jobs.find(({ wire }) => wire.names.has(path))?.wire.names.get(path) ?? path);

/** What was requested and what was found in its place, under the vendor's names. */
function documentsOf(requested: State, conversation: ParsedConversation): { requested: Json; found: Json } {
  const found = pickState(conversation, requested);
  const plain = ({ fields, document }: State): Json => ({
    ...fields,
    ...(requested.document && document && { metadata: document }),
  });
  return { requested: plain(requested), found: plain(found) };
}

/** The vendor said yes and shows otherwise. */
export function notApplied(
  batch: Batch,
  paths: readonly string[],
  requested: State,
  found: ParsedConversation,
): ConversationError {
  const fields = named(batch, paths);
  return createError(
    batch.provider,
    "not_applied",
    `The update of ${describeId(batch.id)} was accepted but not applied to ${listFirst(fields)}`,
    "The vendor's response shows another value there, or keys that should be gone: set those to an empty value instead.",
    { fields, documents: documentsOf(requested, found) },
  );
}

/** The rounds are over and the change is not there: `not_applied` if all that is missing is a removal, else `conflict`. */
export function stillDiffers(
  batch: Batch,
  { lost, remaining }: Comparison,
  { conversation }: ReadResponse,
  rounds: number,
): ConversationError {
  const { provider, id, options } = batch;
  const conflict = lost.some((path) => {
    const key = metadataKey(path);
    return key === undefined || Object.hasOwn(remaining.document ?? {}, key);
  });
  const fields = named(batch, lost);
  const verb = fields.length === 1 ? "differs" : "differ";
  return createError(
    provider,
    conflict ? "conflict" : "not_applied",
    `${listFirst(fields)} of ${describeId(id)} still ${verb} from what was requested after ${rounds} ${rounds === 1 ? "write" : "writes"}`,
    conflict && options.verify ? "Other writers keep overwriting it: use a lock, or try again." : undefined,
    { retryable: conflict, fields, documents: documentsOf(remaining, conversation) },
  );
}

/** Whether the write was done is not known, and what is there now may be newer than it: sending it again would be a guess. */
export function ambiguousOutcome(
  batch: Batch,
  { lost, ambiguous, remaining }: Comparison,
  { conversation }: ReadResponse,
  cause: ConvoError,
): ConversationError {
  return uncertain(
    batch,
    cause,
    `got no answer, and ${listFirst(named(batch, ambiguous))} now holds another value`,
    "It may be newer: read before you send it again. `verify: true` can tell.",
    {
      retryable: false,
      fields: named(batch, lost),
      documents: documentsOf(remaining, conversation),
    },
  );
}

/** The write got no answer, a read after it does not show it, and no retry is left. */
export function notSeen(batch: Batch, cause: ConvoError): ConversationError {
  return uncertain(
    batch,
    cause,
    "got no answer, and a read after it does not show the change",
    "It may reach the vendor yet: read before you send it again, or allow more retries (`maxRetries`): then it is sent again by itself.",
    { retryable: cause.retryable, httpRequests: batch.operations[0]?.httpRequests },
  );
}

/** The write was sent, and the read that should prove it failed. */
export function readBackFailed(batch: Batch, cause: ConvoError): ConversationError {
  return uncertain(batch, cause, "was sent, but reading it back failed");
}

/** An update of which nobody knows whether it was made, for the reason that its cause gives. */
function uncertain(
  { provider, id }: Batch,
  cause: ConvoError,
  what: string,
  hint?: string,
  facts?: Parameters<typeof createError>[4],
): ConversationError {
  const { kind, status, requestId } = cause;
  const known = { status, requestId, outcome: "unknown", cause, ...facts } as const;
  return createError(provider, kind, `The update of ${describeId(id)} ${what}`, hint, known);
}

/**
 * The change must be made again, and no longer fits beside what others have written since.
 *
 * @param cause why it must be, where the write got no answer
 */
export function noLongerFits(
  batch: Batch,
  lost: readonly string[],
  { violations, issues }: ParsedMetadata,
  cause?: ConvoError,
): ConversationError {
  const { provider, id } = batch;
  const outcome = cause?.outcome;
  const message = `The change of ${describeId(id)} no longer fits after concurrent writes: ${joinMessages(violations)}`;
  const facts = { violations, issues, fields: named(batch, lost), outcome, cause };
  return createError(provider, issues ? "invalid" : "limit", message, outcome && READ_FIRST, facts);
}
