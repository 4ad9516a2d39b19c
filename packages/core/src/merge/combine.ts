import { type ConversationError, createError, validationError } from "../errors.ts";
import { diffMetadata, type MetadataDiff } from "../metadata/diff.ts";
import { equalJson, type Json, type Metadata, own, pick, put, setOrRemove } from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import type { MetadataChange, State, WireChange } from "../wire/change.ts";
import type { ParsedConversation } from "../wire/from-wire.ts";
import { checkFit, FITS, type ParsedMetadata } from "../wire/validate.ts";
import type { TimeLeft } from "../within.ts";

/** What was there before an update, as far as it was read or the caller knew it. */
export interface Base {
  readonly fields: Metadata | undefined;
  readonly document: Metadata | undefined;
}

/** One caller's part of a combined update. */
export interface Part {
  readonly wire: WireChange;
  /** What must still be there for the change to be made (`apply`). */
  readonly precondition: Json | undefined;
}

/** Several callers' changes as one. */
export interface CombinedUpdate<P extends Part> {
  readonly base: Base;
  readonly target: State;
  readonly accepted: readonly { readonly part: P; readonly diff: MetadataDiff | null }[];
  /** Parts that do not fit onto what is there, alone: the others go on. */
  readonly rejected: readonly { readonly part: P; readonly error: unknown }[];
}

/** Whether parts cannot be combined without knowing what is there; also if their callers know it otherwise. */
export function mustRead(provider: Provider, parts: readonly Part[], verify: boolean): boolean {
  const known = parts.flatMap(({ wire }) => wire.current ?? []);
  return (
    parts.some((part) => needsRead(provider, part, verify)) || known.some((one) => !equalJson(one, known[0]))
  );
}

function needsRead(
  { metadata: rules, schema, resend }: Provider,
  { wire, precondition }: Part,
  verify: boolean,
): boolean {
  const { set, lists, metadata, current } = wire;
  const patches = rules?.write === "patch";
  const replaces = metadata?.merge === "replace";
  // Only who knows what was there before can tell afterwards a write that was lost from a newer one.
  const verifies = verify && (replaces || Object.keys(set).length > 0);
  const merges = metadata && (patches ? metadata.merge !== "shallow" || schema : !replaces) && !current;
  return (
    Boolean(merges || verifies) ||
    resend.length > 0 ||
    Object.keys(lists).length > 0 ||
    precondition !== undefined
  );
}

/** Before the first part. */
const NOTHING: State = { fields: {}, document: undefined };

/** Applies the parts' changes one after the other to what was read, each checked by itself; a promise only where a schema has to be asked. */
export function combineChanges<P extends Part>(
  provider: Provider,
  parts: readonly P[],
  read: ParsedConversation | undefined,
  limits: TimeLeft = {},
): CombinedUpdate<P> | Promise<CombinedUpdate<P>> {
  const current = parts.find(({ wire }) => wire.current)?.wire.current;
  const accepted: { part: P; diff: MetadataDiff | null }[] = [];
  const rejected: { part: P; error: unknown }[] = [];
  /** The state with one more part in it, or as it was where that part does not fit. */
  const add = (before: State, part: P): State | Promise<State> => {
    let draft: Draft | undefined;
    const accept = ({ violations, issues }: ParsedMetadata): State => {
      if (violations.length > 0) throw validationError(provider.name, violations, { issues });
      const { state, diff } = draft as Draft;
      checkPrecondition(provider, part.precondition, read, state);
      accepted.push({ part, diff });
      return state;
    };
    const reject = (error: unknown): State => {
      draft?.undo();
      rejected.push({ part, error });
      return before;
    };
    try {
      draft = applyPart(provider, before, read, part.wire);
      const fit = part.wire.metadata ? checkFit(provider, draft.state.document ?? {}, limits) : FITS;
      return fit instanceof Promise ? fit.then(accept).catch(reject) : accept(fit);
    } catch (error) {
      return reject(error);
    }
  };
  const end = (target: State): CombinedUpdate<P> => ({
    base: read ? pickState(read, target) : { fields: undefined, document: current },
    target,
    accepted,
    rejected,
  });
  let target: State | Promise<State> = NOTHING;
  for (const part of parts)
    target = target instanceof Promise ? target.then((state) => add(state, part)) : add(target, part);
  return target instanceof Promise ? target.then(end) : end(target);
}

/** A part's change, made and not yet checked. */
interface Draft {
  readonly state: State;
  /** What it did to the metadata; `null` if it did not touch it, or nobody knows what was there. */
  readonly diff: MetadataDiff | null;
  /** Takes it back. */
  undo(): void;
}

