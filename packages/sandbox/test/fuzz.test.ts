import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { loadSpec, type SpecOperation } from "../src/engine/spec.ts";
import { createSandbox, type Doc, type Sandbox, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { credentials } from "./helpers.ts";
import { randomFrom, type Sampler, sampler } from "./sample.ts";

/** Requests per vendor, and the seed to repeat a run: `FUZZ=10000 SEED=7 vitest run fuzz`. */
const COUNT = Number(process.env.FUZZ ?? 400);
const SEED = Number(process.env.SEED ?? 1);

const IDS: Readonly<Record<VendorName, readonly string[]>> = {
  openai: ["conv_sandbox0001", "conv_none", "msg_sandbox0001", "msg_none", "x"],
  letta: [
    "conv-00000000-0000-4000-8000-000000000001",
    "conv-00000000-0000-4000-8000-0000000000ff",
    "default",
    "x",
  ],
  datagrid: ["cnv_sandbox_0001", "msg_sandbox_0001", "none"],
  chatdash: ["agent_1", "66f0c0ffee0000000000cd01", "none", "vf-session-0001"],
  agentsight: ["42", "43", "501", "100", "999", "x", "0"],
};

/** Values that exist, by field or parameter, or whole operations would only ever answer 404. */
const HINTS: Readonly<Record<string, readonly unknown[]>> = {
  agent_id: ["agent-00000000-0000-4000-8000-000000000001"],
  conversation_id: ["support-session-456"],
  conversation: [42],
  message: [501],
  key: ["topic"],
};

/** A second opinion on bodies: compiled apart from the sandbox's own validators. */
function judge(document: Doc): (operation: SpecOperation, body: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  ajv.addSchema(document, "judge");
  return ({ body: rule }, body) =>
    rule === undefined || ajv.validate({ $ref: `judge${rule.pointer}` }, body) === true;
}

function path(operation: SpecOperation, make: Sampler): string {
  const fixed = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "agentId" && make.chance(0.9)) return "agent_1";
    return encodeURIComponent(make.pick(IDS[operation.vendor]));
  });
  const query = new URLSearchParams();
  for (const parameter of operation.parameters) {
    if (parameter.in !== "query" || !(parameter.required || make.chance(0.3))) continue;
    const hint = HINTS[parameter.name];
    if (hint && make.chance(0.5)) {
      query.append(parameter.name, String(make.pick(hint)));
      continue;
    }
    const value = make.chance(0.1) ? make.spoil("") : make.value(parameter.schema);
    for (const one of Array.isArray(value) ? value : [value])
      query.append(parameter.name, typeof one === "object" ? JSON.stringify(one) : String(one));
  }
  return query.size === 0 ? fixed : `${fixed}?${query}`;
}

async function shoot(
  sandbox: Sandbox,
  operation: SpecOperation,
  make: Sampler,
  valid: ReturnType<typeof judge>,
): Promise<number> {
  const { vendor, method } = operation;
  const sent = operation.body && make.value(operation.body.schema);
  const body = operation.body && make.chance(0.5) ? make.spoil(sent) : sent;
  const headers = { ...credentials(vendor), "content-type": "application/json" };
  const url = sandbox.baseUrl(vendor) + path(operation, make);
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await sandbox.fetch(url, init);
  const text = await response.text();
  const told = `${method} ${url} ${JSON.stringify(body)?.slice(0, 2000)} -> ${response.status} ${text.slice(0, 2000)}`;
  expect(response.status, told).toBeLessThan(500);
  if (body !== undefined && !valid(operation, body))
    expect(response.status, told).toBeGreaterThanOrEqual(400);
  return response.status;
}

// A status below 500 also says that the response fits the spec: the sandbox answers 500 when it does not.
test.each(Object.keys(vendors) as VendorName[])(
  `%s: ${COUNT} requests from the spec (seed ${SEED}): no 5xx, no invalid body accepted`,
  async (vendor) => {
    const sandbox = createSandbox({ datagrid: { rateLimit: false }, logSize: 10 });
    const { document, operations } = loadSpec(vendor);
    const make = sampler(document, randomFrom(SEED), HINTS);
    const valid = judge(document);
    const lasting = operations.filter(({ method }) => method !== "DELETE");
    const good = new Map<string, number>();
    for (let n = 0; n < COUNT; n += 1) {
      // Deletes are rare, or nothing would be left to shoot at.
      const operation = make.pick(make.chance(0.9) ? lasting : operations);
      const status = await shoot(sandbox, operation, make, valid);
      if (status < 300) good.set(operation.id, (good.get(operation.id) ?? 0) + 1);
      if (n % 100 === 99) sandbox.reset();
    }
    // A fuzzer whose requests are all refused tests nothing.
    const never = operations
      .filter(({ id, method }) => method !== "DELETE" && !good.has(id))
      .map(({ id }) => id);
    if (COUNT >= 5000) expect(never).toEqual([]);
    await sandbox.close();
  },
  600_000,
);
