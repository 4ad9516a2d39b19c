import { createError, isConvoError } from "../errors.ts";
import { equalJson, inMetadata, type Json, type Metadata, own, pick, put } from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import type { Conversation, Warning } from "../types/conversation.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "../types/update.ts";
import { uncertainRemovals } from "../wire/uncertain-removals.ts";
import type { Reversal, Values } from "./journal.ts";

/** Options of `undo`. */
export interface UndoOptions extends HttpOptions {
  /** Conversations worked on at once. Default 32. */
  concurrency?: number;
  /** Begins nothing more when it aborts; what is under way is finished. */
  signal?: AbortSignal;
  /** Says what would be restored, and writes nothing. It keeps each conversation that it has read in memory. Default false. */
  dryRun?: boolean;
}

/** A value that an undo would restore. */
export interface RestoredValue {
  /** A field, or a key of the metadata, such as `name` or `metadata.topic`. */
  readonly path: string;
  /** The value now; absent where there is none. */
  readonly before?: Json;
  /** The value afterwards; absent where the key would be removed. */
  readonly after?: Json;
}

/** What became of one update that was to be undone. */
export interface UndoResult {
  /** The provider's name in `createConvo`. */
  readonly provider: string;
  /** The id of the conversation. */
  readonly id: string | number;
  /**
   * `restored`: all of it. `partly`: what nobody has changed since. `unchanged`: there was nothing to do. `planned`: under `dryRun`,
   * see `restores`. `failed`: see `error`.
   */
  readonly status: "restored" | "partly" | "unchanged" | "planned" | "failed";
  /** What was left alone because it has been changed since, or cannot be taken back, such as `metadata.topic`. */
  readonly kept: readonly string[];
  /** Under `dryRun`: what would be restored. */
  readonly restores?: readonly RestoredValue[];
  /** Under `dryRun`: keys that the vendor may not let go, with the code `unset_uncertain`. */
  readonly warnings?: readonly Warning[];
  /** Why it failed: a `ConvoError`, or what a hook of the caller threw. */
  readonly error?: unknown;
}

/** What undoing needs of a handle. */
export interface UndoHandle {
  readonly provider: string;
  get(
    id: never,
    options?: HttpOptions,
  ): Promise<{ readonly conversation: Conversation; readonly raw: unknown }>;
  update(id: never, changes: never, options?: UpdateOptions): Promise<UpdateResult>;
}

/** A conversation with the vendor's own body, as far as they are known. */
export interface Known {
  readonly conversation: Conversation;
  readonly raw: unknown;
}

/** Times the state is looked at again because somebody else has just written. */
const TRIES = 3;

class Changed extends Error {}

/**
 * Takes an update back where nobody has written since: each value that is still what the update made it becomes what it was.
 * What has another value now is newer, and is left alone.
 */
export async function undoOne(
  handle: UndoHandle,
  { id, before, after }: Reversal,
  options: UpdateOptions,
  http: HttpOptions,
): Promise<UndoResult> {
  const result = { provider: handle.provider, id };
  const look = (): Promise<Known> => handle.get(id as never, http);
  try {
    let now = await look();
    for (let tries = 1; ; tries++) {
      const { changes, kept } = backwards(before, after, now);
      if (!changes) return { ...result, status: kept.length > 0 ? "partly" : "unchanged", kept };
      const seen = now;
      try {
        await handle.update(id as never, changes as never, {
          ...options,
          async beforeWrite({ before: conversation, raw }) {
            now = conversation ? { conversation, raw } : await look();
            const again = backwards(before, after, now);
            if (!equalJson(again.changes as Json, backwards(before, after, seen).changes as Json))
              throw new Changed();
          },
        });
        return { ...result, status: kept.length > 0 ? "partly" : "restored", kept };
      } catch (error) {
        // A vendor that merges may keep keys that are taken away.
        if (isConvoError(error) && error.kind === "not_applied" && error.fields)
          return { ...result, status: "partly", kept: [...kept, ...error.fields], error };
        if (!(error instanceof Changed) || tries === TRIES) throw error;
      }
    }
  } catch (error) {
    return { ...result, status: "failed", kept: [], error };
  }
}

/**
 * What undoing an update would restore; nothing is written.
 *
 * @param known the conversation as updates that are undone before it leave it; read where it is not given
 */
export async function planUndo(
  handle: UndoHandle,
  { id, before, after }: Reversal,
  known: Known | undefined,
  provider: Pick<Provider, "name" | "metadata">,
  http: HttpOptions,
): Promise<{ readonly result: UndoResult; readonly known: Known | undefined }> {
  const about = { provider: handle.provider, id };
  try {
    const now = known ?? (await handle.get(id as never, http));
    const { changes, kept } = backwards(before, after, now);
    if (!changes)
      return { result: { ...about, status: kept.length > 0 ? "partly" : "unchanged", kept }, known: now };
    const next = applied(changes, now);
    const restores = differences(now, next);
    const warnings = uncertainRemovals(provider, (changes.unset as string[] | undefined) ?? []);
    return { result: { ...about, status: "planned", kept, restores, warnings }, known: next };
  } catch (error) {
    return { result: { ...about, status: "failed", kept: [], error }, known };
  }
}

