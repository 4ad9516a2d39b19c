import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createConvo,
  type Handle,
  type Metadata,
  type Provider,
  type ProviderOptions,
} from "../src/index.ts";

/** What the suite must know about a provider beyond its record. */
export interface Subject {
  readonly vendor: "openai" | "letta" | "datagrid" | "chatdash" | "agentsight";
  /** Makes the provider against a sandbox. */
  readonly make: (options: ProviderOptions) => Provider;
  /** A seeded conversation, as callers name it and as it stands in the path. */
  readonly id: string | number;
  readonly pathId: string | number;
  /** A field it has, with a new value, and where that goes on the wire; absent where all of it is metadata. */
  readonly field?: { readonly name: string; readonly wire: string; readonly value: string };
  /** The update as it must be sent. */
  readonly method: string;
  readonly path: string;
  /** What the key looks like in its header. */
  readonly authorization: RegExp;
  /** Whether the vendor has metadata. */
  readonly metadata: boolean;
  /** Requests that look the id up, once. */
  readonly lookups?: number;
}

/** A handle whose types are the loosest: the suite is about behaviour, `update-types.test.ts` about types. */
export type Loose = Handle & {
  update(
    id: string | number,
    changes: Record<string, unknown>,
    options?: Record<string, unknown>,
  ): ReturnType<Handle["update"]>;
};

