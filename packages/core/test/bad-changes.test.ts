import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  agentsight,
  type ConversationError,
  chatdash,
  createConvo,
  datagrid,
  isConvoError,
  letta,
  openai,
} from "../src/index.ts";
import { type Recorder, record } from "./wire/recorder.ts";

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());
beforeEach(() => server.answer(() => ({ status: 500, body: { message: "this should not have been sent" } })));
afterEach(() => expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([]));

const IDS: Readonly<Record<string, string | number>> = {
  openai: "conv_1",
  letta: "conv-1",
  datagrid: "cnv_1",
  chatdash: "c1",
  agentsight: 42,
};

type Loose = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;

/** Every vendor behind the recorder, for calls that the types would not allow. */
function everyone(): Loose {
  const common = { baseUrl: server.baseUrl, apiKey: "k", retry: "never" as const };
  return createConvo({
    openai: openai(common),
    letta: letta(common),
    datagrid: datagrid(common),
    chatdash: chatdash({ ...common, agentId: "agent_1" }),
    agentsight: agentsight(common),
  }) as unknown as Loose;
}

/** The error of an update that must be refused; a plan of it must be refused in the same words. */
async function refusal(name: string, changes: unknown, options?: unknown): Promise<ConversationError> {
  const convo = everyone();
  const tries = ["update", "plan"].map((verb) =>
    convo[name]?.[verb]?.(IDS[name], changes, options).then(
      () => expect.fail(`${verb} succeeded`),
      (error) => error,
    ),
  );
  const [error, planned] = (await Promise.all(tries)) as [ConversationError, ConversationError];
  expect(isConvoError(error)).toBe(true);
  expect(planned.message).toBe(error.message);
  expect(error).toMatchObject({ provider: name, retryable: false });
  expect(error.message.startsWith(`[${name}] Nothing was sent: `)).toBe(true);
  for (const { path, message } of error.violations ?? []) expect(message).toContain(path);
  return error;
}

const paths = ({ violations = [] }: ConversationError): string[] => violations.map(({ path }) => path).sort();

describe("a field the vendor does not have", () => {
  const lacking: [string, object][] = [
    ["openai", { name: "x", summary: "x", marked: true, customerId: "c", device: "d", language: "en" }],
    ["letta", { name: "x", marked: true, customerId: "c", device: "d", language: "en", metadata: { a: 1 } }],
    [
      "datagrid",
      { summary: "x", marked: true, customerId: "c", device: "d", language: "en", metadata: { a: 1 } },
    ],
    ["chatdash", { name: "x", marked: true, customerId: "c", language: "en" }],
    ["agentsight", { summary: "x" }],
  ];

  it.each(lacking)("of %s is unsupported, every one named with what to do", async (name, changes) => {
    const error = await refusal(name, changes);
    expect(error.kind).toBe("unsupported");
    expect(paths(error)).toEqual(Object.keys(changes).sort());
    for (const field of Object.keys(changes))
      expect(error.message).toContain(`${field} is not supported by ${name}: leave it out or set the option`);
  });

  it("is not kept as metadata where there is none", async () => {
    const error = await refusal("letta", { name: "x" }, { unsupported: "metadata" });
    expect(error.kind).toBe("unsupported");
  });

  it("that nobody has is invalid", async () => {
    for (const name of Object.keys(IDS)) {
      const error = await refusal(name, { titel: "x", metadta: {} });
      expect(error.kind).toBe("invalid");
      expect(paths(error)).toEqual(["metadta", "titel"]);
    }
  });

  it("may not be set twice, by its own name and natively", async () => {
    const error = await refusal("agentsight", { marked: true, native: { is_marked: false, metadata: {} } });
    expect(error.kind).toBe("invalid");
    expect(paths(error)).toEqual(["native.is_marked", "native.metadata"]);
  });

  it("has the type it has", async () => {
    const error = await refusal("agentsight", {
      name: 1,
      marked: "yes",
      customerId: 9,
      metadata: [1],
      unset: "a",
    });
    expect(error.kind).toBe("invalid");
    expect(paths(error)).toEqual(["customerId", "marked", "metadata", "name", "unset"]);
  });

  it.each([undefined, null, {}, [], "x", 1, { metadata: undefined }])(
    "is needed: %j is no update",
    async (changes) => {
      for (const name of Object.keys(IDS))
        expect(await refusal(name, changes)).toMatchObject({ kind: "invalid" });
    },
  );
});

