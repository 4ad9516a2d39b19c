import { failure, refused, type UpdateError } from "../errors.ts";
import { diffMetadata, type MetadataDiff } from "../metadata/diff.ts";
import { equalJson, isDocument, type Json, type Metadata, own, pick, put } from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import { checkFit } from "../schema.ts";
import type { Job } from "../update/job.ts";
import type { MetadataChange, WireChange } from "../wire/change.ts";
import type { Reading } from "../wire/from-wire.ts";
import { stored } from "../wire/limits.ts";
import { applyList, inMetadata } from "./compare.ts";

/** The part of a conversation that an update is about. */
export interface State {
  /** Values of wire fields other than metadata. */
  readonly fields: Metadata;
  readonly document: Metadata | undefined;
}

/** What was there before an update, as far as it was read or the caller knew it. */
export interface Base {
  readonly fields: Metadata | undefined;
  readonly document: Metadata | undefined;
}

/** AllProviders callers' changes as one. */
export interface Folded {
  readonly base: Base;
  readonly target: State;
  readonly kept: readonly { readonly job: Job; readonly diff: MetadataDiff | null }[];
}

/** Whether jobs cannot be folded without knowing what is there; also if their callers know it otherwise. */
export function mustRead(jobs: readonly Job[]): boolean {
  const known = jobs.flatMap(({ wire }) => wire.current ?? []);
  return jobs.some(needsRead) || known.some((one) => !equalJson(one, known[0]));
}

function needsRead({ provider, wire, expected, options }: Job): boolean {
  const { set, lists, metadata, current } = wire;
  const replaces = metadata?.merge === "replace";
  // Only who knows what was there before can tell afterwards a write that was lost from a newer one.
  const verifies = options.verify && (replaces || Object.keys(set).length > 0);
  const merges = metadata && !replaces && !current;
  return (
    Boolean(merges || verifies) ||
    provider.resend.length > 0 ||
    Object.keys(lists).length > 0 ||
    expected !== undefined
  );
}

/** Lays the jobs' changes over each other in order. Pure but for one thing: a job whose part does not fit is rejected, alone. */
export async function fold(
  provider: Provider,
  jobs: readonly Job[],
  reading: Reading | undefined,
  signal?: AbortSignal,
): Promise<Folded> {
  let target: State = { fields: {}, document: undefined };
  const known = jobs.find(({ wire }) => wire.current)?.wire.current;
  const kept: { job: Job; diff: MetadataDiff | null }[] = [];
  for (const job of jobs) {
    try {
      const { diff, ...next } = await addJob(provider, target, reading, job, signal);
      kept.push({ job, diff });
      target = next;
    } catch (error) {
      job.reject(error);
    }
  }
  return { base: reading ? stateOf(reading, target) : { fields: undefined, document: known }, target, kept };
}

async function addJob(
  provider: Provider,
  target: State,
  reading: Reading | undefined,
  { wire, expected }: Job,
  signal: AbortSignal | undefined,
): Promise<State & { diff: MetadataDiff | null }> {
  const { set, lists, metadata, current } = wire;
  const fields: Metadata = { ...target.fields, ...set };
  for (const [name, { add, remove }] of Object.entries(lists)) {
    const list = own(fields, name) ?? own(reading?.body ?? {}, name);
    if (!Array.isArray(list)) throw noList(provider, name);
    put(fields, name, applyList(list, add, remove));
  }
  const start = reading?.document ?? current;
  const { document, diff, undo } = metadata
    ? layOver(target.document, start, metadata)
    : { ...target, diff: null, undo: () => {} };
  try {
    const fit = metadata && document && (await checkFit(provider, document, signal));
    if (fit && fit.violations.length > 0)
      throw refused(provider.name, fit.violations, { issues: fit.issues });
    const next = { fields, document };
    if (expected !== undefined && reading) checkUnchanged(provider, expected, seen(provider, reading, next));
    return { ...next, diff };
  } catch (error) {
    undo();
    throw error;
  }
}

