/** From an upstream spec to files of this repository: what was pulled, whether anything changed, and what to write. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { stringify } from "yaml";
import { parseSpec } from "../generate/parse.ts";
import { loadSpec, type Spec, specFrom } from "../generate/spec.ts";
import { adapt } from "./adapt.ts";
import { extract, segments } from "./extract.ts";
import { readSource } from "./fetch.ts";

/** What `source.json` keeps of the last pull. */
interface PullRecord {
  url: string;
  /** Path prefixes that make the conversation surface. */
  paths: string[];
  date: string;
  /** Of the upstream's bytes as they came. */
  sha256: string;
}

/** What a pull did to `specs/<vendor>`. */
export type Outcome =
  | { state: "unchanged"; detail: string }
  | { state: "changed"; file: string /** Puts back what was there. */; undo: () => void };

/**
 * Pulls a vendor's spec. Writes `openapi.yaml` only if the conversation surface changed, and `source.json` if anything
 * upstream did; nothing is written when the result breaks a rule of the generator.
 *
 * @param wanted URL or file; by default the one of the last pull
 * @param today ISO date for the record
 */
export async function pull(
  root: string,
  vendor: string,
  wanted: string | undefined,
  paths: string[] | undefined,
  today: string,
): Promise<Outcome> {
  const folder = join(root, "specs", vendor);
  const [specFile, sourceFile, overlayFile] = ["openapi.yaml", "source.json", "overlay.yaml"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const source = readRecord(root, vendor);
  const last = source.pull;
  const url = wanted ?? last?.url;
  if (!url) throw new Error(`specs/${vendor}/source.json names no upstream yet: give a URL or a file`);
  const text = await readSource(url);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const prefixes = paths ?? last?.paths;
  if (sha256 === last?.sha256 && prefixes?.join() === last.paths.join())
    return { state: "unchanged", detail: `upstream is what it was on ${last.date}` };

  const current = existsSync(specFile) ? loadSpec(join(root, "specs"), vendor).spec : undefined;
  const upstream = parseSpec(text, url) as Record<string, unknown>;
  const chosen = prefixes ?? (current ? topmost(Object.keys(current.paths)) : conversationPaths(upstream));
  const surface = adapt(extract(upstream, chosen), current, vendor, mainSegment(chosen));
  const next = isSame(surface, upstream)
    ? text
    : header(vendor, recorded(url, last)) +
      stringify(surface, { lineWidth: 120, aliasDuplicateObjects: false });
  const spec = specFrom(
    vendor,
    next,
    existsSync(overlayFile) ? readFileSync(overlayFile, "utf8") : undefined,
  );
  const record: PullRecord = { url: recorded(url, last), paths: chosen, date: today, sha256 };
  const before = [specFile, sourceFile].map((file) => (existsSync(file) ? readFileSync(file) : undefined));
  writeFileSync(sourceFile, `${JSON.stringify({ vendor, ...source, pull: record }, null, 2)}\n`);
  if (current && isSame(current, spec))
    return { state: "unchanged", detail: "upstream changed, but not its conversation surface" };
  writeFileSync(specFile, next);
  const undo = (): void => {
    [specFile, sourceFile].forEach((file, index) => {
      const old = before[index];
      if (old !== undefined) writeFileSync(file, old);
    });
  };
  return { state: "changed", file: `specs/${vendor}/openapi.yaml`, undo };
}

function readRecord(root: string, vendor: string): { pull?: PullRecord } {
  const file = join(root, "specs", vendor, "source.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { pull?: PullRecord }) : {};
}

/** The URL of a vendor's last pull; undefined when it was never pulled from one. */
export function upstreamOf(root: string, vendor: string): string | undefined {
  const url = readRecord(root, vendor).pull?.url;
  return url && isUrl(url) ? url : undefined;
}

const isUrl = (source: string): boolean => /^[a-z]+:\/\//i.test(source);

/** A file lies on somebody's machine: it stands in for the URL of the last pull, or leaves only its name. */
function recorded(url: string, last: PullRecord | undefined): string {
  return isUrl(url) ? url : (last?.url ?? basename(url));
}

/** Where a whole API keeps conversations, by the words vendors use for them. */
function conversationPaths(upstream: Record<string, unknown>): string[] {
  const found = Object.keys(Object(upstream.paths)).flatMap(
    (path) => /^.*?\/(conversations|threads|chats|sessions)(?=\/|$)/.exec(path)?.[0] ?? [],
  );
  return found.length > 0 ? [...new Set(found)] : ["/conversations"];
}

const mainSegment = ([first = ""]: string[]): string =>
  segments(first).findLast((segment) => segment !== "{}") ?? "";

/** The paths that no other path leads to: what a spec we have says its surface is. */
function topmost(paths: string[]): string[] {
  const starts = (path: string, prefix: string): boolean =>
    segments(prefix).every((one, index) => one === segments(path)[index]);
  return paths.filter(
    (path, index) =>
      !paths.some(
        (other, at) =>
          at !== index &&
          starts(path, other) &&
          (segments(other).length < segments(path).length || at < index),
      ),
  );
}

const isSame = (one: Spec | Record<string, unknown>, other: Spec | Record<string, unknown>): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const header = (vendor: string, url: string): string =>
  `# The conversation surface of ${vendor}'s own document, extracted by \`pnpm specs:pull\` from\n# ${url.replaceAll(/\s/g, "")}\n# Corrections belong into overlay.yaml: the next pull writes this file anew.\n`;
