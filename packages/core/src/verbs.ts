import { createError, loadPart } from "./errors.ts";
import type { AnyDocument, Metadata } from "./metadata/json.ts";
import type { OperationEvent } from "./observe/listener.ts";
import { type OperationContext, runOperation } from "./observe/operation.ts";
import { assertOptions } from "./options.ts";
import type { Provider } from "./provider/provider.ts";
import { exists } from "./read/get.ts";
import type { FieldChanges, HeldBy, PatchOf, Shape } from "./types/shape.ts";
import type { ExportDocument, ImportResult } from "./types/transfer.ts";
import type { HttpOptions, UpdateResult } from "./types/update.ts";
import type {
  AddMessageResult,
  ArchiveResult,
  CreateResult,
  DeleteResult,
  ListedConversation,
  ListOptions,
  Message,
  MessagesOptions,
  NewMessage,
  Page,
  PagedList,
  VerbResult,
} from "./types/verbs.ts";

type CreateOf<S extends Shape> = S["verbs"]["create"] & {
  lacks: unknown;
  externalId: unknown;
  native: unknown;
  query: unknown;
};

/** What a new conversation begins with: common fields, metadata, fields of the vendor's own. */
export type CreateChanges<S extends Shape, D = AnyDocument<S["value"]>> = FieldChanges<
  Exclude<HeldBy<S["fields"]>, CreateOf<S>["lacks"]>,
  S["fields"]
> &
  ("metadata" extends CreateOf<S>["lacks"] ? unknown : NewMetadata<S, D>) & {
    /** Fields of the vendor's own request body, under their wire names. */
    native?: CreateOf<S>["native"];
  };

type NewMetadata<S extends Shape, D> = [S["value"]] extends [never]
  ? unknown
  : {
      /** What it begins with. A key that is `undefined` counts as not named. */
      metadata?: PatchOf<S["value"], S["schema"], "replace", D>;
    };

/** Options of `create`. */
export type CreateOptions<S extends Shape> = HttpOptions &
  ([CreateOf<S>["externalId"]] extends [never]
    ? unknown
    : CreateOf<S>["externalId"] extends true
      ? {
          /** The external id, which is your own of the conversation: a create that is repeated with it returns the first one. The vendor demands it. */
          externalId: string;
        }
      : {
          /** The external id, which is your own of the conversation: a create that is repeated with it returns the first one. */
          externalId?: string;
        }) &
  QueryOption<CreateOf<S>["query"]>;

type QueryOption<Query> = [Query] extends [never]
  ? unknown
  : Record<never, never> extends Query
    ? {
        /** Query parameters of the vendor's own request. */
        query?: Query;
      }
    : {
        /** Query parameters of the vendor's own request. */
        query: Query;
      };

/** `create`, at a vendor that has it. */
export interface CreateVerb<S extends Shape> {
  /**
   * Creates a conversation. With an `externalId` that is in use already, it returns that conversation unchanged, with `existed: true`.
   *
   * @throws ConvoError before any request for changes that cannot be made (`invalid`, `unsupported`, `limit`); afterwards a kind of
   * the transport, with `outcome: "unknown"` if the conversation may have been created
   */
  create<D extends object = AnyDocument<S["value"]>>(
    changes: CreateChanges<S, D>,
    ...options: Record<never, never> extends CreateOptions<S>
      ? [options?: CreateOptions<S>]
      : [options: CreateOptions<S>]
  ): Promise<CreateResult<S>>;
}

/** `list`, at a vendor that has it. */
export interface ListVerb<S extends Shape> {
  /**
   * Lists conversations, oldest first where the vendor can. Iterate it, or its `pages()`. Delete after you have listed, not while:
   * some vendors cannot go on from a conversation that is gone.
   *
   * @throws ConvoError while it is iterated: `unsupported` for a filter that the vendor cannot answer (see `scan`), `invalid` for
   * options or a cursor that do not fit, or a kind of the transport
   */
  list(options?: ListOptions): PagedList<ListedConversation<S>>;
}