function noList(provider: Provider, name: string): UpdateError {
  return failure(
    provider,
    "bad_response",
    `The conversation was read without a list \`${name}\``,
    `Set it whole: native: { ${name}: [...] }.`,
  );
}

/** The part of a reading that a state is about. */
export function stateOf({ body, document }: Reading, { fields }: State): State {
  return { fields: pick(body, Object.keys(fields)), document };
}

/** What a plan remembers of the conversation it was made for, and `apply` must find again. */
export function seen(provider: Provider, reading: Reading, target: State): Json {
  const { updatedAt } = provider.data.timestamps;
  const state = stateOf(reading, target);
  const time = updatedAt === null ? undefined : own(reading.body, updatedAt);
  return { fields: state.fields, metadata: state.document ?? null, updatedAt: time ?? null };
}

function checkUnchanged(provider: Provider, asked: Json, found: Json): void {
  if (equalJson(asked, found)) return;
  throw failure(
    provider,
    "conflict",
    "The conversation has changed since the plan was made, nothing was sent",
    "Make a new plan.",
    { documents: { asked, found } },
  );
}

/** The request body that leads to a state. */
export function bodyOf(provider: Provider, { fields, document }: State): Metadata {
  const { metadata } = provider;
  return metadata && isDocument(document)
    ? { ...fields, [metadata.field]: stored(provider, document) }
    : fields;
}

/** A document with one more change in it. */
interface Laid {
  readonly document: Metadata;
  /** What the change did; `null` where nobody knows what was there. */
  readonly diff: MetadataDiff | null;
  /** Takes the change back. */
  undo(): void;
}

/**
 * Lays one caller's change over what others have made of the document. Only what it names is touched and compared, so that
 * a thousand callers of one write do not copy and compare a thousand whole documents.
 *
 * @param made the document with the earlier changes, which is ours to change; `undefined` for the first
 * @param found what was there before all of them, never changed
 */
export function layOver(
  made: Metadata | undefined,
  found: Metadata | undefined,
  change: MetadataChange,
): Laid {
  const { patch, unset, merge } = change;
  const start = made ?? found;
  if (merge === "replace") {
    const document = mergeMetadata({}, patch, change);
    return { document, diff: start ? diffMetadata(start, document) : null, undo: () => {} };
  }
  const document = made ?? { ...found };
  const keys = [...Object.keys(patch), ...unset];
  const before = pick(document, keys);
  const after = mergeMetadata(before, patch, change);
  assign(document, keys, after);
  return {
    document,
    diff: start ? diffMetadata(before, after) : null,
    undo: () => assign(document, keys, before),
  };
}

function assign(document: Metadata, keys: readonly string[], values: Metadata): void {
  for (const key of keys) {
    if (Object.hasOwn(values, key)) put(document, key, values[key] as Json);
    else delete document[key];
  }
}

/**
 * Paths where a caller's change is no more in what was sent, because a later caller of the same write changed them again:
 * where making the change once more would make a difference. Pure.
 */
export function overtaken({ fields, document }: State, { set, lists, metadata }: WireChange): string[] {
  const paths = Object.keys(set).filter((name) => !equalJson(set[name], own(fields, name)));
  for (const [name, { add, remove }] of Object.entries(lists)) {
    const list = own(fields, name) as Json[];
    if (!equalJson(applyList(list, add, remove), list)) paths.push(name);
  }
  if (!metadata || !document) return paths;
  const keys = [...Object.keys(metadata.patch), ...metadata.unset];
  const now = pick(document, keys);
  const merge = metadata.merge === "deep" ? "deep" : "shallow";
  const redone = mergeMetadata(now, metadata.patch, { merge, unset: metadata.unset });
  return [...paths, ...keys.filter((key) => !equalJson(own(redone, key), own(now, key))).map(inMetadata)];
}
