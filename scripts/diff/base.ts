/** What a spec is compared with: the last release, or whatever the maintainer names. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Spec } from "../generate/openapi.ts";
import { specFrom } from "../generate/spec.ts";

/** A point in history, or a file. */
export interface Base {
  /** How the report calls it. */
  name: string;
  /** The vendor's spec there; undefined when there was none. */
  spec: Spec | undefined;
  /** The committed `src/schema.ts` and `src/client.ts` there, for measuring the generator itself; undefined for a file. */
  schema: string | undefined;
  client: string | undefined;
}

/**
 * Finds the base of a vendor's comparison: `wanted` (a file or a git revision), else the tag of the last release,
 * else, before the first one, `since`. Earlier changes that were never released stay in the report that way.
 *
 * @throws Error when `wanted` is neither a file nor a revision
 */
export function findBase(root: string, vendor: string, wanted?: string, since = "HEAD"): Base {
  if (wanted !== undefined && existsSync(wanted))
    return {
      name: wanted,
      spec: specFrom(vendor, readFileSync(wanted, "utf8")),
      schema: undefined,
      client: undefined,
    };
  const ref = wanted ?? lastRelease(root, vendor) ?? since;
  if (git(root, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]) === undefined)
    throw new Error(`--base ${ref}: neither a file nor a git revision`);
  const show = (file: string): string | undefined => git(root, ["show", `${ref}:${file}`]);
  const document = show(`specs/${vendor}/openapi.yaml`);
  return {
    name: ref,
    spec:
      document === undefined ? undefined : specFrom(vendor, document, show(`specs/${vendor}/overlay.yaml`)),
    schema: show(`packages/${vendor}/src/schema.ts`),
    client: show(`packages/${vendor}/src/client.ts`),
  };
}

/** The tag the release tool made last, such as `@convo/letta@0.2.0`. */
function lastRelease(root: string, vendor: string): string | undefined {
  const tags = git(root, ["tag", "--list", `@convo/${vendor}@*`, "--sort=-v:refname"]);
  return tags?.split("\n")[0] || undefined;
}

function git(root: string, args: string[]): string | undefined {
  const run = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64_000_000 });
  if (run.error) throw run.error;
  return run.status === 0 ? run.stdout : undefined;
}

/** A workspace package's version; `0.0.0` for one that is not there yet. */
export function versionOf(root: string, name: string): string {
  const file = join(root, "packages", name, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : "0.0.0";
}
