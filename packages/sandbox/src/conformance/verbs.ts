import assert from "node:assert/strict";
import type { Requirements, Scene } from "./scene.ts";
import type { ConformanceVerbs, Subject } from "./subject.ts";

/** The client's verbs; a subject that says how to create must have them. */
const verbsOf = ({ client }: Scene): ConformanceVerbs => client as unknown as ConformanceVerbs;

/** Creating, listing, reading messages and deleting, for a vendor of which the subject says how to create. */
export function verbs({ creation, provider }: Subject): Requirements {
  if (!creation) return {};
  const { name } = provider;
  return {
    "a conversation that is created is there, and is there no more once it is deleted": async (scene) => {
      const client = verbsOf(scene);
      const { id, existed } = await client.create(creation.changes, creation.options);
      assert.equal(existed, false);
      assert.equal((await scene.client.get(id)).conversation.provider, name);
      assert.equal(await client.exists(id), true);
      await client.delete(id);
      assert.equal(await client.exists(id), false);
    },
    ...(creation.listed && {
      "a list has a new conversation once, and not once it is deleted": async (scene: Scene) => {
        const client = verbsOf(scene);
        const { id } = await client.create(creation.changes, creation.options);
        assert.deepEqual(
          (await idsOf(client)).filter((one) => one === id),
          [id],
        );
        await client.delete(id);
        assert.deepEqual(
          (await idsOf(client)).filter((one) => one === id),
          [],
        );
      },
    }),
    "an export has the conversation and its messages": async (scene) => {
      const { conversation, messages } = await verbsOf(scene).export(scene.subject.id);
      assert.equal(conversation.id, scene.subject.backend.id);
      for (const { role, text } of messages) assert.equal(`${typeof role} ${typeof text}`, "string string");
    },
  };
}

async function idsOf(client: ConformanceVerbs): Promise<(string | number)[]> {
  const ids: (string | number)[] = [];
  for await (const { id } of client.list()) ids.push(id);
  return ids;
}