function applyPart(
  provider: Provider,
  before: State,
  read: ParsedConversation | undefined,
  { set, lists, metadata, current }: WireChange,
): Draft {
  const fields: Metadata = { ...before.fields, ...set };
  for (const [name, { add, remove }] of Object.entries(lists)) {
    const list = own(fields, name) ?? own(read?.body ?? {}, name);
    if (!Array.isArray(list)) throw noSuchList(provider, name);
    put(fields, name, applyList(list, add, remove));
  }
  if (!metadata) return { state: { ...before, fields }, diff: null, undo: nothingToUndo };
  const start = read?.document ?? current;
  const { document, diff, undo } = applyChange(before.document, start, metadata);
  const keys = provider.metadata?.write === "patch" ? patchedKeys(before, start, metadata) : undefined;
  // Of a patch that was made without a read nobody knows what it changed.
  return { state: { fields, document, keys }, diff: keys && !start ? null : diff, undo };
}

const nothingToUndo = (): void => {};

function noSuchList(provider: Provider, name: string): ConversationError {
  return createError(
    provider,
    "bad_response",
    `The conversation was read without a list \`${name}\``,
    `Set it whole: native: { ${name}: [...] }.`,
  );
}

/** A document with one more change in it. */
interface AppliedChange {
  readonly document: Metadata;
  /** What the change did; `null` where nobody knows what was there. */
  readonly diff: MetadataDiff | null;
  /** Takes the change back. */
  undo(): void;
}

/**
 * Applies one caller's change on top of the earlier ones. Only what it names is touched and compared, so that
 * a thousand callers of one write do not copy and compare a thousand whole documents.
 *
 * @param draft the document with the earlier changes, which is ours to change; `undefined` for the first
 * @param found what was there before all of them, never changed
 */
export function applyChange(
  draft: Metadata | undefined,
  found: Metadata | undefined,
  change: MetadataChange,
): AppliedChange {
  const { patch, unset, merge } = change;
  const start = draft ?? found;
  if (merge === "replace") {
    const document = mergeMetadata({}, patch, change);
    return { document, diff: start ? diffMetadata(start, document) : null, undo: nothingToUndo };
  }
  const document = draft ?? { ...found };
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

/** Makes these keys of a document what they are in another. */
function assign(document: Metadata, keys: Iterable<string>, values: Metadata): void {
  for (const key of keys) setOrRemove(document, key, own(values, key));
}

/** The keys that have to be sent where `null` removes one and all that is not named stays. */
function patchedKeys(
  target: State,
  found: Metadata | undefined,
  { patch, unset, merge }: MetadataChange,
): ReadonlySet<string> {
  // What earlier changes have added is among `target.keys`.
  const gone = merge === "replace" ? Object.keys(found ?? {}) : [];
  return new Set([...(target.keys ?? []), ...gone, ...Object.keys(patch), ...unset]);
}

/** Applies additions and removals to a list; order stays, an item that is there already is not added twice. Pure. */
export function applyList(list: readonly Json[], add: readonly Json[], remove: readonly Json[]): Json[] {
  const has = (items: readonly Json[], item: Json): boolean => items.some((one) => equalJson(one, item));
  const kept = list.filter((item) => !has(remove, item));
  for (const item of add) if (!has(kept, item)) kept.push(item);
  return kept;
}

/** The part of a conversation that a state is about. */
export function pickState({ body, document }: ParsedConversation, { fields, keys }: State): State {
  const shown = keys && document ? pick(document, [...keys]) : document;
  return { fields: pick(body, Object.keys(fields)), document: shown, keys };
}

/** What a plan remembers of the conversation it was made for, and `apply` must find again. */
export function planPrecondition(provider: Provider, read: ParsedConversation, target: State): Json {
  const { updatedAt } = provider.data.timestamps;
  const state = pickState(read, target);
  const time = updatedAt === null ? undefined : own(read.body, updatedAt);
  return { fields: state.fields, metadata: state.document ?? null, updatedAt: time ?? null };
}

function checkPrecondition(
  provider: Provider,
  requested: Json | undefined,
  read: ParsedConversation | undefined,
  target: State,
): void {
  if (requested === undefined || !read) return;
  const found = planPrecondition(provider, read, target);
  if (equalJson(requested, found)) return;
  throw createError(
    provider,
    "conflict",
    "The conversation has changed since the plan was made, nothing was sent",
    "Make a new plan.",
    { documents: { requested, found } },
  );
}

/** The whole document once a state is written on top of what was there; `undefined` where that is not known. */
export function documentAfter(
  { document, keys }: State,
  before: ParsedConversation | undefined,
): Metadata | undefined {
  const found = before?.document;
  if (!keys || !document) return document ?? found;
  const after = found && { ...found };
  if (after) assign(after, keys, document);
  return after;
}