/** `delete`, at a vendor that has it. */
export interface DeleteVerb<S extends Shape> {
  /**
   * Deletes a conversation. `leaves` of the result says what the vendor keeps; `all.erase` deletes everywhere and reads back.
   *
   * @throws ConvoError `not_found` where there is none, or a kind of the transport, with `outcome: "unknown"` if it may be deleted
   */
  delete(id: S["id"], options?: HttpOptions): Promise<DeleteResult<S>>;
}

/** `archive` and `unarchive`, at a vendor that has them. */
export interface ArchiveVerb<S extends Shape> {
  /** Archives a conversation. Throws `ConvoError`, `not_applied` where the server does not know how. */
  archive(id: S["id"], options?: HttpOptions): Promise<ArchiveResult<S>>;
  /** Brings an archived conversation back. Throws as `archive` does. */
  unarchive(id: S["id"], options?: HttpOptions): Promise<ArchiveResult<S>>;
}

/** `messages`, at a vendor that has them. */
export interface MessagesVerb<S extends Shape> {
  /** The messages of a conversation, oldest first where the vendor can. Throws `ConvoError` while it is iterated. */
  messages(id: S["id"], options?: MessagesOptions): PagedList<Message<S>>;
}

/** `addMessage`, at a vendor that takes messages without running a model. */
export interface AddMessageVerb<S extends Shape> {
  /**
   * Adds a message to the end of a conversation, or several in one call.
   *
   * @throws ConvoError `invalid` or `limit` before any request; later a kind of the transport, with `outcome: "unknown"` if they
   * may have been added
   */
  addMessage(
    id: S["id"],
    message: NewMessage | readonly NewMessage[],
    options?: HttpOptions,
  ): Promise<AddMessageResult<S>>;
}

/** `import`, at a vendor that can create conversations and takes messages without running a model. */
export interface ImportVerb<S extends Shape> {
  /**
   * Creates a conversation from an exported document, of this vendor or another, with its messages. `notCarried` of the result lists what this
   * vendor cannot hold. With an `externalId`, an import that was cut off continues.
   *
   * @throws ConvoError `invalid` for a document that is not an export; later a kind of the transport, which says how far it came
   */
  import(
    document: ExportDocument,
    ...options: Record<never, never> extends CreateOptions<S>
      ? [options?: CreateOptions<S>]
      : [options: CreateOptions<S>]
  ): Promise<ImportResult>;
}

type If<Verb, Has> = [Verb] extends [never] ? unknown : Has;

/** What a vendor can do besides reading and updating: the verbs of its record, and no others. */
export type VerbHandle<S extends Shape> = {
  /**
   * Whether there is a conversation with this id that is not deleted.
   *
   * @throws ConvoError where that cannot be told
   */
  exists(id: S["id"], options?: HttpOptions): Promise<boolean>;
  /**
   * Reads a conversation with its messages, as one JSON document.
   *
   * @throws ConvoError `not_found` where there is none, or a kind of the transport
   */
  export(id: S["id"], options?: HttpOptions): Promise<ExportDocument>;
} & If<S["verbs"]["create"], CreateVerb<S>> &
  If<S["verbs"]["list"], ListVerb<S>> &
  If<S["verbs"]["delete"], DeleteVerb<S>> &
  If<S["verbs"]["archive"], ArchiveVerb<S>> &
  If<S["verbs"]["messages"], MessagesVerb<S>> &
  If<S["verbs"]["addMessage"], AddMessageVerb<S> & If<S["verbs"]["create"], ImportVerb<S>>>;

/** Makes one update of a conversation; archiving is one. */
type Update = (id: string | number, changes: Metadata, options: HttpOptions) => Promise<UpdateResult>;

