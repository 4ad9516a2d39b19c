import type { ConvoError } from "@convo/client";
import type { Calls, Look } from "./calls.ts";
import { UpdateError } from "./errors.ts";
import type { State } from "./fold.ts";
import type { Judgement } from "./judge.ts";
import type { Json } from "./metadata/index.ts";
import type { Parsed } from "./schema.ts";

/** Paths as the first caller who has a name for one calls it. */
const named = ({ jobs }: Calls, paths: readonly string[]): string[] =>
  paths.map((path) => jobs.find(({ wire }) => wire.names.has(path))?.wire.names.get(path) ?? path);

/** The vendor said yes and shows otherwise. */
export function notApplied(calls: Calls, paths: readonly string[], asked: State, found: State): UpdateError {
  const { provider, id } = calls;
  const fields = named(calls, paths);
  return new UpdateError({
    provider: provider.name,
    kind: "not_applied",
    what: `${provider.name} accepted the update of conversation ${JSON.stringify(id)} but did not apply it to ${fields.join(", ")}`,
    next: "Its answer shows another value there, or keys that should be gone.",
    retryable: false,
    fields,
    documents: { asked: plain(asked), found: plain(found) },
  });
}

/** The rounds are over and the change is not there: `not_applied` if all that is missing is a removal, else `conflict`. */
export function gaveUp(calls: Calls, { lost, again }: Judgement, seen: Look, rounds: number): UpdateError {
  const { provider, id, options } = calls;
  const found = seen.reading?.document ?? seen.reading?.body ?? {};
  const removed = lost.every(
    (path) => path.startsWith("metadata.") && !Object.hasOwn(again.document ?? {}, path.slice(9)),
  );
  const kind = removed ? "not_applied" : "conflict";
  const fields = named(calls, lost);
  return new UpdateError({
    provider: provider.name,
    kind,
    what: `After ${rounds} write(s) conversation ${JSON.stringify(id)} is not as asked in ${fields.join(", ")}`,
    next:
      kind === "conflict" && options.verify
        ? "Other writers keep overwriting it: use a lock, or try again."
        : undefined,
    retryable: kind === "conflict",
    fields,
    documents: { asked: again.document ?? again.fields, found },
  });
}

/** Whether the write was done is not known, and what is there now may be newer than it: sending it again would be a guess. */
export function cannotTell(
  calls: Calls,
  { lost, unsure, again }: Judgement,
  seen: Look,
  cause: ConvoError,
): UpdateError {
  const { provider, id } = calls;
  return new UpdateError({
    provider: provider.name,
    kind: cause.kind,
    what: `The update of conversation ${JSON.stringify(id)} got no answer, and ${named(calls, unsure).join(", ")} now holds another value`,
    next: "That value may be newer, so nothing was sent again: read, then decide. With `verify: true` an update reads first and can tell.",
    status: cause.status,
    requestId: cause.requestId,
    outcome: "unknown",
    retryable: false,
    fields: named(calls, lost),
    documents: { asked: plain(again), found: seen.reading?.body ?? {} },
    cause,
  });
}

/** The write was sent, and the read that should prove it failed. */
export function unchecked({ provider, id }: Calls, cause: ConvoError): UpdateError {
  const { kind, status, requestId } = cause;
  return new UpdateError({
    provider: provider.name,
    kind,
    what: `The update of conversation ${JSON.stringify(id)} was sent but could not be checked`,
    status,
    requestId,
    outcome: "unknown",
    cause,
  });
}

/** The change must be made again, and no longer fits beside what others have written since. */
export function noRoom({ provider, id }: Calls, { violations, issues }: Parsed): UpdateError {
  return new UpdateError({
    provider: provider.name,
    kind: issues ? "invalid" : "limit",
    what: `What others wrote to conversation ${JSON.stringify(id)} leaves no room: ${violations.map((one) => one.message).join("; ")}`,
    violations,
    issues,
  });
}

const plain = ({ fields, document }: State): Json => ({ ...fields, ...(document && { metadata: document }) });
