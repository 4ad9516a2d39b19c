import { ConvoError } from "@convo/client";
import { type ConversationError, createError } from "../errors.ts";
import type { Json, Metadata } from "../metadata/json.ts";

/** Where a journal is kept: text lines that are only ever appended. `fileJournal` of `@convo/core/journal` keeps them in a file. */
export interface JournalStore {
  /** The lines there are, oldest first, or newest first. */
  read(newestFirst?: boolean): AsyncIterable<string> | Iterable<string>;
  /** Appends lines; resolves when they would survive a power failure. */
  append(lines: readonly string[]): Promise<void>;
}

/** Values by common field, by native field (`native.x`), and by metadata key. What is not there was absent. */
export interface Values {
  readonly fields?: Readonly<Record<string, Json>>;
  readonly metadata?: Metadata;
}

/** What an update replaces, and with what: all that undoing it needs. Plain data. */
export interface Reversal {
  readonly provider: string;
  readonly id: string | number;
  readonly before: Values;
  readonly after: Values;
}

/** First line of a journal. */
interface Header {
  readonly journal: "convo-bulk";
  readonly version: 1;
  /** Name of the provider, or `all`. */
  readonly target: string;
  readonly source?: string;
}
interface Intent extends Reversal {
  readonly line: number;
}
/** How a line ended. */
export interface Done {
  readonly line: number;
  readonly done: "updated" | "unchanged" | "failed";
  /** Whether a failed line is tried again when the run is resumed. */
  readonly again?: boolean;
  readonly requestId?: string;
  readonly error?: string;
  /** Of the source up to this line; journals of older versions have none. */
  readonly digest?: number;
}
/** What the first lines of the source were, so that another source is noticed. */
interface Checkpoint {
  readonly lines: number;
  readonly digest: number;
}
type Entry = Header | Intent | Done | Checkpoint;

/** A journal that is open for one run. */
export interface Journal {
  /** Whether a line needs nothing more. */
  isDone(line: number): boolean;
  /** Throws `ConvoError`, kind `conflict`, when the source up to this line is not the one the journal is of. */
  check(line: number, digest: number): void;
  /** The source has no more lines. Throws as `check` does where the journal's source has. */
  checkEnd(lines: number): void;
  /** Resolves when the values are safe: nothing is written before that. What the line has written down last is not written again. */
  intend(line: number, reversal: Reversal): Promise<void>;
  /** Resolves when the outcome is safe: nothing is reported before that. */
  finish(entry: Done): Promise<void>;
}

/** The journal cannot be written, so that nothing more may be done. */
export class JournalError extends ConvoError {}

/** Lines after which one digest stands for all of them. */
const BLOCK = 1000;
/** Lines whose digest is kept: a few early ones, so that another source is noticed before anything is sent, then the last of each block. */
const isCheckpoint = (line: number): boolean =>
  line === 1 || line === 10 || line === 100 || line % BLOCK === 0;

/** A journal in memory, for undo within one process, and for tests. */
export function memoryJournal(): JournalStore {
  const lines: string[] = [];
  return {
    read: (newestFirst) => (newestFirst ? lines.toReversed() : [...lines]),
    async append(more) {
      lines.push(...more);
    },
  };
}

/**
 * Opens a journal: a new one, or that of an earlier run of the same source.
 *
 * @throws ConvoError of kind `conflict` for a journal of something else, `bad_response` for one that is damaged
 */
export async function openJournal(
  store: JournalStore,
  target: string,
  source: string | undefined,
): Promise<Journal> {
  const done = new Lines();
  /** Digests of what was written down last, by line and provider, until the line is done. */
  const intents = new Map<number, Map<string, number>>();
  const digests = new Digests();
  let header: Header | undefined;
  const noteIntent = (line: number, provider: string, hash: number): void => {
    intents.set(line, (intents.get(line) ?? new Map<string, number>()).set(provider, hash));
  };
  for await (const entry of entries(store, target)) {
    if ("journal" in entry) header = entry;
    else if ("lines" in entry) digests.set(entry.lines, entry.digest);
    else if ("done" in entry) {
      if (entry.digest !== undefined) digests.set(entry.line, entry.digest);
      if (entry.again) continue;
      done.add(entry.line);
      intents.delete(entry.line);
    } else {
      const { line, ...reversal } = entry;
      noteIntent(line, entry.provider, digest(JSON.stringify(reversal)));
    }
  }
  if (header && source !== undefined && header.source !== source)
    throw journalError(target, "conflict", `The journal is of ${header.source}, not of ${source}`, OTHER);
  const writer = createWriter(store, target);
  if (!header)
    void writer({ journal: "convo-bulk", version: 1, target, ...(source !== undefined && { source }) }).catch(
      () => {},
    );
  return {
    isDone: (line) => done.has(line),
    check(line, digest) {
      const known = digests.get(line);
      if (known !== undefined && known !== digest)
        throw anotherSource(target, `line ${line} or one before it differs`);
      if (known !== undefined || !isCheckpoint(line)) return;
      digests.set(line, digest);
      // A later write tells if it fails.
      void writer({ lines: line, digest }).catch(() => {});
    },
    checkEnd(lines) {
      if (digests.last > lines) throw anotherSource(target, `it has no line ${lines + 1}`);
    },
    async intend(line, reversal) {
      const { provider } = reversal;
      const hash = digest(JSON.stringify(reversal));
      if (intents.get(line)?.get(provider) === hash) return;
      await writer({ line, ...reversal });
      noteIntent(line, provider, hash);
    },
    async finish(entry) {
      await writer(entry);
      if (!entry.again) intents.delete(entry.line);
    },
  };
}

