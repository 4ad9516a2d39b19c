/** Calls that tell a catalogue what they see. What the catalogue throws is ignored, and it is not waited for long: an index never fails a call. */
import { isConvoError } from "@convo/client";
import type { PartialError } from "../errors.ts";
import { accountOf } from "../provider/account.ts";
import type { Provider } from "../provider/provider.ts";
import type { Catalogue } from "../types/catalogue.ts";
import type { Conversation } from "../types/conversation.ts";
import type { EraseReceipt } from "../types/erase.ts";
import type { UpdateResult } from "../types/update.ts";
import type { ListedConversation, Page, PagedList } from "../types/verbs.ts";
import { within } from "../within.ts";

type Call = (...args: unknown[]) => Promise<unknown>;
type Calls = Readonly<Record<string, unknown>>;
type Updated = Pick<UpdateResult, "conversation">;
type List = (...args: unknown[]) => PagedList<ListedConversation>;

/** What makes calls tell a catalogue. */
export interface Feed {
  /** A provider's handle, telling of what it reads, writes and deletes. */
  handle(calls: Calls, name: string, provider: Provider): Calls;
  /** What is done at several providers, telling of it. */
  all(calls: Readonly<Record<string, Call>>, providers: Readonly<Record<string, Provider>>): Calls;
}

/** Makes calls tell this catalogue. */
export const createFeed = (catalogue: Catalogue): Feed => ({
  handle: (calls, name, provider) => feedHandle(calls, name, provider, catalogue),
  all: (calls, providers) => feedAll(calls, providers, catalogue),
});

/** What a catalogue keeps of one provider, under the account that a call with certain options goes to. */
interface Place {
  /** `answer` is the vendor's own body, where the conversation does not bring it as `raw`. */
  record(conversation: Conversation | undefined, externalId?: unknown, answer?: unknown): Promise<void>;
  forget(id: unknown): Promise<void>;
}

function placeIn(catalogue: Catalogue, name: string, provider: Provider, options: unknown): Place {
  const { hidden = "" } = provider.data.verbs?.delete ?? {};
  const account = (): Promise<string> => accountOf(provider, Object(options));
  return {
    record: (conversation, externalId, answer) =>
      quietly(provider, async () => {
        if (!conversation) return;
        const { raw, ...rest } = conversation as Conversation & { raw?: unknown };
        // A vendor that still shows what is deleted must not bring it back here.
        if (Object(answer ?? raw)[hidden] === true) return await catalogue.forget(await account(), rest.id);
        const external = typeof externalId === "string" && { externalId };
        const row = { provider: name, account: await account(), id: rest.id, ...external };
        await catalogue.record({ ...row, conversation: rest });
      }),
    forget: (id) =>
      quietly(provider, async () => {
        const own = await account();
        await catalogue.forget(own, id as string | number);
        if (!provider.lookup || typeof id !== "string") return;
        for await (const row of catalogue.find({ provider: name, externalId: id }))
          if (row.account === own) await catalogue.forget(own, row.id);
      }),
  };
}

function feedHandle(handle: Calls, name: string, provider: Provider, catalogue: Catalogue): Calls {
  const placeOf = (options: unknown): Place => placeIn(catalogue, name, provider, options);
  const call = (verb: string): Call => handle[verb] as Call;
  /** The external id, where it is another than the vendor's. */
  const external = (id: unknown): unknown => (provider.lookup ? id : undefined);
  const recorded =
    (verb: string, idOf: (...args: unknown[]) => unknown, optionsAt = 1): Call =>
    async (...args) => {
      const result = (await call(verb)(...args)) as { conversation?: Conversation; raw?: unknown };
      const { read, update } = Object(result.raw);
      const { record } = placeOf(args[optionsAt]);
      await record(result.conversation, idOf(...args), update ?? read ?? result.raw);
      return result;
    };
  const get = recorded("get", external);
  const list: List = (options) => {
    const source = (handle.list as List)(options);
    const { record } = placeOf(options);
    async function* pages(): AsyncGenerator<Page<ListedConversation>, void> {
      for await (const page of source.pages()) {
        for (const conversation of page.items) await record(conversation);
        yield page;
      }
    }
    async function* items(): AsyncGenerator<ListedConversation, void> {
      for await (const page of pages()) yield* page.items;
    }
    return { pages, [Symbol.asyncIterator]: items };
  };
  return {
    ...handle,
    list,
    get: (id: unknown, options: unknown) => unlessGone(get(id, options), () => placeOf(options).forget(id)),
    update: recorded("update", external, 2),
    apply: recorded("apply", (plan) => external(Object(plan).id)),
    create: recorded("create", (_, options) => Object(options).externalId),
    import: recorded("import", (_, options) => Object(options).externalId),
    export: recorded("export", external),
    delete: async (id: unknown, options: unknown) => {
      const forget = (): Promise<void> => placeOf(options).forget(id);
      const result = await unlessGone(call("delete")(id, options), forget);
      await forget();
      return result;
    },
  };
}

function feedAll(
  all: Readonly<Record<string, Call>>,
  providers: Readonly<Record<string, Provider>>,
  catalogue: Catalogue,
): Calls {
  const placeOf = (name: string, options: unknown): Place =>
    placeIn(catalogue, name, providers[name] as Provider, options);
  return {
    ...all,
    update: async (ids: Readonly<Record<string, unknown>>, changes: unknown, options: unknown) => {
      const record = (name: string, { conversation }: Updated): Promise<void> =>
        placeOf(name, options).record(conversation, providers[name]?.lookup ? ids[name] : undefined);
      try {
        const results = (await all.update?.(ids, changes, options)) as Record<string, Updated>;
        for (const [name, result] of Object.entries(results)) await record(name, result);
        return results;
      } catch (error) {
        if (isConvoError(error) && error.kind === "partial")
          for (const [name, settled] of Object.entries((error as PartialError).results))
            if (settled.ok) await record(name, settled.value);
        throw error;
      }
    },
    erase: async (target: unknown, options: unknown) => {
      const receipt = (await all.erase?.(target, options)) as EraseReceipt;
      for (const { provider, id, outcome } of receipt.entries)
        if (outcome === "gone" || outcome === "hidden" || outcome === "not_found")
          await placeOf(provider, options).forget(id);
      return receipt;
    },
  };
}

/** Does something where a call finds that the conversation is gone, and lets the error through. */
async function unlessGone<T>(call: Promise<T>, forget: () => Promise<void>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isConvoError(error) && error.kind === "not_found") await forget();
    throw error;
  }
}

/** How long a call waits for its catalogue, in milliseconds. */
const PATIENCE_MS = 5000;

/** What goes wrong is the catalogue's own trouble. */
const quietly = (provider: Provider, work: () => Promise<void>): Promise<void> =>
  within(provider, "the catalogue", work(), { deadlineMs: PATIENCE_MS }).catch(() => {});
