import assert from "node:assert/strict";
import type { Doc } from "../engine/types.ts";
import { holds, type Requirements } from "./scene.ts";
import type { Subject } from "./subject.ts";

/** Fields that any write may change. */
const TIMES = /^(last_?)?(updated|modified)/i;
const withoutTimes = (doc: Doc): Doc =>
  Object.fromEntries(Object.entries(doc).filter(([key]) => !TIMES.test(key)));

/** Updates of a field, where the vendor has one. */
export function fieldUpdates({ field, provider }: Subject): Requirements {
  if (!field) return {};
  const { name, value } = field;
  const wire = String(provider.fields[name]);
  return {
    "a field goes out in one request, in the vendor's verb, path, header and words": async (scene) => {
      const { client, subject, stored, writes, lookups, reads } = scene;
      const before = stored();
      const result = await client.update(subject.id, { [name]: value });
      const [write = assert.fail("No write arrived.")] = writes();
      holds(write, { method: subject.write.method, path: subject.write.path });
      if (reads === 0) holds(write, { body: { [wire]: value } });
      // Whatever else such a write repeats.
      else holds(write.body, { [wire]: value });
      for (const [header, wanted] of Object.entries(subject.write.headers))
        assert.match(String(write.headers[header]), wanted, header);
      assert.deepEqual(withoutTimes(stored()), withoutTimes({ ...before, [wire]: value }));
      const requests = 1 + lookups + reads;
      const facts = { provider: provider.name, id: subject.id, calls: requests, httpRequests: requests };
      holds(result, { ...facts, warnings: [], diff: null });
      holds(result.conversation, { [name]: value });
      assert.equal(result.confirmed, subject.echo === false ? "none" : "echo");
      assert.equal((await client.update(subject.id, { [name]: `${value} again` })).calls, 1 + reads);
    },

    "a field set by 50 callers at once goes out in one request, the last one's": async (scene) => {
      const { client, subject, stored, writes } = scene;
      const values = Array.from({ length: 50 }, (_, n) => `${value} ${n}`);
      await Promise.all(values.map((each) => client.update(subject.id, { [name]: each })));
      assert.equal(stored()[wire], values.at(-1));
      assert.equal(writes().length, 1);
    },
  };
}
