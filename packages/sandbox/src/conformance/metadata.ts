import assert from "node:assert/strict";
import { holds, type Requirements } from "./scene.ts";
import type { Subject } from "./subject.ts";

const MERGES = 50;

const merging: Requirements = {
  "metadata is merged: keys not named stay, and a field's update does not touch it": async (scene) => {
    const { client, subject, kept, written, seeded, lookups, patches } = scene;
    const { id, field } = subject;
    const merged = { ...seeded, status: "resolved" };
    const result = await client.update(id, { metadata: { status: "resolved", gone: undefined } });
    assert.deepEqual(kept(), merged);
    assert.deepEqual(written(), patches ? { status: "resolved" } : merged);
    const diff = patches ? null : { added: { status: "resolved" }, changed: {}, removed: {} };
    holds(result, { calls: (patches ? 1 : 2) + lookups, diff });
    assert.deepEqual(result.conversation.metadata, merged);
    const updatedAt = result.confirmed === "none" ? undefined : (await client.get(id)).conversation.updatedAt;
    assert.equal(result.conversation.updatedAt, updatedAt);
    if (!field) return;
    await client.update(id, { [field.name]: field.value });
    if (scene.reads === 0) assert.equal(written(), undefined);
    assert.deepEqual(kept(), merged);
  },

  "metadata loses the keys that are unset": async ({ client, subject, kept, seeded = {}, patches }) => {
    const [key = assert.fail("The conversation needs metadata to start with.")] = Object.keys(seeded);
    const { confirmed, diff } = await client.update(subject.id, { unset: [key, "not there"] });
    const { [key]: value, ...rest } = seeded;
    assert.deepEqual(kept(), rest);
    if (!patches) assert.deepEqual(diff?.removed, { [key]: value });
    assert.notEqual(confirmed, "none");
  },

  "metadata costs one request when replaced, or when the caller knows it": async (scene) => {
    const { client, subject, kept, lookups, reads, patches } = scene;
    const replaced = await client.update(subject.id, { metadata: { a: "1" } }, { merge: "replace" });
    // What is there has to be known to be removed key by key.
    assert.equal(replaced.calls, (patches ? 2 : 1) + lookups + reads);
    assert.deepEqual(kept(), { a: "1" });
    const known = await client.update(subject.id, { metadata: { b: "2" } }, { current: { a: "1" } });
    assert.equal(known.calls, 1 + reads);
    assert.deepEqual(kept(), { a: "1", b: "2" });
  },

  "metadata keeps every one of many merges at once, in a handful of requests": async (scene) => {
    const { client, subject, kept, seeded = {}, requests } = scene;
    const room = (subject.maxKeys ?? Infinity) - Object.keys(seeded).length;
    const added = Array.from({ length: Math.min(MERGES, room) }, (_, n) => ({ [`k${n}`]: `${n}` }));
    await Promise.all(added.map((metadata) => client.update(subject.id, { metadata })));
    assert.deepEqual(kept(), Object.assign({ ...seeded }, ...added));
    assert.ok(requests().length < 10, `${requests().length} requests`);
  },

  "metadata is what it was when the caller passed it, whatever becomes of it later": async (scene) => {
    const { client, subject, kept, seeded } = scene;
    const metadata = { tag: "then" };
    const call = client.update(subject.id, { metadata });
    metadata.tag = "later";
    await call;
    assert.deepEqual(kept(), { ...seeded, tag: "then" });
  },
};

const lossless: Requirements = {
  "metadata survives an answer that was lost after the write": async (scene) => {
    const { client, subject, kept, seeded, writes } = scene;
    subject.backend.dropNextWrite("after");
    const { confirmed } = await client.update(subject.id, { metadata: { a: "1" } });
    assert.equal(confirmed, "read");
    assert.deepEqual(kept(), { ...seeded, a: "1" });
    assert.equal(writes().length, 1);
  },

  "metadata is written again on top of what another writer put there meanwhile": async (scene) => {
    const { client, subject, kept, seeded, patches } = scene;
    subject.backend.dropNextWrite("before");
    subject.backend.writeAfterNextRead({ theirs: "2" });
    const call = client.update(subject.id, { metadata: { ours: "1" } });
    const done = { ...seeded, ours: "1", theirs: "2" };
    if (!patches) {
      await call;
      return assert.deepEqual(kept(), done);
    }
    // Without a read before it, only the vendor's times can tell a write that was lost from a newer one.
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error) holds(error, { outcome: "unknown" });
    assert.deepEqual(kept(), error ? { ...seeded, theirs: "2" } : done);
  },
};

/** Updates of metadata, where the vendor has it. */
export function metadataUpdates({ provider }: Subject): Requirements {
  return provider.metadata === null ? {} : { ...merging, ...lossless };
}
