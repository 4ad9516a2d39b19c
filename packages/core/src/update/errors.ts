import type { ConvoError } from "@convo/client";
import { called, failure, reasons, type UpdateError } from "../errors.ts";
import type { State } from "../merge/combine.ts";
import type { Judgement } from "../merge/compare.ts";
import type { Json } from "../metadata/json.ts";
import type { Parsed } from "../schema.ts";
import type { Calls, Seen } from "./requests.ts";

/** Paths as the first caller who has a name for one calls it. */
const named = ({ jobs }: Calls, paths: readonly string[]): string[] =>
  paths.map((path) => jobs.find(({ wire }) => wire.names.has(path))?.wire.names.get(path) ?? path);

/** The vendor said yes and shows otherwise. */
export function notApplied(calls: Calls, paths: readonly string[], asked: State, found: State): UpdateError {
  const { provider, id } = calls;
  const fields = named(calls, paths);
  return failure(
    provider,
    "not_applied",
    `The update of ${called(id)} was accepted but not applied to ${fields.join(", ")}`,
    "Its answer shows another value there, or keys that should be gone.",
    { fields, documents: { asked: plain(asked), found: plain(found) } },
  );
}

/** The rounds are over and the change is not there: `not_applied` if all that is missing is a removal, else `conflict`. */
export function gaveUp(calls: Calls, { lost, again }: Judgement, seen: Seen, rounds: number): UpdateError {
  const { provider, id, options } = calls;
  const asked = again.document ?? {};
  const conflict = lost.some((path) => !path.startsWith("metadata.") || Object.hasOwn(asked, path.slice(9)));
  const fields = named(calls, lost);
  return failure(
    provider,
    conflict ? "conflict" : "not_applied",
    `After ${rounds} write(s) ${called(id)} is not as asked in ${fields.join(", ")}`,
    conflict && options.verify ? "Other writers keep overwriting it: use a lock, or try again." : undefined,
    {
      retryable: conflict,
      fields,
      documents: {
        asked: again.document ?? again.fields,
        found: seen.reading.document ?? seen.reading.body,
      },
    },
  );
}

/** Whether the write was done is not known, and what is there now may be newer than it: sending it again would be a guess. */
export function cannotTell(
  calls: Calls,
  { lost, unsure, again }: Judgement,
  seen: Seen,
  cause: ConvoError,
): UpdateError {
  const { kind, status, requestId } = cause;
  return failure(
    calls.provider,
    kind,
    `The update of ${called(calls.id)} got no answer, and ${named(calls, unsure).join(", ")} now holds another value`,
    "It may be newer: read before you send it again. `verify: true` can tell.",
    {
      status,
      requestId,
      outcome: "unknown",
      retryable: false,
      fields: named(calls, lost),
      documents: { asked: plain(again), found: seen.reading.body },
      cause,
    },
  );
}

/** The write was sent, and the read that should prove it failed. */
export function unchecked({ provider, id }: Calls, cause: ConvoError): UpdateError {
  const { kind, status, requestId } = cause;
  const what = `The update of ${called(id)} was sent but could not be checked`;
  return failure(provider, kind, what, undefined, { status, requestId, outcome: "unknown", cause });
}

/** The change must be made again, and no longer fits beside what others have written since. */
export function noRoom({ provider, id }: Calls, { violations, issues }: Parsed): UpdateError {
  const what = `What others wrote to ${called(id)} leaves no room: ${reasons(violations)}`;
  return failure(provider, issues ? "invalid" : "limit", what, undefined, { violations, issues });
}

const plain = ({ fields, document }: State): Json => ({ ...fields, ...(document && { metadata: document }) });
