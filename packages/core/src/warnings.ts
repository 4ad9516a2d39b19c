import type { Warning } from "./conversation.ts";
import type { Folded } from "./fold.ts";
import type { Job } from "./job.ts";
import { overtaken } from "./overtaken.ts";
import type { Outcome } from "./prove.ts";
import type { Parsed } from "./schema.ts";

const LATE =
  "was written so long after it was read (more than settleMs) that changes others had verified meanwhile may be gone";

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
  const warn =
    (code: Warning["code"], detail: string) =>
    (path: string): Warning => ({
      code,
      field: job.wire.names.get(path) ?? path,
      provider: job.provider.name,
      detail: `${job.wire.names.get(path) ?? path} ${detail}`,
    });
  return [
    ...job.wire.warnings,
    ...overtaken(folded.target, job.wire).map(
      warn("superseded", "was set anew by a later update that shared the request"),
    ),
    ...outcome.superseded
      .filter(mine)
      .map(warn("superseded", "was set anew by another writer after this update")),
    ...(lockLost ? ["lock"] : []).map(
      warn("lock_lost", "was not held to the end: another writer may have come in between"),
    ),
    ...outcome.late
      .filter((place) => (place === "metadata" ? job.wire.metadata : Object.hasOwn(job.wire.lists, place)))
      .map(warn("late_write", LATE)),
    ...job.wire.native
      .filter((name) => outcome.notEchoed.includes(name))
      .map(warn("not_echoed", "is shown with another value in the answer")),
    ...parsed.violations.map(({ path }) => warn("breaks_schema", "breaks the schema as it is now")(path)),
  ];
}
