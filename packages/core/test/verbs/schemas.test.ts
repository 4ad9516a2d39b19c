import { createRequire } from "node:module";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { agentsight, createConvo, openai } from "../../src/index.ts";
import { start } from "../sandboxed.ts";

/** A published schema, by the name that others import it by. */
function validator(name: string) {
  const ajv = new Ajv.default({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(createRequire(import.meta.url)(`@convo/core/${name}.schema.json`));
  return (value: unknown) => {
    validate(JSON.parse(JSON.stringify(value)));
    return validate.errors ?? [];
  };
}

function connect() {
  const { at, ...rest } = start();
  return {
    ...rest,
    convo: createConvo({ openai: openai(at("openai")), agentsight: agentsight(at("agentsight")) }),
  };
}

test("plans and receipts of every outcome are what the published schema says", async () => {
  const errorsOf = validator("erase-receipt");
  const { convo, sandbox } = connect();
  await convo.agentsight.create({ customerId: "ada" }, { externalId: "call-1" });
  const plan = await convo.all.planErase({ openai: ["conv_sandbox0001", "conv_none"], agentsight: 42 });
  expect(errorsOf(plan)).toEqual([]);
  sandbox.fault({
    kind: "status",
    status: 500,
    vendor: "openai",
    operation: "deleteConversation",
    times: null,
  });
  const failed = await convo.all.erase(plan);
  const byCustomer = await convo.all.erase({ customerId: "ada" });
  expect(errorsOf(failed)).toEqual([]);
  expect(errorsOf(byCustomer)).toEqual([]);
  const outcomes = [plan, failed, byCustomer].flatMap(({ entries }) => entries.map(({ outcome }) => outcome));
  expect(new Set(outcomes)).toEqual(new Set(["pending", "failed", "not_found", "hidden", "unsupported"]));
  expect(errorsOf({ ...plan, version: 2 })).not.toEqual([]);
  expect(errorsOf({ ...plan, entries: [{ ...plan.entries[0], outcome: "deleted" }] })).not.toEqual([]);
});

test("exported documents are what the published schema says", async () => {
  const errorsOf = validator("export-document");
  const { convo } = connect();
  const document = await convo.agentsight.export(42);
  expect(errorsOf(document)).toEqual([]);
  expect(errorsOf(await convo.openai.export("conv_sandbox0001"))).toEqual([]);
  expect(errorsOf({ ...document, messages: [{}] })).not.toEqual([]);
});
