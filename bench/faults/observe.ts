import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Api, Fact, Setup, Subject } from "../clients.ts";
import { KEY, type Origins, type Scenario, type Seen } from "./scenario.ts";
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

/** All there is to know about one scenario with one client. */
export interface Observation {
  readonly outcomes: readonly Outcome[];
  readonly seen: readonly Seen[];
  /** Connections on which an answer is still awaited although every call has settled. */
  readonly leaked: number;
  /** Abort listeners left on the caller's signal. */
  readonly listeners: number;
  readonly unhandled: readonly string[];
  /** Where a secret could be read. */
  readonly shown: readonly string[];
  readonly polluted: boolean;
  readonly peakMb: number;
}

/** Where the fault server is. */
export interface Server {
  readonly origins: Origins;
  readonly control: string;
}

const LIMITS = { timeoutMs: 3000, deadlineMs: 5000 };
/** Milliseconds beyond the deadline until a call counts as hanging: retries of clients that have no deadline fit in. */
const GRACE_MS = 1500;
const METADATA = { answer: "42", text: '😀 "\\ \u2028' };

/** Rejections nobody handled since the last look. */
export const unhandled: string[] = [];

/** Plays one scenario with one client. */
export async function observe(
  subject: Subject,
  scenario: Scenario,
  key: string,
  server: Server,
): Promise<Observation> {
  const shown = new Set<string>();
  const controller = new AbortController();
  const { signal } = controller;
  const setup = await prepare(scenario, key, server);
  const outcomes: Outcome[] = [];
  for (let round = 0; round < (scenario.rounds ?? 1); round++) {
    const calls = Array.from({ length: scenario.parallel ?? 1 }, (_, index) =>
      once(subject, setup, scenario, round * (scenario.parallel ?? 1) + index, controller, shown),
    );
    outcomes.push(...(await Promise.all(calls)));
  }
  await sleep(20);
  globalThis.gc?.();
  await sleep(0);
  const listeners = getEventListeners(signal, "abort").length;
  const state = await settled(server, key);
  controller.abort();
  return {
    outcomes,
    seen: state.seen,
    leaked: state.busy,
    listeners,
    unhandled: unhandled.splice(0),
    shown: [...shown],
    polluted: "polluted" in {},
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function prepare(scenario: Scenario, key: string, { origins, control }: Server): Promise<Setup> {
  const { origin = "main", limits, options } = scenario;
  const host = origin === "late" ? await (await get(`${control}/late`)).text() : origins[origin];
  const base = `${host}/${key}/v1`;
  const setup = { apiKey: KEY, baseUrl: base, headers: {}, ...LIMITS, ...limits, ...options };
  const headers = { "x-bench": key, ...setup.headers };
  return { ...setup, headers, baseUrl: setup.baseUrl.replace("{base}", base) };
}

/** Asks the server's control port, on a connection of its own, so that no client's pool is touched. */
const get = (url: string): Promise<Response> => fetch(url, { headers: { connection: "close" } });

async function settled({ control }: Server, key: string): Promise<{ seen: Seen[]; busy: number }> {
  for (let tries = 0; ; tries++) {
    const state = (await (await get(`${control}/state?key=${key}`)).json()) as { seen: Seen[]; busy: number };
    if (state.busy === 0 || tries === 10) return state;
    await sleep(60);
  }
}

const clients = new WeakMap<Setup, Api>();

async function once(
  subject: Subject,
  setup: Setup,
  scenario: Scenario,
  index: number,
  controller: AbortController,
  shown: Set<string>,
): Promise<Outcome> {
  const many = (scenario.parallel ?? 1) * (scenario.rounds ?? 1) > 1;
  const id = many ? `conv_${index}` : "id" in scenario ? scenario.id : "conv_1";
  const begun = performance.now();
  const ms = (): number => Math.round(performance.now() - begun);
  let sync = true;
  const call = async (): Promise<unknown> => {
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
  const wall = (scenario.limits?.deadlineMs ?? LIMITS.deadlineMs) + GRACE_MS;
  const limit = new AbortController();
  const hang = sleep(wall, { as: "hang" } as const, { signal: limit.signal }).catch(() => undefined);
  const result = await Promise.race([
    hang,
    call().then(
      (value) => ({ as: "value", value }) as const,
      (error: unknown) => ({ as: "error", error }) as const,
    ),
  ]);
  clearTimeout(abort);
  limit.abort();
  if (!result || result.as === "hang") return { as: "hang", ms: ms() };
  if (result.as === "error") {
    for (const place of exposures(result.error)) shown.add(`error ${place}`);
    const constructed = clients.has(setup);
    const message = String((result.error as Error | undefined)?.message).slice(0, 300);
    return { as: "error", fact: subject.explain(result.error), message, sync: sync && constructed, ms: ms() };
  }
  const metadata = scenario.op === "read" ? { seed: "1" } : METADATA;
  return {
    as: "value",
    right: isRight(result.value, scenario.op, id, metadata),
    value: brief(result.value),
    ms: ms(),
  };
}

function send(api: Api, { op, checked }: Scenario, id: string, signal: AbortSignal): Promise<unknown> {
  if (checked && api.check) return api.check(id, signal);
  if (op === "read") return api.read(id, signal);
  return op === "update" ? api.update(id, METADATA, signal) : api.create(METADATA, signal);
}

function isRight(value: unknown, op: Scenario["op"], id: unknown, metadata: object): boolean {
  const found = Object(value) as { id?: unknown; metadata?: unknown };
  return (
    found.id === (op === "create" ? "conv_new" : String(id)) &&
    isDeepStrictEqual({ ...Object(found.metadata) }, metadata)
  );
}

function brief(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 100);
  } catch {
    return String(value);
  }
}