/** The verbs of one provider. What is behind each is loaded at its first call. */
export function createVerbs(provider: Provider, update: Update): VerbHandle<Shape> {
  const { create, list, delete: remove, archive, messages } = provider.data.verbs ?? {};
  const part = <Part>(loading: Promise<Part>): Promise<Part> => loadPart(provider.name, loading);
  const run = <T>(
    name: OperationEvent["operation"],
    id: string | number,
    work: (operation: OperationContext) => Promise<T>,
  ): Promise<T> => runOperation(provider, id, name, work);
  const archived =
    (to: boolean) =>
    (id: string | number, options: HttpOptions = {}): Promise<VerbResult> =>
      run(to ? "archive" : "unarchive", id, async () => {
        const { setArchived } = await part(import("./lifecycle/archive.ts"));
        return setArchived(provider, id, to, options, (changes, http) => update(id, changes, http));
      });
  const verbs = {
    exists: (id: string | number, options: HttpOptions = {}) =>
      run("exists", id, async (operation) => {
        assertOptions(provider.name, "get", options);
        return exists(provider, operation, options);
      }),
    export: (id: string | number, options?: HttpOptions) =>
      run("export", id, async (operation) => {
        const { exportConversation } = await part(import("./transfer/export.ts"));
        return exportConversation(provider, operation, options);
      }),
    import: has(provider, create && messages?.add, "import", (document: ExportDocument, options?: object) =>
      run("import", "", async (operation) => {
        const { importConversation } = await part(import("./transfer/import.ts"));
        return importConversation(provider, operation, document, options);
      }),
    ),
    create: has(provider, create, "create", (changes: unknown, options?: object) =>
      run("create", "", async (operation) => {
        const { create } = await part(import("./lifecycle/create.ts"));
        return create(provider, operation, changes, options);
      }),
    ),
    list: has(provider, list, "list", (options?: ListOptions) =>
      paged(async () => (await part(import("./read/list.ts"))).readList(provider, options)),
    ),
    delete: has(provider, remove, "delete", (id: string | number, options?: HttpOptions) =>
      run("delete", id, async (operation) => {
        const { remove } = await part(import("./lifecycle/remove.ts"));
        return remove(provider, operation, options);
      }),
    ),
    archive: has(provider, archive, "archive", archived(true)),
    unarchive: has(provider, archive, "unarchive", archived(false)),
    messages: has(provider, messages, "messages", (id: string | number, options?: MessagesOptions) =>
      paged(async () => (await part(import("./read/messages.ts"))).readMessages(provider, id, options)),
    ),
    addMessage: has(
      provider,
      messages?.add,
      "addMessage",
      (id: string | number, message: NewMessage | readonly NewMessage[], options?: HttpOptions) =>
        run("add_message", id, async (operation) => {
          const { addMessages } = await part(import("./lifecycle/add-messages.ts"));
          return addMessages(provider, operation, [message].flat() as NewMessage[], options);
        }),
    ),
  };
  return verbs as never;
}

/** What to do instead, where a vendor lacks a verb. */
const INSTEAD: Readonly<Record<string, string>> = {
  list: "Find conversations that were seen before with the catalogue: `convo find`, or @convo/core/catalogue.",
  import: "Its messages come from running a model, so none can be added.",
  addMessage: "Its messages come from running a model: use the vendor's own client.",
};

/** A verb, or what tells a caller that the types did not reach why there is none. */
function has<F>(provider: Provider, rules: unknown, verb: string, run: F): F {
  if (rules) return run;
  const refuse = (): never => {
    throw createError(
      provider,
      "unsupported",
      `The API of ${provider.name} has no operation for ${verb}`,
      INSTEAD[verb] ?? "Nothing was sent.",
    );
  };
  return refuse as F;
}

/** Pages as a list of items. Each iteration starts from the beginning. */
function paged<Item>(start: () => Promise<AsyncIterable<Page<Item>>>): PagedList<Item> {
  async function* pages(): AsyncGenerator<Page<Item>, void> {
    yield* await start();
  }
  async function* items(): AsyncGenerator<Item, void> {
    for await (const page of pages()) yield* page.items;
  }
  return { pages, [Symbol.asyncIterator]: items };
}
