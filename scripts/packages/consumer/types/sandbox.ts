// The sandbox and its conformance kit, as a test of somebody's own uses them.
import { createConvo, letta } from "@convo/core";
import { createSandbox, type Fault, type RequestRecord, type SandboxOptions } from "@convo/sandbox";
import { type Backend, type ConformanceCase, conformance, sandboxBackend } from "@convo/sandbox/conformance";

const options: SandboxOptions = { openai: { metadata: "replace" }, seed: false };
const sandbox = createSandbox(options);
const fault: Fault = { kind: "status", vendor: "openai", status: 503 };
const lift: () => void = sandbox.fault(fault);
lift();
export const seen: readonly RequestRecord[] = sandbox.requests();
// @ts-expect-error a vendor the sandbox does not have
sandbox.baseUrl("acme");

const id = "conv-00000000-0000-4000-8000-000000000001";
const provider = letta({ apiKey: "k", baseUrl: sandbox.baseUrl("letta"), fetch: sandbox.fetch });
const backend: Backend = sandboxBackend(sandbox, "letta", id);
export const cases: readonly ConformanceCase[] = conformance({
  provider,
  backend,
  connect: () => createConvo({ it: provider }).it,
  id,
  missing: id,
  write: { method: "PATCH", path: "/", headers: { authorization: /^Bearer / } },
});
// @ts-expect-error it does not say which conversation
conformance({ provider, backend, connect: () => createConvo({ it: provider }).it });
