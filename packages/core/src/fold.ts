import { failure, refused, type UpdateError } from "./errors.ts";
import type { Reading } from "./from-wire.ts";
import type { Job } from "./job.ts";
import { layOver } from "./lay-over.ts";
import { stored } from "./limits.ts";
import { equalJson, isDocument, type Json, type Metadata, type MetadataDiff } from "./metadata/index.ts";
import { own, pick, put } from "./metadata/json.ts";
import type { Provider } from "./provider.ts";
import { applyList } from "./rebase.ts";
import { checkFit } from "./schema.ts";

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

/** Several callers' changes as one. */
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

function needsRead({ wire, expected, options }: Job): boolean {
  const { set, lists, metadata, current } = wire;
  const replaces = metadata?.merge === "replace";
  // Only who knows what was there before can tell afterwards a write that was lost from a newer one.
  const verifies = options.verify && (replaces || Object.keys(set).length > 0);
  const merges = metadata && !replaces && !current;
  return Boolean(merges || verifies) || Object.keys(lists).length > 0 || expected !== undefined;
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
  const { updatedAt } = provider.data.times;
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
