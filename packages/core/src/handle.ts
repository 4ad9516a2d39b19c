import { type CallOptions, isConvoError } from "@convo/client";
import { callOptions, pathOf } from "./calls.ts";
import type { UpdateOptions, UpdateResult, WireChange } from "./changes.ts";
import type { Handle } from "./convo.ts";
import { invalid } from "./errors.ts";
import { fromWire, toConversation } from "./from-wire.ts";
import { createJob, type Job } from "./job.ts";
import type { Lookup } from "./lookup.ts";
import type { Json } from "./metadata/index.ts";
import { applyPlan, makePlan } from "./plan.ts";
import type { Provider } from "./provider.ts";
import { enqueue } from "./queue.ts";
import { nothingSent } from "./result.ts";
import { toWire } from "./to-wire.ts";
import { runBatch } from "./update.ts";

/** What one configured provider can do. */
export function createHandle(provider: Provider): Handle {
  return {
    provider: provider.name,
    client: provider.client,
    async get(id, options) {
      const { pathId, attempts } = await resolveId(provider, id, options ?? {});
      const request = { path: pathOf(provider, pathId) };
      const reply = await provider.client
        .request(provider.data.read, request, options)
        .catch(forgetting(provider, id));
      const conversation = toConversation(provider, pathId, fromWire(provider, pathId, reply, "look"));
      const { requestId } = reply;
      return {
        conversation,
        raw: reply.data,
        ...(requestId && { requestId }),
        attempts: attempts + reply.attempts,
      };
    },
    update: async (id, changes, options) => prepare(provider, id, changes, options)() as never,
    plan: async (id, changes, options = {}) => {
      const wire = toWire(provider, changes, options);
      const { pathId } = await resolveId(provider, id, options);
      return makePlan(provider, id, pathId, wire, changes, options);
    },
    apply: async (plan, options = {}) => applyPlan(provider, plan, options, submit) as never,
  };
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
): () => Promise<UpdateResult> {
  checkId(provider, id);
  const wire = toWire(provider, changes, options);
  const kept = { ...options };
  return () => submit(provider, id, wire, kept);
}

/** Queues one update. */
async function submit(
  provider: Provider,
  id: string | number,
  wire: WireChange,
  options: UpdateOptions,
  expected?: Json,
): Promise<UpdateResult> {
  const { job, result } = createJob(provider, id, wire, options, expected);
  if (!wire.metadata && Object.keys(wire.set).length + Object.keys(wire.lists).length === 0)
    job.resolve(nothingSent(job));
  else void queueUp(job);
  return result.catch(forgetting(provider, id));
}

async function queueUp(job: Job): Promise<void> {
  const { provider, id, options } = job;
  try {
    const known = knownId(provider, id);
    if (known === undefined) {
      const found = await resolveId(provider, id, callOptions(options));
      job.pathId = found.pathId;
      job.requests += 1;
      job.attempts += found.attempts;
    } else job.pathId = known;
    if (!job.done) enqueue(JSON.stringify([provider.scope, job.pathId]), job, runBatch);
  } catch (error) {
    job.reject(error);
  }
}

/** The id in the path, where it can be told without asking. */
function knownId({ lookup }: Provider, id: string | number): string | number | undefined {
  return lookup && typeof id === "string" ? lookup.known(id) : id;
}

async function resolveId(
  provider: Provider,
  id: string | number,
  options: CallOptions,
): Promise<{ pathId: string | number; attempts: number }> {
  checkId(provider, id);
  const known = knownId(provider, id);
  if (known !== undefined) return { pathId: known, attempts: 0 };
  const found = await (provider.lookup as Lookup).find(id as string, options);
  return { pathId: found.id, attempts: found.attempts };
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
