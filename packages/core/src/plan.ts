import { pathOf, restOf } from "./call.ts";
import { invalidArgument } from "./errors.ts";
import { combineChanges, documentAfter, planPrecondition } from "./merge/combine.ts";
import type { Json, Metadata } from "./metadata/json.ts";
import { headroom } from "./metadata/limits.ts";
import { snapshot } from "./metadata/non-json.ts";
import type { OperationContext } from "./observe/operation.ts";
import type { Provider } from "./provider/provider.ts";
import { readOnce } from "./read/get.ts";
import type { Plan } from "./types/plan.ts";
import type { HttpOptions, UpdateOptions } from "./types/update.ts";
import type { PreparedUpdate } from "./update/job.ts";
import { encodeDocument, toUpdateBody } from "./wire/body.ts";
import type { WireChange } from "./wire/change.ts";
import { assertSafeIntegers, toConversation } from "./wire/from-wire.ts";
import { toWire } from "./wire/to-wire.ts";
import { uncertainRemovals } from "./wire/uncertain-removals.ts";

/** Reads the conversation and works out what an update would send. Throws as the update would. */
export async function makePlan(
  provider: Provider,
  operation: OperationContext,
  wire: WireChange,
  changes: Json,
  options: UpdateOptions,
): Promise<Plan> {
  const { id } = operation;
  const { merge, unsupported, verify } = options;
  const repeat = snapshot({ merge, unsupported, verify });
  const { pathId, baseUrl, read } = await readOnce(
    provider,
    operation,
    options,
    wire.metadata ? "merge" : "inspect",
  );
  const before = read.conversation;
  if (wire.metadata) assertSafeIntegers(provider, id, read);
  const part = { wire, precondition: undefined };
  const limits = restOf(provider, operation, options);
  const { target, accepted, rejected } = await combineChanges(provider, [part], before, limits);
  if (rejected[0]) throw rejected[0].error;
  const after = { body: { ...before.body, ...target.fields }, document: documentAfter(target, before) };
  const rules = provider.metadata;
  const diff = accepted[0]?.diff ?? null;
  return {
    provider: provider.name,
    id,
    ...describeRequest(provider, pathId, baseUrl, toUpdateBody(provider, target, before.body)),
    before: toConversation(provider, pathId, before),
    after: toConversation(provider, pathId, after),
    diff,
    warnings: [
      ...wire.warnings,
      ...uncertainRemovals(provider, Object.keys(diff?.removed ?? {}), wire.names),
    ],
    headroom:
      rules && target.document && after.document
        ? headroom(encodeDocument(provider, after.document), provider.limits[rules.field] ?? {})
        : null,
    apply: {
      changes,
      options: repeat,
      expected: planPrecondition(provider, before, target),
    },
  };
}

/** The update that was planned, to be made if the conversation is what it was. Throws `invalid` for anything but a plan of this provider. */
export function readPlan(provider: Provider, plan: Plan, options: HttpOptions): PreparedUpdate {
  const { name } = provider;
  if (!plan?.apply) throw invalidArgument(name, "plan", "plan must be what `plan` returned");
  if (plan.provider !== name) throw invalidArgument(name, "plan", `the plan is for ${plan.provider}`);
  const { changes, options: planned, expected } = plan.apply;
  const all: UpdateOptions = { ...(planned as UpdateOptions), ...options };
  return { wire: toWire(provider, changes, all), options: all, precondition: expected };
}

function describeRequest(
  provider: Provider,
  id: string | number,
  baseUrl: string,
  body: Metadata,
): Pick<Plan, "request" | "curl"> {
  const { client, data } = provider;
  const { auth, env } = client.vendor;
  const [method = "", template = ""] = data.update.split(" ");
  const path = pathOf(provider, id);
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = baseUrl + filled;
  const headers = { [auth.header]: `${auth.prefix}$${env.apiKey}`, "Content-Type": "application/json" };
  const lines = [
    `curl -X ${method} ${quote(url)}`,
    `-H "${auth.header}: ${auth.prefix}$${env.apiKey}"`,
    "-H 'Content-Type: application/json'",
    `-d ${quote(JSON.stringify(body))}`,
  ];
  return { request: { method, url, headers, body }, curl: lines.join(" \\\n  ") };
}

/** Quoted for a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
