import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  agentsight,
  type ConversationError,
  type ConvoError,
  chatdash,
  createConvo,
  isConvoError,
  openai,
} from "../src/index.ts";
import { everyProvider } from "./every.ts";
import { callByName, vendors } from "./wire/facts/index.ts";
import { type Recorder, record } from "./wire/recorder.ts";

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());
beforeEach(() => server.answer(() => ({ status: 500, body: { message: "this should not have been sent" } })));
/** The point of every test here: what is wrong is found out before anything is sent. */
afterEach(() => expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([]));

type Loose = Record<string, Record<"get" | "update" | "plan", (...args: unknown[]) => Promise<unknown>>>;

/** Every vendor behind the recorder, for calls that the types would not allow. */
function everyone(apiKey?: string): Loose {
  const options = {
    baseUrl: server.baseUrl,
    retry: "never" as const,
    ...(apiKey !== undefined && { apiKey }),
  };
  return createConvo(everyProvider(options)) as unknown as Loose;
}

/** The error of a call that must fail as one; also of one that throws at once. */
async function failure(call: () => unknown): Promise<ConversationError> {
  const error: unknown = await Promise.resolve()
    .then(call)
    .then(
      () => expect.fail("it succeeded"),
      (reason) => reason,
    );
  expect(isConvoError(error)).toBe(true);
  expect((error as ConvoError).outcome).toBeUndefined();
  return error as ConversationError;
}

/** A change that each vendor can make. */
const FINE: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(everyProvider({ apiKey: null })).map(([name, { fields }]) => {
    const text = (["name", "summary", "device"] as const).find((field) => fields[field] !== null);
    return [name, text ? { [text]: "x" } : { metadata: { a: "b" } }];
  }),
);
const NAMES = Object.keys(FINE);

describe("no key", () => {
  const variables = vendors.map(({ env }) => env.apiKey);
  const kept = new Map(variables.map((name) => [name, process.env[name]]));
  beforeEach(() => {
    for (const name of variables) delete process.env[name];
  });
  afterEach(() => {
    for (const [name, value] of kept) if (value !== undefined) process.env[name] = value;
  });

  it.each(vendors)("of $name is an auth error that names $env.apiKey", async ({ name, env }) => {
    for (const verb of ["get", "update", "plan"] as const) {
      const error = await failure(() =>
        everyone()[name]?.[verb]("id", verb === "get" ? undefined : FINE[name]),
      );
      expect(error).toMatchObject({ kind: "auth", provider: name, retryable: false });
      expect(error.message).toContain(`Set ${env.apiKey} or pass apiKey`);
    }
  });

  it.each(["", " ", "two words", "line\nbreak", "ключ"])("and none that can be one: %j", async (apiKey) => {
    for (const { create, name } of vendors) {
      const error = await failure(() => create({ apiKey, baseUrl: server.baseUrl }));
      expect(error).toMatchObject({ kind: "auth", provider: name });
      expect(error.message).toMatch(apiKey.trim() ? /the API key .*is malformed/ : /there is no API key/);
      if (apiKey.trim()) expect(error.message).not.toContain(apiKey);
    }
  });
});

