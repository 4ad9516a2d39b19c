import { invalid } from "./errors.ts";
import { bodyOf, type Folded, fold, seen } from "./merge/combine.ts";
import type { MetadataDiff } from "./metadata/diff.ts";
import type { Json, Metadata } from "./metadata/json.ts";
import { type Headroom, headroom } from "./metadata/limits.ts";
import { snapshot } from "./metadata/non-json.ts";
import type { Watched } from "./observe/operation.ts";
import { baseUrlOf } from "./provider/configure.ts";
import type { Provider } from "./provider/provider.ts";
import type { Conversation, Warning } from "./types/conversation.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "./types/update.ts";
import { createJob } from "./update/job.ts";
import { httpOnly, pathOf, readOnce } from "./update/requests.ts";
import { toRequestBody } from "./wire/body.ts";
import type { WireChange } from "./wire/change.ts";
import { checkExact, toConversation } from "./wire/from-wire.ts";
import { stored } from "./wire/limits.ts";
import { toWire } from "./wire/to-wire.ts";

/** What an update would do: plain data, to be shown, stored, and given to `apply`. It holds no credential. */
export interface Plan {
  readonly provider: string;
  readonly id: string | number;
  /** The one write. The key is named, not shown: `Bearer $OPENAI_API_KEY`. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Metadata;
  };
  /** The same as a command line. */
  readonly curl: string;
  readonly before: Conversation;
  /** As far as the vendor does what it is asked. */
  readonly after: Conversation;
  /** What changes in the metadata; `null` if it is not touched. */
  readonly diff: MetadataDiff | null;
  readonly warnings: readonly Warning[];
  /** Room left under the metadata limits afterwards; `null` if metadata is not touched. */
  readonly headroom: Headroom | null;
  /** What `apply` needs: the changes, how to make them, and what must still be there. */
  readonly apply: { readonly changes: Json; readonly options: Json; readonly expected: Json };
}

/** Reads the conversation and works out what an update would send. Throws as the update would. */
export async function makePlan(
  watched: Watched,
  pathId: string | number,
  wire: WireChange,
  changes: Json,
  options: UpdateOptions,
): Promise<Plan> {
  const { provider, id } = watched;
  const { merge, unsupported, verify } = options;
  const repeat = snapshot({ merge, unsupported, verify });
  const look = await readOnce(watched, pathId, httpOnly(options), wire.metadata ? "merge" : "look");
  const { reading } = look;
  if (wire.metadata) checkExact(watched, look);
  const { job, result } = createJob(watched, wire, options);
  // `result` can only reject: changes that do not fit, a caller who gave up, no time left.
  const { target, kept } = (await Promise.race([result, fold(provider, [job], reading)])) as Folded;
  job.resolve(undefined as never);
  const body = bodyOf(provider, target);
  const after = { body: { ...reading.body, ...body }, document: target.document ?? reading.document };
  const { document } = target;
  const rules = provider.metadata;
  return {
    provider: provider.name,
    id,
    ...requestOf(provider, pathId, toRequestBody(provider, body, reading.body)),
    before: toConversation(provider, pathId, reading),
    after: toConversation(provider, pathId, after),
    diff: kept[0]?.diff ?? null,
    warnings: wire.warnings,
    headroom:
      rules && document ? headroom(stored(provider, document), provider.limits[rules.field] ?? {}) : null,
    apply: {
      changes,
      options: repeat,
      expected: seen(provider, reading, target),
    },
  };
}

type Submit = (
  watched: Watched,
  wire: WireChange,
  options: UpdateOptions,
  expected?: Json,
) => Promise<UpdateResult>;

/** Makes a planned update, if the conversation is what it was. Throws `conflict`, with both states, if it is not. */
export async function applyPlan(
  watched: Watched,
  plan: Plan,
  options: HttpOptions,
  submit: Submit,
): Promise<UpdateResult> {
  const { provider } = watched;
  if (!plan?.apply) throw invalid(provider.name, "plan", "plan must be what `plan` gave");
  if (plan.provider !== provider.name)
    throw invalid(provider.name, "plan", `the plan is for ${plan.provider}`);
  const { changes, options: planned, expected } = plan.apply;
  const all: UpdateOptions = { ...(planned as UpdateOptions), ...options };
  return submit(watched, toWire(provider, changes, all), all, expected);
}

function requestOf(provider: Provider, id: string | number, body: Metadata): Pick<Plan, "request" | "curl"> {
  const { client, data, options } = provider;
  const { auth, env } = client.vendor;
  const [method = "", template = ""] = data.update.split(" ");
  const path = pathOf(provider, id);
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = baseUrlOf(client, options) + filled;
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
