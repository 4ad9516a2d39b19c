import type { Warning } from "./conversation.ts";
import type { Folded } from "./fold.ts";
import type { Job } from "./job.ts";
import { overtaken } from "./overtaken.ts";
import type { Outcome } from "./prove.ts";
import type { Parsed } from "./schema.ts";

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
