import assert from "node:assert/strict";
import { type Requirements, refused } from "./scene.ts";
import type { Subject } from "./subject.ts";

const ALL = {
  name: "n",
  summary: "s",
  marked: true,
  customerId: "c",
  device: "d",
  language: "es",
  metadata: { a: "1" },
};

/** What the vendor cannot hold, and what nobody can mean. */
export function refusals({ provider }: Subject): Requirements {
  const lacks = (key: string): boolean =>
    key === "metadata" ? provider.metadata === null : provider.fields[key] === null;
  const lacking = Object.keys(ALL).filter(lacks).sort();
  const unsupported: Requirements = {
    "what the vendor cannot hold is refused before any request, all of it at once": async (scene) => {
      const { client, subject, requests } = scene;
      const facts = { provider: provider.name, kind: "unsupported" };
      const error = await refused(client.update(subject.id, ALL), facts);
      const violations = error.violations as readonly { readonly path: string }[];
      assert.deepEqual(violations.map(({ path }) => path).sort(), lacking);
      for (const key of lacking) assert.ok(error.message.includes(key), `${error.message} names ${key}`);
      assert.deepEqual(requests(), []);
    },

    "what the vendor cannot hold is skipped with a warning if the caller says so": async (scene) => {
      const { client, subject, stored } = scene;
      const { warnings } = await client.update(subject.id, ALL, { unsupported: "skip" });
      assert.deepEqual(warnings.map(({ field }) => field).sort(), lacking);
      for (const [key, value] of Object.entries(ALL)) {
        const wire = provider.fields[key];
        if (typeof wire === "string" && !lacks(key) && !wire.includes("."))
          assert.deepEqual(stored()[wire], value, wire);
      }
    },
  };
  return {
    ...(lacking.length === 0 ? {} : unsupported),
    "an unknown field, or nothing to update, is refused before any request": async (scene) => {
      const { client, subject, requests } = scene;
      await refused(client.update(subject.id, { titel: "x" }), { kind: "invalid" });
      for (const nothing of [{}, { name: undefined, metadata: undefined }]) {
        const { message } = await refused(client.update(subject.id, nothing), {});
        assert.match(message, /changes are empty|nothing to update/);
      }
      await refused(client.update(subject.id, null as never), { kind: "invalid" });
      assert.deepEqual(requests(), []);
    },
  };
}
