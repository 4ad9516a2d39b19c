/** From an upstream spec to files of this repository: what was pulled, whether anything changed, and what to write. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { stringify } from "yaml";
import type { Spec } from "../generate/openapi.ts";
import { parseSpec } from "../generate/parse.ts";
import { loadSpec, specFrom } from "../generate/spec.ts";
import { type Comparison, compareWithUpstream, writeDifferences } from "./differences.ts";
import { readSource } from "./fetch.ts";
import type { Node } from "./node.ts";
import type { Note } from "./note.ts";
import { surfaceOf, type Wishes } from "./surface.ts";

/** What `source.json` keeps of the last pull. */
interface PullRecord {
  url: string;
  /** Why this upstream is never taken, where it is not: it is archived, and older than our spec. */
  archived?: string | undefined;
  /** Path prefixes that make the conversation surface. */
  paths: string[];
  /** The server and the credentials, where somebody said which. */
  server?: string | undefined;
  auth?: string | undefined;
  date: string;
  /** Of the upstream's bytes as they came. */
  sha256: string;
}

/** What is known of where a spec comes from. */
interface Source {
  /** `hand` for a spec that people wrote; every other is its vendor's document, extracted. */
  authoredBy?: string;
  pull?: PullRecord;
}

/** What a pull did to `specs/<vendor>`. */
export type Outcome =
  | { state: "unchanged"; detail: string }
  /** A spec that people wrote stays, and what the vendor's document has else is told. */
  | { state: "compared"; url: string; notes: readonly Note[]; comparison: Comparison }
  | {
      state: "changed";
      file: string;
      notes: readonly Note[];
      /** Puts back what was there. */
      undo: () => void;
    };

/** How to pull. */
export interface PullOptions extends Wishes {
  /** Whether the vendor's document takes the place of a spec that people wrote. */
  take?: boolean | undefined;
}

/**
 * Pulls a vendor's spec. Writes `openapi.yaml` only if the conversation surface changed, and `source.json` if anything
 * upstream did; nothing is written when the result breaks a rule of the generator. A spec that people wrote is compared with
 * the upstream, and replaced only when asked.
 *
 * @param wanted URL or file; by default the one of the last pull
 * @param options what is known better than a guess; by default as at the last pull
 * @param today ISO date for the record
 */
export async function pull(
  root: string,
  vendor: string,
  wanted: string | undefined,
  { take = false, ...wishes }: PullOptions,
  today: string,
): Promise<Outcome> {
  const folder = join(root, "specs", vendor);
  const specFile = join(folder, "openapi.yaml");
  const sourceFile = join(folder, "source.json");
  const overlayFile = join(folder, "overlay.yaml");
  const upstreamOverlay = join(folder, UPSTREAM_OVERLAY);
  const source = readRecord(root, vendor);
  const last = source.pull;
  const url = wanted ?? last?.url;
  if (last?.archived && url === last.url)
    throw new Error(`nothing is pulled from ${url}: ${last.archived}. Name another URL or file`);
  if (!url) throw new Error(`specs/${vendor}/source.json names no upstream yet: give a URL or a file`);
  const text = await readSource(url);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { paths: prefixes, server, auth }: Wishes = { ...last, ...given(wishes) };
  const isOurs = source.authoredBy === "hand" && !take;
  if (!isOurs && sha256 === last?.sha256 && prefixes?.join() === last.paths.join())
    return { state: "unchanged", detail: `upstream is what it was on ${last.date}` };

  const current = existsSync(specFile) ? loadSpec(join(root, "specs"), vendor).spec : undefined;
  const upstream = parseSpec(text, url) as Node;
  const corrections = existsSync(upstreamOverlay)
    ? parseSpec(readFileSync(upstreamOverlay, "utf8"), UPSTREAM_OVERLAY)
    : undefined;
  const surface = surfaceOf(vendor, upstream, current, { paths: prefixes, server, auth }, url, corrections);
  const from = recorded(url, last);
  const next = isSame(surface.document, upstream) ? text : fileText(vendor, from, surface.document);
  const overlay = existsSync(overlayFile) ? readFileSync(overlayFile, "utf8") : undefined;
  const spec = specFrom(vendor, next, overlay);
  const undo = keep(specFile, sourceFile);
  const record: PullRecord = {
    url: from,
    paths: surface.paths,
    ...given({ server, auth }),
    date: today,
    sha256,
  };
  if (isOurs && current) {
    const { text: differences, ...comparison } = compareWithUpstream(root, vendor, current, spec);
    const isNews = comparison.isFirst || comparison.added.length + comparison.settled.length > 0;
    if (!isNews)
      return {
        state: "unchanged",
        detail: `${comparison.count} differences between spec and upstream, all known`,
      };
    writeDifferences(root, vendor, differences);
    // An upstream that is never taken stays the one on record, whatever else was looked at.
    if (!last?.archived) writeSource(sourceFile, { vendor, ...source, pull: record });
    return { state: "compared", url: from, notes: surface.notes, comparison };
  }
  const { authoredBy, ...rest } = source;
  writeSource(sourceFile, { vendor, ...rest, ...(authoredBy ? { authoredBy: "vendor" } : {}), pull: record });
  if (current && isSame(current, spec))
    return { state: "unchanged", detail: "upstream changed, but not its conversation surface" };
  writeFileSync(specFile, next);
  return { state: "changed", file: `specs/${vendor}/openapi.yaml`, notes: surface.notes, undo };
}

const writeSource = (file: string, source: object): void =>
  writeFileSync(file, `${JSON.stringify(source, null, 2)}\n`);

/** Corrections to a vendor's document before anything is taken out of it. */
export const UPSTREAM_OVERLAY = "upstream.overlay.yaml";

/** What is said, without what is not. */
const given = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Reads files; returns what makes them as they were, and takes away those that were not there. */
export function keep(...files: string[]): () => void {
  const before = files.map((file) => [file, existsSync(file) ? readFileSync(file) : undefined] as const);
  return () => {
    for (const [file, bytes] of before)
      if (bytes === undefined) rmSync(file, { force: true });
      else writeFileSync(file, bytes);
  };
}

function readRecord(root: string, vendor: string): Source {
  const file = join(root, "specs", vendor, "source.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Source) : {};
}

/** The URL that a vendor's spec is pulled from or compared with; undefined when there is none, or none that is kept up. */
export function upstreamOf(root: string, vendor: string): string | undefined {
  const { url, archived } = readRecord(root, vendor).pull ?? {};
  return url && isUrl(url) && !archived ? url : undefined;
}

const isUrl = (source: string): boolean => /^[a-z]+:\/\//i.test(source);

/** A file lies on somebody's machine: it stands in for the URL of the last pull, or leaves only its name. */
function recorded(url: string, last: PullRecord | undefined): string {
  return isUrl(url) ? url : last && !last.archived ? last.url : basename(url);
}

const isSame = (one: Spec | Node, other: Spec | Node): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether a spec was made from a vendor's own document, and not written here. */
export const isExtracted = (text: string): boolean => text.startsWith("# The conversation surface of ");

const fileText = (vendor: string, url: string, document: Node): string =>
  `# The conversation surface of ${vendor}'s own document, extracted by \`pnpm specs:pull\` from
# ${url.replaceAll(/\s/g, "")}
# Corrections belong into overlay.yaml: the next pull writes this file again.
${stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })}`;