describe("an option there is none of", () => {
  it("is refused by a provider, an update, a plan and a get", async () => {
    expect(() => openai({ apiKey: "k", baseURL: "http://127.0.0.1:1" } as never)).toThrow(
      /Unknown option "baseURL"/,
    );
    const convo = createConvo({ openai: openai({ apiKey: "k", baseUrl: "http://127.0.0.1:1" }) });
    const slip = { marge: "deep" } as never;
    for (const call of [
      convo.openai.update("conv_1", { metadata: {} }, slip),
      convo.openai.plan("conv_1", { metadata: {} }, slip),
      convo.openai.get("conv_1", slip),
    ]) {
      const error = await call.catch((reason) => reason);
      expect(error).toMatchObject({ kind: "invalid" });
      expect(error.message).toContain("marge");
    }
  });
});

describe("metadata over a limit", () => {
  const wide = "👩";

  it("is refused with every violation at once, counted in code points", async () => {
    const metadata: Record<string, string> = Object.fromEntries(
      Array.from({ length: 15 }, (_, n) => [`k${n}`, "v"]),
    );
    metadata[wide.repeat(65)] = "v";
    metadata.long = wide.repeat(513);
    const error = await refusal("openai", { metadata });
    expect(error.kind).toBe("limit");
    const found = error.violations?.map(({ limit, max, actual }) => ({ limit, max, actual }));
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { limit: "maxProperties", max: 16, actual: 17 },
        { limit: "maxKeyLength", max: 64, actual: 65 },
        { limit: "maxValueLength", max: 512, actual: 513 },
      ]),
    );
    for (const text of ["17", "16", "65", "64", "513", "512"]) expect(error.message).toContain(text);
    expect(error.message).not.toContain(wide.repeat(513));
  });

  it.each(["shallow", "deep", "replace"])("in a merge that is %s", async (merge) => {
    const metadata = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, "v"]));
    expect(await refusal("openai", { metadata }, { merge })).toMatchObject({ kind: "limit" });
  });

  it.each(["shallow", "deep"])("after a merge that is %s with a document the caller knows", async (merge) => {
    const current = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`k${n}`, "v"]));
    const update = everyone().openai?.update?.("conv_1", { metadata: { one: "more" } }, { merge, current });
    await expect(update).rejects.toMatchObject({ kind: "limit", violations: [{ actual: 17, max: 16 }] });
  });

  it("is the same for values that are no text", async () => {
    const error = await refusal("openai", {
      metadata: { count: 1, on: true, none: null, list: [], map: {} },
    });
    expect(error.violations).toHaveLength(5);
    expect(error.kind).toBe("limit");
  });

  it("is the same for a name", async () => {
    for (const [name, actual] of [
      [wide.repeat(256), 256],
      ["", 0],
    ] as const) {
      const error = await refusal("agentsight", { name });
      expect(error).toMatchObject({ kind: "limit", violations: [{ path: "name", actual }] });
    }
  });
});

describe("what JSON cannot hold", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const values: [string, unknown][] = [
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a Date", new Date(0)],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["a RegExp", /x/],
    ["a class instance", new (class Thing {})()],
    ["a typed array", new Uint8Array(2)],
    ["undefined in a list", [undefined]],
    ["a hole in a list", new Array(1)],
    ["a cycle", cycle],
    ["half a character", "\ud800"],
    ["a promise", Promise.resolve(1)],
  ];

  it.each(values)("is refused: %s", async (_, value) => {
    for (const name of ["chatdash", "agentsight"]) {
      const error = await refusal(name, { metadata: { fine: 1, deep: { bad: value } } });
      expect(error.kind).toBe("invalid");
      expect(error.message).toContain("metadata.deep.bad");
      expect(error.message).toContain("which JSON cannot hold");
    }
    const native = await refusal("chatdash", { native: { customAnalysis: { bad: value } } });
    expect(native.message).toContain("native.customAnalysis.bad");
    expect(await refusal("letta", { summary: value })).toMatchObject({ kind: "invalid" });
    expect(await refusal("openai", { metadata: { bad: value } })).toMatchObject({ kind: "invalid" });
  });

  it("is refused wherever it is, every place named", async () => {
    const error = await refusal("agentsight", {
      name: 1n,
      metadata: { a: Number.NaN, b: [1, { c: new Date() }] },
      native: { is_used: () => 1 },
    });
    expect(paths(error)).toEqual(["metadata.a", "metadata.b[1].c", "name", "native.is_used"]);
  });
});