/** A conversation after changes that an undo makes. Pure. */
function applied(changes: Readonly<Record<string, unknown>>, { conversation, raw }: Known): Known {
  const { metadata, unset, native, ...fields } = changes as {
    metadata?: Metadata;
    unset?: string[];
    native?: Metadata;
  };
  const document = mergeMetadata(conversation.metadata ?? {}, metadata ?? {}, unset ? { unset } : {});
  return {
    conversation: { ...conversation, ...fields, ...((metadata || unset) && { metadata: document }) },
    raw: { ...Object(raw), ...native },
  };
}

/** The values in which two states of a conversation differ. Pure. */
function differences(now: Known, next: Known): RestoredValue[] {
  const values: RestoredValue[] = [];
  const compare = (prefix: string, before: Metadata, after: Metadata): void => {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [old, made] = [own(before, key), own(after, key)];
      if (equalJson(old, made)) continue;
      const path = prefix + key;
      values.push({
        path,
        ...(old !== undefined && { before: old }),
        ...(made !== undefined && { after: made }),
      });
    }
  };
  const { metadata: was = {}, ...fields } = now.conversation as unknown as Metadata & { metadata?: Metadata };
  const { metadata: made = {}, ...after } = next.conversation as unknown as Metadata & {
    metadata?: Metadata;
  };
  compare("", fields, after);
  compare("metadata.", was, made);
  compare("native.", Object(now.raw) as Metadata, Object(next.raw) as Metadata);
  return values;
}

/** The changes that lead back, and what cannot be taken back. Pure. */
function backwards(
  before: Values,
  after: Values,
  { conversation, raw }: Known,
): { changes: Record<string, unknown> | undefined; kept: string[] } {
  const kept: string[] = [];
  const changes: Record<string, unknown> = {};
  const native: Metadata = {};
  for (const [name, made] of Object.entries(after.fields ?? {})) {
    const now = fieldOf({ conversation, raw }, name);
    const old = own((before.fields ?? {}) as Metadata, name);
    if (equalJson(now, old)) continue;
    if (!equalJson(now, made) || old === undefined) kept.push(name);
    else if (name.startsWith("native.")) put(native, name.slice(7), old);
    else changes[name] = old;
  }
  if (Object.keys(native).length > 0) changes.native = native;
  const metadata: Metadata = {};
  const unset: string[] = [];
  const [was, made] = [before.metadata ?? {}, after.metadata ?? {}];
  for (const key of new Set([...Object.keys(was), ...Object.keys(made)])) {
    const now = own(conversation.metadata ?? {}, key);
    const old = own(was, key);
    if (equalJson(now, old)) continue;
    if (!equalJson(now, own(made, key))) kept.push(inMetadata(key));
    else if (old === undefined) unset.push(key);
    else put(metadata, key, old);
  }
  if (Object.keys(metadata).length > 0) changes.metadata = metadata;
  if (unset.length > 0) changes.unset = unset;
  return { changes: Object.keys(changes).length > 0 ? changes : undefined, kept };
}

/** A field under the name that changes call it by. */
function fieldOf({ conversation, raw }: Known, name: string): Json | undefined {
  return name.startsWith("native.")
    ? own((Object(raw) as Metadata) ?? {}, name.slice(7))
    : own(conversation as unknown as Metadata, name);
}

/** What changes will replace in a conversation, and with what. Pure. */
export function reversalOf(
  provider: string,
  id: string | number,
  changes: object,
  { merge = "shallow" }: UpdateOptions,
  known: Known,
): Reversal {
  const { metadata, unset, native, lists, ...common } = changes as {
    metadata?: Metadata;
    unset?: string[];
    native?: Metadata;
    lists?: object;
  };
  const asked: Metadata = { ...(common as Metadata) };
  for (const [name, value] of Object.entries(native ?? {})) put(asked, `native.${name}`, value);
  const fields: Metadata = {};
  for (const name of Object.keys(asked)) {
    const old = fieldOf(known, name);
    if (old !== undefined) put(fields, name, old);
    if (asked[name] === undefined) delete asked[name];
  }
  const old = known.conversation.metadata ?? {};
  const options = { merge, ...(unset && { unset }) };
  const made =
    metadata || unset ? mergeMetadata(merge === "replace" ? {} : old, metadata ?? {}, options) : old;
  const touched = [...new Set([...Object.keys(old), ...Object.keys(made)])].filter(
    (key) => !equalJson(own(old, key), own(made, key)),
  );
  return {
    provider,
    id,
    before: { fields, metadata: pick(old, touched) },
    after: { fields: asked, metadata: pick(made, touched) },
  };
}

/** What a single update has replaced. Throws `ConvoError`, kind `unsupported`, where its result does not say. */
export function reversalOfResult(result: UpdateResult): Reversal {
  const { provider, id, diff, previous, conversation } = result;
  if (!diff && !previous)
    throw createError(
      { name: provider },
      "unsupported",
      "The result does not say what was there before, so it cannot be undone",
      "Update with `verify: true`, which reads before it writes.",
    );
  const before: Metadata = { ...diff?.removed };
  const after: Metadata = { ...diff?.added };
  for (const [key, change] of Object.entries(diff?.changed ?? {})) {
    put(before, key, change.before);
    put(after, key, change.after);
  }
  const fields: Metadata = {};
  for (const name of Object.keys(previous ?? {})) {
    const made = fieldOf(
      { conversation, raw: { ...Object(result.raw.read), ...Object(result.raw.update) } },
      name,
    );
    if (made !== undefined) put(fields, name, made);
  }
  return {
    provider,
    id,
    before: { fields: previous ?? {}, metadata: before },
    after: { fields, metadata: after },
  };
}
