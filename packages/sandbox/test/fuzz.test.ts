import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { loadSpec, type Spec, type SpecOperation } from "../src/engine/spec.ts";
import { createSandbox, type Doc, type Sandbox, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { credentials } from "./helpers.ts";
import { type Choice, changed, pointsOf, randomFrom, type Sampler, sampler } from "./sample.ts";

/** Requests per vendor, and the seed to repeat a run: `FUZZ=10000 SEED=7 vitest run fuzz`. */
const COUNT = Number(process.env.FUZZ ?? 400);
const SEED = Number(process.env.SEED ?? 1);

const IDS: Readonly<Record<VendorName, readonly string[]>> = {
  openai: ["conv_sandbox0001", "conv_none", "msg_sandbox0001", "msg_none", "x"],
  letta: [
    "conv-00000000-0000-4000-8000-000000000001",
    "conv-00000000-0000-4000-8000-0000000000ff",
    "agent-00000000-0000-4000-8000-000000000001",
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

/** Fitting requests after which a point is no longer made for. */
const TRIES = 20;

/** What is fuzzed, and what of it has been sent. */
interface Run {
  readonly sandbox: Sandbox;
  readonly spec: Spec;
  readonly make: Sampler;
  readonly valid: ReturnType<typeof judge>;
  /** Points of request schemas to make for: first those that were not sent, then those that never succeeded. */
  readonly wanted: Set<string>;
  /** How many fitting requests have exercised a point. */
  readonly sent: Map<string, number>;
  /** Points that a request which succeeded has exercised. */
  readonly succeeded: Set<string>;
  /** Operations that succeeded. */
  readonly good: Set<string>;
  probes: number;
}

interface Query {
  readonly path: string;
  readonly points: readonly string[];
}

const parameterPoint = (operation: SpecOperation, name: string): string => `${operation.route} ?${name}`;

function pathAndQuery(operation: SpecOperation, { make, wanted }: Run): Query {
  const fixed = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "agentId" && make.chance(0.9)) return "agent_1";
    return encodeURIComponent(make.pick(IDS[operation.vendor]));
  });
  const query = new URLSearchParams();
  const points: string[] = [];
  for (const parameter of operation.parameters) {
    if (parameter.in !== "query") continue;
    const point = parameterPoint(operation, parameter.name);
    if (!(parameter.required || make.chance(wanted.has(point) ? 0.7 : 0.3))) continue;
    const hint = HINTS[parameter.name];
    const sample = make.sample(parameter.pointer);
    const value =
      hint && make.chance(0.5) ? make.pick(hint) : make.chance(0.1) ? make.spoil("") : sample.value;
    points.push(point, ...(value === sample.value ? sample.points : []));
    for (const entry of Array.isArray(value) ? value : [value])
      query.append(parameter.name, typeof entry === "object" ? JSON.stringify(entry) : String(entry));
  }
  return { path: query.size === 0 ? fixed : `${fixed}?${query}`, points };
}

/** Sends one request; no answer may be a 5xx, and no body that does not fit may be taken. */
async function send(
  { sandbox, valid }: Run,
  operation: SpecOperation,
  path: string,
  body: unknown,
): Promise<{ status: number; text: string; about: string }> {
  const { vendor, method } = operation;
  const headers = { ...credentials(vendor), "content-type": "application/json" };
  const url = sandbox.baseUrl(vendor) + path;
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await sandbox.fetch(url, init);
  const text = await response.text();
  const about = `${method} ${url} ${JSON.stringify(body)?.slice(0, 2000)} -> ${response.status} ${text.slice(0, 2000)}`;
  // A status below 500 also says that the response fits the spec: the sandbox answers 500 when it does not.
  expect(response.status, about).toBeLessThan(500);
  if (body !== undefined && !valid(operation, body))
    expect(response.status, about).toBeGreaterThanOrEqual(400);
  return { status: response.status, text, about };
}

async function shoot(run: Run, operation: SpecOperation): Promise<void> {
  const { make, wanted, sent, succeeded, good } = run;
  const { path, points: queryPoints } = make.chance(0.4)
    ? { path: goodPath(operation), points: [] }
    : pathAndQuery(operation, run);
  const sample = operation.body && make.sample(operation.body.pointer);
  const body = sample && make.chance(0.4) ? make.spoil(sample.value) : sample?.value;
  const { status } = await send(run, operation, path, body);
  if (status < 300) good.add(operation.id);
  const whole = sample !== undefined && body === sample.value && run.valid(operation, body);
  const points = [...queryPoints, ...(whole ? sample.points : [])];
  if (status < 300) for (const point of points) succeeded.add(point);
  const fresh = points.filter((point) => !sent.has(point));
  for (const point of points) {
    const count = (sent.get(point) ?? 0) + 1;
    sent.set(point, count);
    if (count === 1 || count > TRIES || succeeded.has(point)) wanted.delete(point);
  }
  if (!whole) return;
  const choices = sample.choices.filter(({ pointer }) => fresh.includes(pointer));
  for (const choice of choices) await probe(run, operation, { body, choice });
}

