import assert from "node:assert/strict";
import { holds, type Requirements, refused } from "./scene.ts";
import type { Subject } from "./subject.ts";

const reads: Requirements = {
  "a read gives the conversation in our words and in the vendor's": async ({
    client,
    subject,
    stored,
    seeded,
  }) => {
    const { conversation, raw } = await client.get(subject.id);
    holds(conversation, { provider: subject.provider.name, id: subject.backend.id, metadata: seeded });
    if (subject.provider.timestamps?.createdAt !== null)
      assert.match(String(conversation.createdAt), /^\d{4}-\d\d-\d\dT.*Z$/);
    holds(subject.open?.(raw) ?? raw, stored());
    for (const [name, target] of Object.entries(subject.provider.fields))
      if (target !== null && !target.startsWith("metadata.") && stored()[target] !== undefined)
        holds(conversation, { [name]: stored()[target] });
  },

  "a read of what is not there rejects with the vendor's not_found": async ({ client, subject }) => {
    const { name: provider } = subject.provider;
    const error = await refused(client.get(subject.missing), { provider, kind: "not_found" });
    assert.equal(typeof error.status, "number");
  },
};

const NEVER_IDS = ["", " ", null, undefined, {}, -1, 1.5];

/** Reading, and invalid ids. */
export function reading({ lookups }: Subject): Requirements {
  // Where ids are looked up, `.` is one like any other: it is never in a path.
  const bad = lookups === undefined ? [...NEVER_IDS, ".", ".."] : NEVER_IDS;
  const ids = bad.map((id) => [
    `the id ${JSON.stringify(id)} is refused before any request`,
    refusal(id as never),
  ]);
  return { ...reads, ...Object.fromEntries(ids) };
}

function refusal(id: string): Requirements[string] {
  return async ({ client, subject, requests }) => {
    const { name: provider } = subject.provider;
    await refused(client.get(id), { provider, kind: "invalid" });
    await refused(client.update(id, { metadata: {} }), { provider });
    assert.deepEqual(requests(), []);
  };
}
