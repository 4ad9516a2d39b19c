import { createError, isConvoError } from "../errors.ts";
import { applyChange, applyList } from "../merge/combine.ts";
import type { MetadataDiff } from "../metadata/diff.ts";
import { equalJson, inMetadata, type Json, type Metadata, own, put } from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import type { Conversation, Warning } from "../types/conversation.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "../types/update.ts";
import { openAnswer } from "../wire/body.ts";
import { toWire } from "../wire/to-wire.ts";
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
   * `restored`: all of it. `partly`: some of it, the rest is in `kept`. `unchanged`: nothing was written, because all of it is in `kept` or
   * there was nothing to do. `planned`: under `dryRun`, see `restores`. `failed`: see `error`.
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

/** What undoing needs of a vendor's account. */
export interface UndoAccount {
  readonly name: string;
  readonly provider: Provider;
  readonly handle: { update(id: never, changes: never, options?: UpdateOptions): Promise<UpdateResult> };
  read(id: string | number): Promise<Known>;
  http(): Promise<HttpOptions>;
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
export async function undoOne(account: UndoAccount, { id, before, after }: Reversal): Promise<UndoResult> {
  const result = { provider: account.name, id };
  try {
    let now = await account.read(id);
    let isSent = false;
    for (let tries = 1; ; tries++) {
      const { changes, kept } = backwards(before, after, now);
      const done = kept.length > 0 ? "partly" : "restored";
      if (!changes) return { ...result, status: isSent ? done : "unchanged", kept };
      const seen = now;
      try {
        await account.handle.update(id as never, changes as never, {
          ...(await account.http()),
          async beforeWrite({ before: conversation, raw }) {
            now = conversation ? { conversation, raw } : await account.read(id);
            const again = backwards(before, after, now);
            if (!equalJson(again.changes as Json, backwards(before, after, seen).changes as Json))
              throw new Changed();
            isSent = true;
          },
        });
        return { ...result, status: done, kept };
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
  account: UndoAccount,
  { id, before, after }: Reversal,
  known: Known | undefined,
): Promise<{ readonly result: UndoResult; readonly known: Known | undefined }> {
  const about = { provider: account.name, id };
  try {
    const now = known ?? (await account.read(id));
    const { changes, kept, restores } = backwards(before, after, now);
    if (!changes) return { result: { ...about, status: "unchanged", kept }, known: now };
    const warnings = uncertainRemovals(account.provider, (changes.unset as string[] | undefined) ?? []);
    return {
      result: { ...about, status: "planned", kept, restores, warnings },
      known: applied(changes, now),
    };
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

/** The changes that lead back, value by value, and what cannot be taken back. Pure. */
function backwards(
  before: Values,
  after: Values,
  known: Known,
): { changes: Record<string, unknown> | undefined; kept: string[]; restores: RestoredValue[] } {
  const kept: string[] = [];
  const restores: RestoredValue[] = [];
  const changes: Record<string, unknown> = {};
  const restore = (path: string, now: Json | undefined, old: Json | undefined): void =>
    void restores.push({
      path,
      ...(now !== undefined && { before: now }),
      ...(old !== undefined && { after: old }),
    });
  const native: Metadata = {};
  for (const [path, old, made] of pairs(before.fields, after.fields)) {
    const now = fieldOf(known, path);
    if (equalJson(now, old)) continue;
    if (!equalJson(now, made) || old === undefined) {
      kept.push(path);
      continue;
    }
    const wire = wireName(path);
    put(wire === undefined ? changes : native, wire ?? path, old);
    restore(path, now, old);
  }
  if (Object.keys(native).length > 0) changes.native = native;
  const metadata: Metadata = {};
  const unset: string[] = [];
  for (const [key, old, made] of pairs(before.metadata, after.metadata)) {
    const now = own(known.conversation.metadata ?? {}, key);
    if (equalJson(now, old)) continue;
    if (!equalJson(now, made)) {
      kept.push(inMetadata(key));
      continue;
    }
    if (old === undefined) unset.push(key);
    else put(metadata, key, old);
    restore(inMetadata(key), now, old);
  }
  if (Object.keys(metadata).length > 0) changes.metadata = metadata;
  if (unset.length > 0) changes.unset = unset;
  return { changes: restores.length > 0 ? changes : undefined, kept, restores };
}

/** Each key of two documents, with both values. */
function pairs(
  before: Metadata = {},
  after: Metadata = {},
): [key: string, old: Json | undefined, made: Json | undefined][] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].map((key) => [key, own(before, key), own(after, key)]);
}

/** The wire field of `native.x` or `lists.x`. */
const wireName = (path: string): string | undefined => /^(?:native|lists)\.(.+)$/s.exec(path)?.[1];

/** A field under the name that changes call it by. */
function fieldOf({ conversation, raw }: Known, path: string): Json | undefined {
  const wire = wireName(path);
  return wire === undefined
    ? own(conversation as unknown as Metadata, path)
    : own(Object(raw) as Metadata, wire);
}

/** What changes will replace in a conversation, and with what: as they go to the vendor, so also what is kept in metadata. Pure. */
export function reversalOf(
  { name, provider }: Pick<UndoAccount, "name" | "provider">,
  id: string | number,
  changes: object,
  options: UpdateOptions,
  known: Known,
): Reversal {
  const { set, lists, names, metadata } = toWire(provider, changes, options);
  const before: Metadata = {};
  const after: Metadata = {};
  const replace = (wire: string, makeOf: (old: Json | undefined) => Json): void => {
    const path = names.get(wire) ?? wire;
    const old = fieldOf(known, path);
    if (old !== undefined) put(before, path, old);
    put(after, path, makeOf(old));
  };
  for (const [wire, value] of Object.entries(set)) replace(wire, () => value);
  for (const [wire, { add, remove }] of Object.entries(lists))
    replace(wire, (old) => applyList(Array.isArray(old) ? old : [], add, remove));
  const diff = metadata && applyChange(undefined, known.conversation.metadata ?? {}, metadata).diff;
  const document = bothSidesOf(diff);
  return {
    provider: name,
    id,
    before: { fields: before, metadata: document.before },
    after: { fields: after, metadata: document.after },
  };
}

/** The values of a diff from before, and from after. */
function bothSidesOf(diff: MetadataDiff | null): { before: Metadata; after: Metadata } {
  const before: Metadata = { ...diff?.removed };
  const after: Metadata = { ...diff?.added };
  for (const [key, change] of Object.entries(diff?.changed ?? {})) {
    put(before, key, change.before);
    put(after, key, change.after);
  }
  return { before, after };
}

/**
 * What a single update has replaced. Throws `ConvoError`, kind `unsupported`, where its result does not say.
 *
 * @param account where it was made; without it, the vendor's own fields are not read
 */
export function reversalOfResult(
  result: UpdateResult,
  account: Pick<UndoAccount, "provider"> | undefined,
): Reversal {
  const { provider, id, diff, previous = {}, conversation, raw } = result;
  if (!diff && !result.previous)
    throw createError(
      { name: provider },
      "unsupported",
      "The result does not say what was there before, so it cannot be undone",
      "Update with `verify: true`, which reads before it writes.",
    );
  const body = account && {
    ...openAnswer(account.provider, raw.read, "read"),
    ...openAnswer(account.provider, raw.update, "update"),
  };
  const fields: Metadata = {};
  for (const path of Object.keys(previous)) {
    const made = fieldOf({ conversation, raw: body }, path);
    if (made !== undefined) put(fields, path, made);
  }
  const document = bothSidesOf(diff);
  return {
    provider,
    id,
    before: { fields: previous, metadata: document.before },
    after: { fields, metadata: document.after },
  };
}
