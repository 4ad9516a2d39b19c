/** Whole numbers that other programs keep in metadata, and JavaScript cannot read with all their digits. */
import { afterEach, describe, expect, it } from "vitest";
import { agentsight, createConvo } from "../src/index.ts";
import { serve, type TestServer } from "./server.ts";

let server: TestServer;
afterEach(() => server.close());

/** A vendor that holds this, the text of a body's metadata. */
async function holding(metadata: string) {
  server = await serve(({ method }) => ({
    text: method === "GET" ? `{"id":42,"metadata":${metadata}}` : '{"id":42}',
  }));
  return createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) }).agentsight;
}
const written = () => server.seen.filter(({ method }) => method !== "GET").map(({ body }) => body);

describe("a whole number that JavaScript cannot read exactly", () => {
  it.each([
    ["beside what is changed", '{"user":{"ids":[175928847299117063]},"exact":9007199254740994}'],
    ["with as many digits as the last that it can", '{"user":{"ids":[9007199254740993]}}'],
    [
      "in a document that is kept as text",
      JSON.stringify('{"user":{"ids":[-175928847299117063]},"exact":1e300}'),
    ],
  ])("%s stops the merge, which would change it", async (_, metadata) => {
    const handle = await holding(metadata);
    for (const call of [
      () => handle.update(42, { metadata: { a: 1 } }),
      () => handle.update(42, { unset: ["a"] }, { verify: true }),
      () => handle.plan(42, { metadata: { a: 1 } }),
    ]) {
      const error = await call().catch((reason: Error) => reason);
      expect(error).toMatchObject({ kind: "bad_response", provider: "agentsight" });
      expect((error as Error).message).toContain("metadata.user.ids[0]");
      expect((error as Error).message).not.toMatch(/1759288|9007199/);
    }
    expect(written()).toEqual([]);
    expect(await handle.get(42)).toHaveProperty("conversation.metadata.user");
    await handle.update(42, { metadata: { id: "175928847299117063" } }, { merge: "replace" });
    expect(written()).toHaveLength(1);
  });

  it.each([
    ["in other fields", '{}, "big":175928847299117063'],
    ["in text", '{"say":"175928847299117063 \\" 175928847299117063"}'],
    ["that it can", '{"a":9007199254740992,"b":1000000000000000000000,"c":1e21,"d":0.12345678901234567}'],
  ])("is no matter %s", async (_, metadata) => {
    const handle = await holding(metadata);
    await handle.update(42, { metadata: { z: 1 } });
    const before = JSON.parse(`{"metadata":${metadata}}`).metadata;
    expect(written()).toEqual([{ metadata: { ...before, z: 1 } }]);
  });
});
