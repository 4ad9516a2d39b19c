import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { agentsight, chatdash, datagrid, letta, openai } from "../src/index.ts";
import * as providers from "../src/providers/index.ts";
import { providerContract } from "./provider-contract.ts";

providerContract({
  vendor: "openai",
  make: openai,
  id: "conv_sandbox0001",
  pathId: "conv_sandbox0001",
  method: "POST",
  path: "/openai/v1/conversations/conv_sandbox0001",
  authorization: /^Bearer /,
  metadata: true,
});

providerContract({
  vendor: "letta",
  make: letta,
  id: "conv-00000000-0000-4000-8000-000000000001",
  pathId: "conv-00000000-0000-4000-8000-000000000001",
  field: { name: "summary", wire: "summary", value: "Invoice corrected" },
  method: "PATCH",
  path: "/letta/v1/conversations/conv-00000000-0000-4000-8000-000000000001",
  authorization: /^Bearer /,
  metadata: false,
});

providerContract({
  vendor: "datagrid",
  make: datagrid,
  id: "cnv_sandbox_0001",
  pathId: "cnv_sandbox_0001",
  field: { name: "name", wire: "name", value: "Invoice 2041" },
  method: "PATCH",
  path: "/datagrid/v1/conversations/cnv_sandbox_0001",
  authorization: /^Bearer /,
  metadata: false,
});

providerContract({
  vendor: "chatdash",
  make: (options) => chatdash({ ...options, agentId: "agent_1" }),
  id: "66f0c0ffee0000000000cd01",
  pathId: "66f0c0ffee0000000000cd01",
  field: { name: "summary", wire: "summary", value: "Invoice corrected" },
  method: "PUT",
  path: "/chatdash/v1/public/agents/agent_1/conversations/66f0c0ffee0000000000cd01",
  authorization: /^(?!Bearer )/,
  metadata: true,
});

for (const id of [42, "support-session-456"]) {
  providerContract({
    vendor: "agentsight",
    make: agentsight,
    id,
    pathId: 42,
    field: { name: "name", wire: "name", value: "RESOLVED - Account Access" },
    method: "PATCH",
    path: "/agentsight/api/conversations/42/update/",
    authorization: /^Api-Key /,
    metadata: true,
    lookups: typeof id === "string" ? 1 : 0,
  });
}

describe("the list of providers", () => {
  it("is the folder", () => {
    const files = readdirSync(new URL("../src/providers/", import.meta.url));
    const names = files.map((file) => file.replace(/\.ts$/, "")).filter((name) => name !== "index");
    expect(Object.keys(providers).sort()).toEqual(names.sort());
  });

  it("names each as its vendor", () => {
    for (const [name, make] of Object.entries(providers))
      expect((make as typeof openai)({ agentId: "a" } as object).name).toBe(name);
  });
});