/** A variant that was just used for the first time: with each tag wrong, and with each required field left out. */
async function probe(
  run: Run,
  operation: SpecOperation,
  { body, choice }: { body: unknown; choice: Choice },
): Promise<void> {
  const { schema, pointer } = run.spec.schemas.resolve(choice.pointer);
  const names = Object.keys((schema.properties ?? {}) as Doc);
  const fixed = names.filter((name) => {
    const at = run.spec.schemas.resolve(`${pointer}/properties/${name}`).schema;
    return "const" in at || Array.isArray(at.enum);
  });
  const meant = choice.path.reduce<unknown>(
    (node, key) => (node as Record<string | number, unknown>)[key],
    body,
  );
  const isTagged = fixed.every((name) => Object.hasOwn(Object(meant), name));
  const wrong = [
    ...fixed.map((name) => [name, "nonsense"] as const),
    ...((schema.required ?? []) as string[]).map((name) => [name, undefined] as const),
  ];
  for (const [name, value] of wrong) {
    const spoilt = changed(body, [...choice.path, name], value);
    if (run.valid(operation, spoilt)) continue;
    run.probes += 1;
    const { status, text, about } = await send(run, operation, goodPath(operation), spoilt);
    // Some other thing of the request was wrong before the body was looked at.
    if (status === 404 || status === 401 || status === 409) continue;
    // Without its tags a variant may be taken for another that lacks another field.
    if (!isTagged) continue;
    // AgentSight names the field of the body, the others the very place.
    const named = run.spec.vendor === "agentsight" ? (choice.path[0] ?? name) : name;
    expect(text, `${about} does not name ${named}`).toContain(String(named));
  }
}

/** A path that is right in everything but, perhaps, the body. */
function goodPath({ vendor, path, parameters }: SpecOperation): string {
  const ids: Record<string, string> = {
    agentId: "agent_1",
    conversationId: IDS.chatdash[1] ?? "",
    item_id: IDS.openai[2] ?? "",
  };
  const of = path.includes("/track/") ? "501" : path.includes("/feedbacks/") ? "100" : IDS[vendor][0];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? of ?? "");
  const needed = parameters.filter(({ in: where, required }) => where === "query" && required);
  const query = new URLSearchParams(needed.map(({ name }) => [name, String(HINTS[name]?.[0])]));
  return query.size === 0 ? filled : `${filled}?${query}`;
}

/** All points of the requests of an operation. */
function pointsOfOperation({ schemas }: Spec, operation: SpecOperation): Set<string> {
  const points = new Set<string>();
  for (const { name, in: where, required, pointer } of operation.parameters) {
    if (where !== "query") continue;
    if (!required) points.add(parameterPoint(operation, name));
    for (const point of pointsOf(schemas, pointer)) points.add(point);
  }
  if (operation.body) for (const point of pointsOf(schemas, operation.body.pointer)) points.add(point);
  return points;
}

test.each(Object.keys(vendors) as VendorName[])(
  `%s: ${COUNT} requests from the spec (seed ${SEED}): no 5xx, no invalid body accepted, every variant hit`,
  async (vendor) => {
    const sandbox = createSandbox({ datagrid: { rateLimit: false }, logSize: 10, eventIntervalMs: 0 });
    const spec = loadSpec(vendor);
    const byOperation = new Map(
      spec.operations.map((operation) => [operation, pointsOfOperation(spec, operation)]),
    );
    const all = new Set([...byOperation.values()].flatMap((points) => [...points]));
    const wanted = new Set(all);
    const make = sampler(spec.schemas, randomFrom(SEED), HINTS, wanted);
    const valid = judge(spec.document);
    const sent = new Map<string, number>();
    const run: Run = {
      sandbox,
      spec,
      make,
      valid,
      wanted,
      sent,
      succeeded: new Set(),
      good: new Set(),
      probes: 0,
    };
    const lasting = spec.operations.filter(({ method }) => method !== "DELETE");
    for (let n = 0; n < COUNT; n += 1) {
      // Deletes are rare, or nothing would be left to shoot at.
      const leading = lasting.filter((operation) =>
        [...wanted].some((point) => byOperation.get(operation)?.has(point)),
      );
      const some = leading.length > 0 && make.chance(0.5) ? leading : lasting;
      await shoot(run, make.pick(make.chance(0.9) ? some : spec.operations));
      if (n % 100 === 99) sandbox.reset();
      if (wanted.size === 0)
        for (const point of all)
          if (!run.succeeded.has(point) && (sent.get(point) ?? 0) <= TRIES) wanted.add(point);
    }
    const missed = [...all].filter((point) => !run.sent.has(point));
    const refused = [...all].filter((point) => !run.succeeded.has(point));
    console.log(
      `${vendor}: ${COUNT} requests and ${run.probes} probes; of ${all.size} variants and optional fields ` +
        `${all.size - missed.length} sent in fitting requests, ${all.size - refused.length} in successful ones` +
        (COUNT >= 5000 && refused.length > 0 ? `; never successful: ${refused.join(" ")}` : ""),
    );
    if (COUNT >= 400) expect(missed).toEqual([]);
    // A fuzzer whose requests are all refused tests nothing.
    const never = spec.operations.filter(({ id, method }) => method !== "DELETE" && !run.good.has(id));
    if (COUNT >= 5000) expect(never.map(({ id }) => id)).toEqual([]);
    await sandbox.close();
  },
  900_000,
);