describe("an id", () => {
  const text = ["", " ", "\t\n"];
  const dots = [".", ".."];
  const wrong: unknown[] = [undefined, null, Number.NaN, 1.5, -1, 0, 2 ** 53, {}, [], true];

  it.each(NAMES)("of an invalid %s is refused", async (name) => {
    const inCore = [...text, ...wrong, ...(name === "agentsight" ? [] : [...dots, 7])];
    for (const id of inCore)
      for (const verb of ["get", "update", "plan"] as const) {
        const error = await failure(() =>
          everyone("k")[name]?.[verb](id, verb === "get" ? undefined : FINE[name]),
        );
        expect(error, `${verb} ${String(id)}`).toMatchObject({ kind: "invalid", provider: name });
        expect(error.message).toMatch(/must be|Give a non-empty string/);
      }
  });

  it.each(vendors)(
    "cannot lead out of the path of any operation of $name",
    async ({ create, key, operations }) => {
      const client = create({ apiKey: key, baseUrl: server.baseUrl });
      for (const [name, { args }] of Object.entries(operations)) {
        const count = [...(client.vendor.operations[name]?.route ?? "").matchAll(/\{/g)].length;
        for (let at = 0; at < count; at += 1)
          for (const id of ["", ...dots, undefined, null, Number.NaN, 1.5, {}, "\ud800"]) {
            const error = await failure(() => callByName(client, name, args.with(at, id)));
            expect(error).toMatchObject({ kind: "invalid", provider: client.vendor.name });
            expect(error.message).toMatch(/path parameter \w+ cannot be sent\. Give a non-empty string/);
          }
      }
    },
  );

  it.each(["", " ", ".", ".."])("of ChatDash's agent is refused as well: %j", async (agentId) => {
    const make = () => createConvo({ chatdash: chatdash({ baseUrl: server.baseUrl, apiKey: "k", agentId }) });
    const error = await failure(() => make().chatdash.update("c", { summary: "x" }));
    expect(error).toMatchObject({ kind: "invalid", provider: "chatdash" });
    expect(error.message).toContain("agentId");
  });
});

describe("an update of several vendors", () => {
  const update = (ids: unknown, changes: unknown, options?: unknown): Promise<unknown> =>
    (everyone("k").all as unknown as { update(...args: unknown[]): Promise<unknown> }).update(
      ids,
      changes,
      options,
    );

  it.each(["intercom", "toString", "__proto__", "update"])(
    "names no vendor that is not there: %s",
    async (name) => {
      const ids = JSON.parse(`{"openai":"conv_1","${name}":"x"}`);
      const error = await failure(() => update(ids, { metadata: { a: "b" } }));
      expect(error).toMatchObject({ kind: "invalid", provider: "convo" });
      expect(error.message).toContain(name);
    },
  );

  it("has no overrides for one, and needs at least one vendor", async () => {
    const changes = { metadata: { a: "b" } };
    const error = await failure(() =>
      update({ openai: "c" }, changes, { overrides: { letta: { summary: "x" } } }),
    );
    expect(error).toMatchObject({ kind: "invalid", provider: "convo" });
    expect(error.message).toContain("letta");
    for (const ids of [{}, null, undefined])
      expect(await failure(() => update(ids, changes))).toMatchObject({ kind: "invalid" });
  });

  it("is refused whole where one vendor cannot do it", async () => {
    const error = await failure(() => update({ agentsight: 42, letta: "conv-1" }, { name: "x" }));
    expect(error.message).toMatch(/^\[convo\] Nothing was sent: letta: name is not supported by letta/);
  });
});

describe("invalid options and plans", () => {
  it.each(NAMES)("of %s", async (name) => {
    const handle = everyone("sk-test")[name] as Loose[string] & { apply(plan: unknown): Promise<unknown> };
    const signal = new AbortController(); // itself, not its signal
    for (const verb of ["update", "plan"] as const) {
      const error = await failure(() => handle[verb]("c", FINE[name], { signal }));
      expect(error).toMatchObject({ kind: "invalid", violations: [{ path: "signal" }] });
      expect(await failure(() => handle[verb]("c", FINE[name], null))).toMatchObject({ kind: "invalid" });
    }
    for (const plan of [undefined, null, {}])
      expect(await failure(() => handle.apply(plan))).toMatchObject({ kind: "invalid" });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "a deadline of %d for a read",
    async (deadlineMs) => {
      const handle = everyone("sk-test").openai as unknown as {
        get(id: string, options: object): Promise<unknown>;
      };
      expect(await failure(() => handle.get("conv_1", { deadlineMs }))).toMatchObject({ kind: "invalid" });
    },
  );

  it("of a provider", async () => {
    for (const options of [null, "sk-test"])
      expect((await failure(() => chatdash(options as never))).message).toContain(
        "options must be an object",
      );
  });

  const lock = { withLock: (_: string, fn: () => Promise<never>) => fn() };
  it.each([
    [{ lock: {} }, "lock must be an object with withLock(key, fn)"],
    [{ lock: lock.withLock }, "lock must be an object with withLock(key, fn)"],
    [{ account: 5 }, "account must be a string"],
    [{ account: 5n }, "account must be a string"],
    [{ schema: {} }, "schema must be a Standard Schema"],
    [{ schema: { parse: () => ({}) } }, "schema must be a Standard Schema"],
    [{ fields: "name" }, "fields must be an object"],
    [{ fields: { title: "metadata.title" } }, "fields.title must map a common field to a name"],
    [{ fields: { name: 5 } }, "fields.name must map a common field to a name"],
    [{ encode: "yes" }, "encode must be a boolean"],
  ])("of core's own in a provider: %o", async (options, reason) => {
    const error = await failure(() => openai({ apiKey: "k", ...options } as never));
    expect(error).toMatchObject({ kind: "invalid", provider: "openai", retryable: false });
    expect(error.message).toContain(reason);
  });

  it("of core's own in a provider, that are undefined, change nothing", () => {
    const { fields } = agentsight({
      apiKey: "k",
      lock: undefined,
      account: undefined,
      schema: undefined,
      fields: { name: undefined, summary: undefined },
    } as never);
    expect(fields).toEqual(agentsight({ apiKey: "k" }).fields);
  });

  it.each([
    [{ schema: {} }, "schema must be a Standard Schema"],
    [{ observe: console.log }, "observe must be an object"],
    [{ catalogue: {} }, "catalogue must be what createCatalogue() returns"],
    [{ catalog: {} }, "catalog is not an option of createConvo"],
    [null, "options must be an object"],
  ])("of createConvo: %o", async (options, reason) => {
    const error = await failure(() => createConvo({}, options as never));
    expect(error).toMatchObject({ kind: "invalid", provider: "convo" });
    expect(error.message).toContain(reason);
  });

  it.each([undefined, null, []])("no providers: %o", async (providers) => {
    expect(await failure(() => createConvo(providers as never))).toMatchObject({ kind: "invalid" });
  });
});

describe("changes that cannot be read", () => {
  const broken = {
    get: (): never => {
      throw new Error("a getter of the caller's");
    },
    enumerable: true,
  };
  it.each(["metadata", "unset", "native", "lists", "name"])(
    "are refused by their place: %s",
    async (name) => {
      const changes = Object.defineProperty({ metadata: { a: "b" } }, name, broken);
      const error = await failure(() => everyone("sk-test").openai?.update("conv_1", changes));
      expect(error).toMatchObject({ kind: "invalid", violations: [{ path: name }] });
      expect(error.message).toContain(`${name} cannot be read`);
    },
  );
});
