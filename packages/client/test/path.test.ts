import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { failure, json, makeClient, paths, startServer } from "./helpers.ts";

const NASTY = [
  "%2e%2e",
  ".%2e",
  ".\t.",
  "..\\..\\admin",
  "../../admin",
  "a?b=c",
  "a#b",
  "a/b",
  "//evil.example",
  "conv_1 ",
  "conv_1\n",
];
const MORE = [
  "conv_1\0",
  "...",
  "..;",
  "a:b",
  "@",
  "~",
  "%",
  "%00",
  "é",
  "会話",
  "👩‍👩‍👧",
  "constructor",
  "__proto__",
  "null",
  "undefined",
  "{id}",
  "$&",
  "\u202e",
];

describe.each(paths)("path parameters over %s", async (_, path) => {
  const server = await startServer();
  const client = makeClient(server.baseUrl, path);
  beforeEach(() => server.on((_request, response) => json(response, 200, { id: "x" })));

  /** The id as a router would find it in the address the server saw. */
  const idSeen = (): string => {
    const [, version, collection, id, ...rest] = (server.seen.at(-1)?.url ?? "").split("/");
    expect([version, collection, rest]).toEqual(["v1", "conversations", []]);
    return decodeURIComponent(id ?? "");
  };

  test.each([...NASTY, ...MORE])("%j arrives as itself, in its own segment", async (id) => {
    await client.getConversation(id);
    expect(idSeen()).toBe(id);
  });

  test("any other text arrives as itself", async () => {
    const ids = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
      .filter((id) => !/^\.{1,2}$/.test(id));
    await fc.assert(
      fc.asyncProperty(ids, async (id) => {
        await client.getConversation(id);
        expect(idSeen()).toBe(id);
      }),
      { numRuns: 150 },
    );
  });

  test("a long id arrives whole", async () => {
    await client.getConversation("x".repeat(4000));
    expect(idSeen()).toHaveLength(4000);
  });

  test.each([
    [""],
    ["."],
    [".."],
    ["\ud800"],
    ["a\udfff"],
    [null],
    [undefined],
    [{}],
    [[]],
    [["a"]],
    [new Date()],
    [Promise.resolve("a")],
    [true],
    [1.5],
    [Number.NaN],
    [2n],
    [() => "a"],
    [Symbol("a")],
  ])("%o is refused with a rejection and nothing is sent", async (id) => {
    const error = await failure(client.getConversation(id as string));
    expect(error).toMatchObject({ kind: "invalid", provider: "openai", retryable: false });
    expect(error.message).toContain("conversation_id");
    expect(server.seen).toEqual([]);
  });
});
