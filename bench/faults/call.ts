import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Api, Fact, Setup, Subject } from "../clients/api.ts";
import type { Scenario } from "./scenario.ts";
import { exposures } from "./secrets.ts";

/** How one call ended. */
export type Outcome =
  | { readonly as: "value"; readonly right: boolean; readonly value: string; readonly ms: number }
  | {
      readonly as: "error";
      readonly fact: Fact;
      readonly message: string;
      readonly sync: boolean;
      readonly ms: number;
    }
  /** Did not settle within the wall. */
  | { readonly as: "hang"; readonly ms: number };

/** What the calls of one scenario share. */
export interface Run {
  readonly subject: Subject;
  readonly scenario: Scenario;
  readonly setup: Setup;
  readonly controller: AbortController;
  /** Where a secret could be read. */
  readonly shown: Set<string>;
}

/** What a client is told where the scenario does not say. */
export const LIMITS = { timeoutMs: 3000, deadlineMs: 5000 };
/** Milliseconds beyond what a client was allowed until a call counts as hanging. */
const GRACE_MS = 1500;
/** Attempts of the official clients, and about the longest they wait between two. */
const ATTEMPTS = 3;
const BACKOFF_MS = 750;
const METADATA = { answer: "42", text: '😀 "\\ \u2028' };

const clients = new WeakMap<Setup, Api>();

/** Makes one call and watches how it ends. Never rejects. */
export async function call(run: Run, index: number): Promise<Outcome> {
  const { subject, scenario, setup, controller, shown } = run;
  const many = (scenario.parallel ?? 1) * (scenario.rounds ?? 1) > 1;
  const id = many ? `conv_${index}` : "id" in scenario ? scenario.id : "conv_1";
  const begun = performance.now();
  const ms = (): number => Math.round(performance.now() - begun);
  let sync = true;
  const start = async (): Promise<unknown> => {
    const api = clients.get(setup) ?? subject.make(setup);
    clients.set(setup, api);
    if (scenario.inspect) exposures(api.client).forEach((place) => void shown.add(`client ${place}`));
    // A constructor may throw; a method that returns a promise may not.
    const promise = send(api, scenario, id as string, controller.signal);
    sync = false;
    return promise;
  };
  if (scenario.abortMs === 0) controller.abort();
  const abort = scenario.abortMs ? setTimeout(() => controller.abort(), scenario.abortMs) : undefined;
  const result = await atMost(wall(subject, scenario), start());
  clearTimeout(abort);
  if (!result) return { as: "hang", ms: ms() };
  if ("error" in result) {
    const { error } = result;
    for (const place of exposures(error)) shown.add(`error ${place}`);
    const message = String((error as Error | undefined)?.message).slice(0, 300);
    return { as: "error", fact: subject.explain(error), message, sync: sync && clients.has(setup), ms: ms() };
  }
  const { value } = result;
  return { as: "value", right: isRight(value, scenario.op, id), value: brief(value), ms: ms() };
}

/** Milliseconds after which a call hangs: past the deadline, or past all attempts of a client that has none. */
function wall({ hasDeadline }: Subject, { limits }: Scenario): number {
  const { timeoutMs, deadlineMs } = { ...LIMITS, ...limits };
  return GRACE_MS + Math.max(deadlineMs, hasDeadline ? 0 : ATTEMPTS * (timeoutMs + BACKOFF_MS));
}

type Settled = { readonly value: unknown } | { readonly error: unknown };

/** How a promise settled, or undefined if it did not in time. */
async function atMost(ms: number, promise: Promise<unknown>): Promise<Settled | undefined> {
  const limit = new AbortController();
  const late = sleep(ms, undefined, { signal: limit.signal }).catch(() => undefined);
  const settled = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const result = await Promise.race([late, settled]);
  limit.abort();
  return result;
}

function send(api: Api, { op, checked }: Scenario, id: string, signal: AbortSignal): Promise<unknown> {
  if (checked && api.check) return api.check(id, signal);
  if (op === "read") return api.read(id, signal);
  return op === "update" ? api.update(id, METADATA, signal) : api.create(METADATA, signal);
}

function isRight(value: unknown, op: Scenario["op"], id: unknown): boolean {
  const found = Object(value) as { id?: unknown; metadata?: unknown };
  return (
    found.id === (op === "create" ? "conv_new" : String(id)) &&
    isDeepStrictEqual({ ...Object(found.metadata) }, op === "read" ? { seed: "1" } : METADATA)
  );
}

function brief(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 100);
  } catch {
    return String(value);
  }
}
