import { createError, isConvoError } from "../errors.ts";
import { equalJson, type Json, type Metadata, own, pick, put } from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Conversation } from "../types/conversation.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "../types/update.ts";
import type { Reversal, Values } from "./journal.ts";

/** What became of one update that was to be undone. */
export interface UndoResult {
  readonly provider: string;
  readonly id: string | number;
  /** `restored`: all of it. `partly`: what nobody has changed since. `unchanged`: there was nothing to do. `failed`: see `error`. */
  readonly status: "restored" | "partly" | "unchanged" | "failed";
  /** What was left alone because it has been changed since, or cannot be taken back, such as `metadata.topic`. */
  readonly kept: readonly string[];
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
    if (!equalJson(now, own(made, key))) kept.push(`metadata.${key}`);
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
