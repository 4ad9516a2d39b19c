import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Setup, Subject } from "../clients/api.ts";
import { call, LIMITS, type Outcome } from "./call.ts";
import { KEY, type Origins, type Scenario, type Seen } from "./scenario.ts";

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

/** Rejections nobody handled since the last look. */
export const unhandled: string[] = [];

/** Plays one scenario with one client. */
export async function observe(
  subject: Subject,
  scenario: Scenario,
  key: string,
  server: Server,
): Promise<Observation> {
  const controller = new AbortController();
  const setup = await prepare(scenario, key, server);
  const run = { subject, scenario, setup, controller, shown: new Set<string>() };
  const outcomes: Outcome[] = [];
  const { parallel = 1, rounds = 1 } = scenario;
  for (let round = 0; round < rounds; round++) {
    const calls = Array.from({ length: parallel }, (_, index) => call(run, round * parallel + index));
    outcomes.push(...(await Promise.all(calls)));
  }
  await sleep(20);
  const listeners = await listenersOn(controller.signal);
  const state = await settled(server, key);
  controller.abort();
  return {
    outcomes,
    seen: state.seen,
    leaked: state.busy,
    listeners,
    unhandled: unhandled.splice(0),
    shown: [...run.shown],
    polluted: "polluted" in {},
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

/** Abort listeners that a garbage collection does not remove: those of `fetch` are held weakly. */
async function listenersOn(signal: AbortSignal): Promise<number> {
  const count = (): number => getEventListeners(signal, "abort").length;
  if (count() === 0) return 0;
  globalThis.gc?.();
  await sleep(0);
  return count();
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
