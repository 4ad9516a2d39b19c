import { afterAll, describe, expect, expectTypeOf, test } from "vitest";
import {
  type ConformanceClient,
  type ConformanceResult,
  conformance,
  type Subject,
  sandboxBackend,
} from "../src/conformance/index.ts";
import { createSandbox, type Doc } from "../src/index.ts";
import { type Send, sender } from "./helpers.ts";

// That a good client passes is shown by the providers of core. Here one as everybody writes it first, to show that the
// suite fails where it must: `{ ...existing, ...new }`, no queue, no checks.

const sandbox = createSandbox();
afterAll(() => sandbox.close());
const AT = "/api/conversations";

class Failed extends Error {
  readonly provider = "agentsight";
  readonly kind = "not_found";
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

function naive(send: Send): ConformanceClient {
  const told = (raw: Doc) => ({
    provider: "agentsight",
    id: raw.id as number,
    name: raw.name,
    device: raw.device,
    language: raw.language,
    marked: raw.is_marked,
    customerId: raw.customer_id,
    metadata: raw.metadata as object,
    createdAt: String(raw.started_at),
  });
  const call = async (route: string, body?: unknown): Promise<Doc> => {
    const answer = await send(route, body);
    if (answer.status >= 400) throw new Failed(answer.status);
    return answer.body as Doc;
  };
  return {
    async get(id) {
      const raw = await call(`GET ${AT}/${id}/`);
      return { conversation: told(raw), raw };
    },
    async update(id, changes): Promise<ConformanceResult> {
      const { metadata, ...fields } = changes as { metadata?: object };
      const before = metadata && (await call(`GET ${AT}/${id}/`));
      const body = before ? { ...fields, metadata: { ...(before.metadata as object), ...metadata } } : fields;
      const conversation = told(await call(`PATCH ${AT}/${id}/update/`, body));
      const requests = before ? 2 : 1;
      const diff = metadata ? { added: metadata, changed: {}, removed: {} } : null;
      const counts = { calls: requests, httpRequests: requests, warnings: [], diff };
      return { provider: "agentsight", id, conversation, confirmed: "echo", ...counts };
    },
  };
}

const subject: Subject = {
  provider: {
    name: "agentsight",
    fields: { name: "name", summary: null, device: "device", marked: "is_marked" },
    metadata: { field: "metadata" },
  },
  backend: sandboxBackend(sandbox, "agentsight", 42),
  connect: () => naive(sender(sandbox, "agentsight")),
  id: 42,
  missing: 999,
  write: {
    method: "PATCH",
    path: "/agentsight/api/conversations/42/update/",
    headers: { authorization: /^Api-Key / },
  },
  field: { name: "name", value: "Account Access" },
  lookups: 0,
};

/** What each case says: `undefined` where it holds. */
async function verdicts(subject: Subject): Promise<Record<string, string | undefined>> {
  const told: Record<string, string | undefined> = {};
  for (const { name, run } of conformance(subject))
    told[name] = await run().then(
      () => undefined,
      (error: Error) => error.name,
    );
  return told;
}

describe("the suite", () => {
  test("fails the client everybody writes first, exactly where it loses something", async () => {
    const told = await verdicts(subject);
    const passed = Object.keys(told).filter((name) => told[name] === undefined);
    expect(passed).toEqual([
      "agentsight: a read gives the conversation in our words and in the vendor's",
      "agentsight: a read of what is not there rejects with the vendor's not_found",
      "agentsight: a field goes out in one request, in the vendor's verb, path, header and words",
    ]);
    expect(told).toMatchObject({
      "agentsight: metadata keeps every one of many merges at once, in a handful of requests":
        "AssertionError",
      "agentsight: metadata survives an answer that was lost after the write": "TypeError",
    });
  });

  test("has cases for what the vendor can do, and no others", () => {
    const names = (part: Partial<Subject>): string[] =>
      conformance({ ...subject, ...part }).map(({ name }) => name);
    const { field: _, ...fieldless } = subject;
    const all = names({});
    expect(new Set(all).size).toBe(all.length);
    expect(conformance(fieldless).length).toBe(all.length - 2);
    const without = names({ provider: { ...subject.provider, metadata: null } });
    expect(without.filter((name) => name.startsWith("agentsight: metadata"))).toEqual([]);
    const able = { name: "n", summary: "s", marked: "m", customerId: "c", device: "d", language: "l" };
    const everything = names({
      provider: { name: "agentsight", fields: able, metadata: { field: "metadata" } },
    });
    expect(everything.filter((name) => name.includes("cannot hold"))).toEqual([]);
  });

  test("types: a subject says all it must", () => {
    const { id: _, ...nameless } = subject;
    // @ts-expect-error which conversation?
    conformance(nameless);
    // @ts-expect-error of no vendor the sandbox has
    sandboxBackend(sandbox, "acme", 1);
    expectTypeOf(conformance(subject)[0]?.run).toEqualTypeOf<(() => Promise<void>) | undefined>();
  });
});