/** What a journal's run has replaced, newest first. Throws as `openJournal` does. */
export async function* reversalsOf(store: JournalStore, target: string): AsyncGenerator<Reversal> {
  // The header, which is the last line here, is looked at before anything is undone.
  for await (const _ of entries(store, target)) break;
  for await (const entry of entries(store, target, true)) if ("before" in entry) yield entry;
}

const OTHER = "Give this run its own journal.";

const anotherSource = (target: string, why: string): ConversationError =>
  journalError(target, "conflict", `The journal is of another source: ${why}`, OTHER);

const journalError = (
  name: string,
  kind: "conflict" | "bad_response",
  what: string,
  next: string,
): ConversationError => createError({ name }, kind, what, next);

async function* entries(store: JournalStore, target: string, newestFirst = false): AsyncGenerator<Entry> {
  let number = 0;
  for await (const text of store.read(newestFirst)) {
    number++;
    let entry: Entry | undefined;
    try {
      entry = JSON.parse(text);
    } catch {}
    if (typeof entry !== "object" || entry === null)
      throw journalError(
        target,
        "bad_response",
        `Line ${number} of the journal is damaged`,
        "Repair or remove it.",
      );
    if (number === 1 && !newestFirst) checkHeader(entry, target);
    yield entry;
  }
}

function checkHeader(entry: Entry, target: string): void {
  if (!("journal" in entry) || entry.journal !== "convo-bulk")
    throw journalError(target, "conflict", "This is not the journal of a bulk run", OTHER);
  if (entry.version !== 1)
    throw journalError(
      target,
      "conflict",
      `The journal is of version ${String(entry.version)}, this program writes version 1`,
      "Continue with the version of @convo/core that started it.",
    );
  if (entry.target !== target)
    throw journalError(target, "conflict", `The journal is of ${entry.target}, not of ${target}`, OTHER);
}

/** Appends entries in groups: those that come while one group is being made safe are the next. */
function createWriter(store: JournalStore, target: string): (entry: Entry) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  let broken: JournalError | undefined;
  return (entry) => {
    waiting.push(JSON.stringify(entry));
    next ??= last.then(async () => {
      const lines = waiting;
      waiting = [];
      next = undefined;
      // After a failed append nobody knows what is there: nothing more is added to it.
      if (broken) throw broken;
      try {
        await store.append(lines);
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        broken = new JournalError({
          provider: target,
          kind: "aborted",
          message: `The journal cannot be written: ${message}`,
          hint: "Nothing more was sent. Make room, and run it again with the same journal.",
          cause,
        });
        throw broken;
      }
    });
    const written = next;
    last = written.catch(() => {});
    return written;
  };
}

/** Digests of the source up to a line: of every checkpoint, and of each line after the last block that has one. */
class Digests {
  readonly #known = new Map<number, number>();
  /** The last line that there is a digest of. */
  last = 0;

  get(line: number): number | undefined {
    return this.#known.get(line);
  }

  set(line: number, digest: number): void {
    this.last = Math.max(this.last, line);
    const end = Math.ceil(line / BLOCK) * BLOCK;
    if (!isCheckpoint(line) && this.#known.has(end)) return;
    this.#known.set(line, digest);
    if (line !== end) return;
    for (let before = end - BLOCK + 1; before < end; before++)
      if (!isCheckpoint(before)) this.#known.delete(before);
  }
}

/** A set of line numbers that are nearly in order: a watermark, and those beyond it. */
class Lines {
  #all = 0;
  readonly #beyond = new Set<number>();

  add(line: number): void {
    this.#beyond.add(line);
    while (this.#beyond.delete(this.#all + 1)) this.#all++;
  }

  has(line: number): boolean {
    return line <= this.#all || this.#beyond.has(line);
  }
}

/**
 * Continues a digest with a text (FNV-1a, 32 bits): it tells another source from this one; it protects from nobody.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function digest(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
