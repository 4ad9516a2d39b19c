import { isConvoError } from "@convo/client";
import { callOptions, httpOnly } from "./calls.ts";
import type { HttpOptions, UpdateOptions, UpdateResult, WireChange } from "./changes.ts";
import type { GetResult, Handle } from "./convo.ts";
import { invalid, refused } from "./errors.ts";
import { counted, readOnce } from "./exchange.ts";
import { toConversation } from "./from-wire.ts";
import { createJob, type Job } from "./job.ts";
import type { Lookup } from "./lookup.ts";
import type { Json, Metadata } from "./metadata/index.ts";
import { heard, measured, tell, type Watched, watching } from "./observe.ts";
import type { Provider } from "./provider.ts";
import { enqueue } from "./queue.ts";
import { nothingSent } from "./result.ts";
import { parse } from "./schema.ts";
import { toWire } from "./to-wire.ts";
import { runBatch } from "./update.ts";

/** What one configured provider can do. */
export function createHandle(provider: Provider): Handle {
  return {
    provider: provider.name,
    client: provider.client,
    get: (id, options = {}) => watching(provider, id, "get", (watched) => get(watched, options)) as never,
    update: (id, changes, options) =>
      watching(provider, id, "update", async (watched) =>
        prepare(provider, id, changes, options)(watched),
      ) as never,
    // What not everybody needs is loaded when asked for, so that bundlers keep it apart.
    plan: (id, changes, options = {}) =>
      watching(provider, id, "plan", async (watched) => {
        const wire = toWire(provider, changes, options);
        const { makePlan } = await import("./plan.ts");
        return makePlan(watched, await resolveId(watched, httpOnly(options)), wire, changes, options);
      }),
    apply: async (plan, options = {}) =>
      watching(provider, plan?.id, "update", async (watched) => {
        const { applyPlan } = await import("./plan.ts");
        return applyPlan(watched, plan, options, submit);
      }) as never,
    probe: async (options) => (await import("./probe.ts")).probe(provider, options),
  };
}

async function get(watched: Watched, options: HttpOptions): Promise<GetResult> {
  const { provider, id } = watched;
  const pathId = await resolveId(watched, options);
  // A schema has to see the document, so there must be one.
  const use = provider.schema ? "merge" : "look";
  const { reply, reading } = await readOnce(watched, pathId, options, use).catch(forgetting(provider, id));
  const { requestId } = reply;
  const parsed = await parse(provider, reading.document);
  const result = {
    conversation: toConversation(provider, pathId, reading),
    metadata: parsed.value as Metadata,
    raw: reply.data,
    ...(requestId && { requestId }),
    attempts: watched.attempts,
  };
  if (parsed.issues) throw refused(provider.name, parsed.violations, { issues: parsed.issues, result });
  return result;
}

/**
 * Checks and copies one update, which then can be sent, also more than once.
 *
 * @throws UpdateError for changes that cannot be made
 */
export function prepare(
  provider: Provider,
  id: string | number,
  changes: unknown,
  options: UpdateOptions = {},
): (watched: Watched) => Promise<UpdateResult> {
  checkId(provider, id);
  const wire = toWire(provider, changes, options);
  const kept = { ...options };
  return (watched) => submit(watched, wire, kept);
}

/** Queues one update. */
async function submit(
  watched: Watched,
  wire: WireChange,
  options: UpdateOptions,
  expected?: Json,
): Promise<UpdateResult> {
  const { job, result } = createJob(watched, wire, options, expected);
  if (wire.nothing) job.resolve(nothingSent(job));
  else void queueUp(job);
  return result.catch(forgetting(watched.provider, watched.id));
}

async function queueUp(job: Job): Promise<void> {
  const { provider, id, options } = job;
  try {
    // At once where it is known, so that those who call in the same breath share a write.
    job.pathId = knownId(provider, id) ?? (await resolveId(job, callOptions(options)));
    if (!job.done) enqueue(JSON.stringify([provider.scope, job.pathId]), job, runQueued);
  } catch (error) {
    job.reject(error);
  }
}

function runQueued(jobs: readonly Job[]): Promise<void> {
  tell(jobs, "queue", (jobs as [Job])[0].begun);
  return runBatch(jobs);
}

/** The id in the path, where it can be told without asking. */
function knownId({ lookup }: Provider, id: string | number): string | number | undefined {
  return lookup && typeof id === "string" ? lookup.known(id) : id;
}

async function resolveId(watched: Watched, options: HttpOptions): Promise<string | number> {
  const { provider, id } = watched;
  checkId(provider, id);
  const known = knownId(provider, id);
  if (known !== undefined) return known;
  const lookup = provider.lookup as Lookup;
  const find = (): Promise<{ id: number; attempts: number }> =>
    lookup.find(id as string, heard([watched], options));
  return measured([watched], "lookup", async () => (await counted([watched], find)).id);
}

/** Paths are checked by the client; this is about ids that never get into one, and about types. */
function checkId({ name, lookup }: Provider, id: unknown): void {
  const fits =
    typeof id === "string" ? id.trim() !== "" : lookup && Number.isSafeInteger(id) && Number(id) > 0;
  if (!fits)
    throw invalid(
      name,
      "id",
      `id must be ${lookup ? "a positive whole number or " : ""}a string that is not blank`,
    );
}

/** Drops a looked-up id that turned out to lead nowhere, so that the next call asks again. */
function forgetting(provider: Provider, id: string | number): (error: unknown) => never {
  return (error) => {
    if (typeof id === "string" && isConvoError(error) && error.kind === "not_found")
      provider.lookup?.forget(id);
    throw error;
  };
}
