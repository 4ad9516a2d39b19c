import { lazyRun, lazyUndo } from "./bulk/lazy.ts";
import type { Handle } from "./convo.ts";
import type { Json } from "./metadata/json.ts";
import { snapshot } from "./metadata/non-json.ts";
import { tell, type Watched, watching } from "./observe/operation.ts";
import { checkId, forgetting, knownId, resolveId } from "./provider/lookup.ts";
import type { Provider } from "./provider/provider.ts";
import { get } from "./read.ts";
import type { UpdateOptions, UpdateResult } from "./types/update.ts";
import { createJob, type Job } from "./update/job.ts";
import { callOptions, httpOnly } from "./update/requests.ts";
import { nothingSent } from "./update/result.ts";
import { runBatch } from "./update/run.ts";
import { enqueue } from "./update/turns.ts";
import type { WireChange } from "./wire/change.ts";
import { toWire } from "./wire/to-wire.ts";
/** What one configured provider can do. */
export function createHandle(provider: Provider): Handle {
  const handle: Handle = {
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
        // Now: what the caller makes of them while we read must not get into the plan.
        const asked = snapshot({ ...(changes as object) });
        const kept = { ...options };
        const { makePlan } = await import("./plan.ts");
        return makePlan(watched, await resolveId(watched, httpOnly(kept)), wire, asked, kept);
      }),
    apply: async (plan, options = {}) =>
      watching(provider, plan?.id, "update", async (watched) => {
        const { applyPlan } = await import("./plan.ts");
        return applyPlan(watched, plan, options, submit);
      }) as never,
    updateMany: (lines, options = {}) =>
      lazyRun(async ({ oneVendor, startBulk }) =>
        startBulk(oneVendor(provider, handle, options), lines, options),
      ) as never,
    undo: (what, options = {}) =>
      lazyUndo(({ undoAll, accountsOf }) => {
        const { name } = provider;
        return undoAll(name, accountsOf({ [name]: provider }, { [name]: handle }, options), what, options);
      }),
    probe: async (options) => (await import("./probe/probe.ts")).probe(provider, options),
  };
  return handle;
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