/** The suite that every provider passes, over real HTTP. */
export function providerContract(subject: Subject): void {
  const { vendor, id, field, lookups = 0 } = subject;
  let seeded: Metadata | undefined;
  let sandbox: Sandbox;
  let handle: Loose;
  const writes = () => sandbox.requests().filter((one) => one.method === subject.method);
  const stored = () => sandbox.read(vendor, subject.pathId) as Record<string, unknown>;

  beforeAll(async () => {
    // Replacing is what the path of an update relies on least: the other modes have tests of their own.
    sandbox = createSandbox({ openai: { metadata: "replace" } });
    await sandbox.listen();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.reset();
    seeded = (stored() as { metadata?: Metadata }).metadata;
    const key = Object.entries(sandbox.env()).find(
      ([name]) => name === subject.make({ apiKey: null }).client.vendor.env.apiKey,
    );
    const provider = subject.make({ baseUrl: sandbox.baseUrl(vendor), apiKey: key?.[1] ?? null });
    handle = createConvo({ it: provider }).it as unknown as Loose;
  });

  describe(`${vendor}: reading`, () => {
    it("gives the conversation in our words and in the vendor's", async () => {
      const { conversation, raw } = await handle.get(id);
      expect(conversation).toMatchObject({ provider: vendor, id: subject.pathId });
      expect(conversation.metadata).toEqual(seeded);
      expect(conversation.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect(raw).toMatchObject(stored());
      if (field) expect(conversation).toHaveProperty(field.name, stored()[field.wire]);
    });

    it("rejects with the vendor's not_found", async () => {
      const strict: Record<string, string> = {
        openai: "conv_nobody",
        letta: "conv-00000000-0000-4000-8000-00000000ffff",
      };
      const missing = strict[vendor] ?? "nobody";
      await expect(handle.get(missing)).rejects.toMatchObject({
        provider: vendor,
        kind: "not_found",
        status: expect.any(Number),
      });
    });

    // Where ids are looked up, `.` is one like any other: it is never in a path.
    const dots = subject.lookups === undefined ? [".", ".."] : [];
    it.each(["", " ", ...dots, null, undefined, {}, -1, 1.5])(
      "refuses the id %j before any request",
      async (bad) => {
        await expect(handle.get(bad as never)).rejects.toMatchObject({ provider: vendor, kind: "invalid" });
        await expect(handle.update(bad as never, { metadata: {} })).rejects.toMatchObject({
          provider: vendor,
        });
        expect(sandbox.requests()).toEqual([]);
      },
    );
  });

  if (field)
    describe(`${vendor}: fields`, () => {
      const { name, wire, value } = field;

      it("are one request in the vendor's verb, path, header and words", async () => {
        const before = stored();
        const result = await handle.update(id, { [name]: value });
        const [write] = writes();
        expect(write).toMatchObject({ method: subject.method, path: subject.path, body: { [wire]: value } });
        expect(write?.headers.authorization).toMatch(subject.authorization);
        expect(Object.keys(write?.body as object)).toEqual([wire]);
        expect(stored()).toMatchObject({ ...before, [wire]: value, ...timesOf(stored()) });
        expect(result).toMatchObject({
          provider: vendor,
          id,
          requests: 1 + lookups,
          attempts: 1 + lookups,
          warnings: [],
          diff: null,
        });
        expect(result.conversation).toHaveProperty(name, value);
        expect(result.confirmed).toBe(handle.provider === "chatdash" ? "none" : "echo");
        expect((await handle.update(id, { [name]: "again" })).requests).toBe(1);
      });

      it("of 50 callers at once go out in one request, in order", async () => {
        const calls = Array.from({ length: 50 }, (_, n) => handle.update(id, { [name]: `${value} ${n}` }));
        await Promise.all(calls);
        expect(stored()[wire]).toBe(`${value} 49`);
        expect(writes()).toHaveLength(1);
      });
    });

  describe(`${vendor}: what it cannot do`, () => {
    it("is refused before any request, all of it at once", async () => {
      const all = {
        name: "n",
        summary: "s",
        marked: true,
        customerId: "c",
        device: "d",
        language: "es",
        metadata: { a: "1" },
      };
      const { fields, metadata } = subject.make({ apiKey: null });
      const lacking = Object.keys(all).filter((key) =>
        key === "metadata" ? !metadata : fields[key as "name"] === null,
      );
      const error = await handle.update(id, all).catch((reason) => reason);
      expect(error).toMatchObject({ provider: vendor, kind: "unsupported" });
      expect(error.violations.map((one: { path: string }) => one.path).sort()).toEqual(lacking.sort());
      for (const key of lacking) expect(error.message).toContain(key);
      expect(sandbox.requests()).toEqual([]);
    });

    it("is skipped with a warning if the caller says so", async () => {
      const result = await handle.update(
        id,
        { language: "es", summary: "s", metadata: { a: "1" } },
        { unsupported: "skip" },
      );
      const { fields, metadata } = subject.make({ apiKey: null });
      const lacking = [
        fields.language ? "" : "language",
        fields.summary ? "" : "summary",
        metadata ? "" : "metadata",
      ];
      expect(result.warnings.map((one) => one.field).sort()).toEqual(lacking.filter(Boolean).sort());
    });

    it("is also to guess what an unknown field means, or to update nothing", async () => {
      await expect(handle.update(id, { titel: "x" })).rejects.toMatchObject({ kind: "invalid" });
      await expect(handle.update(id, {})).rejects.toThrow("nothing to update");
      await expect(handle.update(id, { name: undefined, metadata: undefined })).rejects.toThrow(
        "nothing to update",
      );
      await expect(handle.update(id, null as never)).rejects.toMatchObject({ kind: "invalid" });
      expect(sandbox.requests()).toEqual([]);
    });
  });

  if (subject.metadata)
    describe(`${vendor}: metadata`, () => {
      const sent = () => (writes().at(-1) as { body: { metadata: Metadata } }).body.metadata;

      it("is merged: keys not named stay, a rename does not touch it", async () => {
        const result = await handle.update(id, { metadata: { status: "resolved", gone: undefined } });
        expect(stored().metadata).toEqual({ ...seeded, status: "resolved" });
        expect(sent()).toEqual({ ...seeded, status: "resolved" });
        expect(result).toMatchObject({
          requests: 2 + lookups,
          diff: { added: { status: "resolved" }, changed: {}, removed: {} },
        });
        expect(result.conversation.metadata).toEqual({ ...seeded, status: "resolved" });
        expect(result.conversation.updatedAt).toBe(
          result.confirmed === "none" ? undefined : (await handle.get(id)).conversation.updatedAt,
        );
        if (field) await handle.update(id, { [field.name]: field.value });
        if (field) expect(writes().at(-1)?.body).not.toHaveProperty("metadata");
      });

      it("loses the keys that are unset", async () => {
        const [key = ""] = Object.keys(seeded ?? {});
        const { confirmed, diff } = await handle.update(id, { unset: [key, "not there"] });
        expect(stored().metadata).not.toHaveProperty(key);
        expect(diff?.removed).toEqual({ [key]: seeded?.[key] });
        expect(confirmed).not.toBe("none");
      });

      it("costs one request when replaced, or when the caller knows it", async () => {
        expect((await handle.update(id, { metadata: { a: "1" } }, { merge: "replace" })).requests).toBe(
          1 + lookups,
        );
        expect(stored().metadata).toEqual({ a: "1" });
        expect((await handle.update(id, { metadata: { b: "2" } }, { current: { a: "1" } })).requests).toBe(1);
        expect(stored().metadata).toEqual({ a: "1", b: "2" });
      });

      it("keeps all of 50 concurrent merges in a handful of requests", async () => {
        const many = vendor === "openai" ? 14 : 50; // 16 keys are all OpenAI holds
        await Promise.all(
          Array.from({ length: many }, (_, n) => handle.update(id, { metadata: { [`k${n}`]: `${n}` } })),
        );
        for (let n = 0; n < many; n++) expect(stored().metadata).toHaveProperty(`k${n}`, `${n}`);
        expect(sandbox.requests().length).toBeLessThan(10);
      });

      it("is what it was when the caller passed it, whatever becomes of it later", async () => {
        const metadata = { tag: "then" };
        const call = handle.update(id, { metadata });
        metadata.tag = "later";
        await call;
        expect(stored().metadata).toMatchObject({ tag: "then" });
      });

      it("survives an answer that was lost after the write", async () => {
        sandbox.fault({ kind: "reset-after", vendor, operation: "updateConversation" });
        const result = await handle.update(id, { metadata: { a: "1" } });
        expect(result.confirmed).toBe("read");
        expect(stored().metadata).toEqual({ ...seeded, a: "1" });
        expect(writes()).toHaveLength(1);
      });

      it("is written again on top of what another writer put there meanwhile", async () => {
        sandbox.fault({ kind: "reset-before", vendor, operation: "updateConversation" });
        sandbox.fault({ kind: "other-writer", vendor, change: { metadata: { theirs: "2" } } });
        await handle.update(id, { metadata: { ours: "1" } });
        expect(stored().metadata).toEqual({ ...seeded, ours: "1", theirs: "2" });
      });
    });
}

/** Fields that any write may change. */
function timesOf(doc: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(doc).filter(([key]) => /^updated|last_updated/.test(key)));
}
