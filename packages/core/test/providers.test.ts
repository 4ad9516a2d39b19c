import { readdirSync } from "node:fs";
import { createSandbox, type VendorName } from "@convo/sandbox";
import { type Backend, conformance, type Subject, sandboxBackend } from "@convo/sandbox/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  datagrid,
  letta,
  openai,
  type Provider,
  type ProviderOptions,
} from "../src/index.ts";
import * as providers from "../src/providers/index.ts";
import { everyProvider } from "./every.ts";

// Replacing is what the path of an update relies on least: the other modes have tests of their own.
const sandbox = createSandbox({ openai: { metadata: "replace" } });
beforeAll(() => sandbox.listen());
afterAll(() => sandbox.close());

type Facts = Omit<Subject, "provider" | "connect" | "backend"> & { readonly pathId?: string | number };

/** A provider of ours against its vendor in the sandbox, over real HTTP. */
function subject(make: (options: ProviderOptions) => Provider, facts: Facts): Subject {
  const { name, client, fields, metadata } = make({ apiKey: null });
  const backend: Backend = sandboxBackend(sandbox, name as VendorName, facts.pathId ?? facts.id);
  const connect = () => {
    const apiKey = sandbox.env()[client.vendor.env.apiKey] ?? expect.fail(`no key for ${name}`);
    return createConvo({ it: make({ apiKey, baseUrl: sandbox.baseUrl(name as VendorName) }) }).it;
  };
  return { provider: { name, fields, metadata }, backend, connect, ...facts };
}

const subjects: Record<string, Subject> = {
  openai: subject(openai, {
    id: "conv_sandbox0001",
    missing: "conv_nobody",
    write: {
      method: "POST",
      path: "/openai/v1/conversations/conv_sandbox0001",
      headers: { authorization: /^Bearer / },
    },
    maxKeys: 16,
    creation: { changes: {}, listed: false },
  }),
  letta: subject(letta, {
    id: "conv-00000000-0000-4000-8000-000000000001",
    missing: "conv-00000000-0000-4000-8000-00000000ffff",
    write: {
      method: "PATCH",
      path: "/letta/v1/conversations/conv-00000000-0000-4000-8000-000000000001",
      headers: { authorization: /^Bearer / },
    },
    creation: {
      changes: { summary: "New" },
      options: { query: { agent_id: "agent-00000000-0000-4000-8000-000000000001" } },
      listed: true,
    },
    field: { name: "summary", value: "Invoice corrected" },
  }),
  datagrid: subject(datagrid, {
    id: "cnv_sandbox_0001",
    missing: "nobody",
    write: {
      method: "PATCH",
      path: "/datagrid/v1/conversations/cnv_sandbox_0001",
      headers: { authorization: /^Bearer / },
    },
    field: { name: "name", value: "Invoice 2041" },
    creation: { changes: { name: "New" }, listed: true },
  }),
  chatdash: subject((options) => chatdash({ ...options, agentId: "agent_1" }), {
    id: "66f0c0ffee0000000000cd01",
    missing: "nobody",
    write: {
      method: "PUT",
      path: "/chatdash/v1/public/agents/agent_1/conversations/66f0c0ffee0000000000cd01",
      headers: { authorization: /^(?!Bearer )/ },
    },
    field: { name: "summary", value: "Invoice corrected" },
    echo: false,
    creation: { changes: { summary: "New" }, listed: true },
  }),
};
for (const id of [42, "support-session-456"])
  subjects[`agentsight by ${id}`] = subject(agentsight, {
    id,
    pathId: 42,
    missing: "nobody",
    write: {
      method: "PATCH",
      path: "/agentsight/api/conversations/42/update/",
      headers: { authorization: /^Api-Key / },
    },
    field: { name: "name", value: "RESOLVED - Account Access" },
    lookups: typeof id === "string" ? 1 : 0,
    creation: { changes: { name: "New" }, options: { externalId: "call-new" }, listed: true },
  });

describe.each(Object.entries(subjects))("%s", (_, each) => {
  for (const { name, run } of conformance(each)) it(name, run);
});

describe("the list of providers", () => {
  it("is the folder", () => {
    const files = readdirSync(new URL("../src/providers/", import.meta.url));
    const names = files.flatMap((file) => /^(?!index)(.*)\.ts$/.exec(file)?.[1] ?? []);
    expect(Object.keys(providers).sort()).toEqual(names.sort());
  });

  it("names each as its vendor", () => {
    for (const [name, provider] of Object.entries(everyProvider({}))) expect(provider.name).toBe(name);
  });

  it("has a subject each", () => {
    // Vendors that the sandbox does not serve have a file each, with a server of their own.
    const files = readdirSync(new URL("./vendors/", import.meta.url)).filter((file) =>
      file.endsWith(".test.ts"),
    );
    const own = files.map((file) => file.replace(/\.test\.ts$/, ""));
    const tested = new Set([...Object.values(subjects).map(({ provider }) => provider.name), ...own]);
    expect([...tested].sort()).toEqual(Object.keys(providers).sort());
  });
});
