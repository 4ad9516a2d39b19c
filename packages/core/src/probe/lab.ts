import { pathOf } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { equalJson, type Metadata } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { CreateRules } from "../provider/verbs.ts";
import type { ProbeOptions, ScratchConversation } from "../types/probe.ts";
import { createAsk, type Said } from "./ask.ts";
import { bearing, checkMark, idIn } from "./mark.ts";

/** A conversation to measure on. */
export interface Subject {
  readonly id: string | number;
  /** Its metadata before the measurement; every write that keeps it keeps the probe's own mark too. */
  readonly base: Metadata;
  read(): Promise<{ readonly body: Metadata; readonly document: Metadata }>;
  write(body: Metadata): Promise<Said>;
}

/** Where measurements are made. */
export interface Lab {
  readonly provider: Provider;
  readonly scratch: readonly ScratchConversation[];
  /** A conversation with nothing of an earlier measurement in it, as far as the vendor lets go of it. */
  fresh(): Promise<Subject>;
  update(id: string | number, body: Metadata): Promise<Said>;
  exists(id: string | number): Promise<boolean>;
  requests(): number;
  /** Deletes what was created, and gives back to what was not the metadata it had. Never throws. */
  close(): Promise<void>;
}

/** Opens a lab; nothing is sent before the first measurement. */
export function openLab(provider: Provider, { id, create, ...options }: ProbeOptions): Lab {
  const { name, client, data, lookup, metadata, path } = provider;
  const { createConversation, deleteConversation } = client.vendor.operations;
  const { verbs } = data;
  // A record without verbs may have a client that names its operations as ours do.
  const createRoute = verbs ? verbs.create?.route : createConversation?.route;
  const deleteRoute = verbs ? verbs.delete?.route : deleteConversation?.route;
  const scratch: { id: string | number; created: boolean; clean: boolean }[] = [];
  /** Those that may be cleaned up: given to us, or seen to bear our mark. */
  const ours = new Set<(typeof scratch)[number]>();
  const { send, ask, read, update, requests, outlive } = createAsk(provider, options);
  let original: Metadata | undefined;

  /** Creates a conversation that bears a mark of this probe, and finds the mark in it before anything else is done to it. */
  async function createOne(): Promise<{ on: string | number; base: Metadata }> {
    if (createRoute === undefined)
      throw invalidArgument(
        name,
        "id",
        "no conversation can be created: pass the id of one that may be lost",
      );
    const mark = `convo-probe-${crypto.randomUUID()}`;
    const input = {
      path: { ...path },
      body: { ...externalIdIn(verbs?.create, mark), ...create?.body, ...bearing(provider, mark) },
      ...(create?.query && { query: create.query }),
    };
    const { data: made } = await send(createRoute, input);
    const on = idIn(made, data.idField);
    if (on === undefined)
      throw invalidArgument(name, "id", "the answer to its creation names no conversation: pass an id");
    const one = { id: on, created: true, clean: false };
    scratch.push(one);
    const { body, document: base } = await read(on);
    checkMark(provider, mark, body, base);
    ours.add(one);
    return { on, base };
  }

  /** The conversation that was given, with its own metadata as far as the vendor takes it back. */
  async function given(named: string | number): Promise<{ on: string | number; base: Metadata }> {
    const on = lookup && typeof named === "string" ? (await lookup.find(named, "probe", options)).id : named;
    if (original) await giveBack(on, original);
    const { document: base } = await read(on);
    if (!original) {
      const one = { id: on, created: false, clean: false };
      scratch.push(one);
      ours.add(one);
      original = base;
    }
    return { on, base };
  }

  /** Writes the metadata that was there; a vendor that patches lets go of other keys only where they are named. */
  async function giveBack(on: string | number, document: Metadata): Promise<void> {
    if (!metadata) return;
    const found = metadata.write === "patch" ? Object.keys((await read(on)).document) : [];
    const removed = Object.fromEntries(found.map((key) => [key, null]));
    await update(on, { [metadata.field]: { ...removed, ...document } });
  }

  async function clean(one: (typeof scratch)[number]): Promise<void> {
    if (one.clean) return;
    if (one.created && deleteRoute !== undefined)
      one.clean = !(await ask(deleteRoute, { path: pathOf(provider, one.id) })).refused;
    if (one.created || !original) return;
    await giveBack(one.id, original);
    one.clean = equalJson((await read(one.id)).document, original);
  }

  return {
    provider,
    scratch,
    update,
    async fresh() {
      const { on, base } = await (id === undefined ? createOne() : given(id));
      return { id: on, base, read: () => read(on), write: (body) => update(on, body) };
    },
    async exists(on) {
      return !(await ask(data.read, { path: pathOf(provider, on) })).refused;
    },
    requests,
    async close() {
      outlive();
      for (const one of ours) await clean(one).catch(() => undefined);
    },
  };
}

/** The external id in the body of a create, where the vendor demands one. */
const externalIdIn = (rules: CreateRules | null | undefined, id: string): Metadata =>
  rules?.externalId?.required ? { [rules.externalId.field]: id } : {};
