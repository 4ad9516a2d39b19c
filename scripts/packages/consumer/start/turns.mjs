// Requests of Cloudflare Workers that update one conversation: the runtime ends what a request leaves undone, and nobody else's
// update may depend on it.
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Before and after a promise of one request could be resolved by another. */
const DATES = ["2024-09-01", "2026-01-01"];
/** Ends what hangs: far below the 300 s of a dead conversation. */
const LIMIT_MS = 60_000;
/**
 * How long a caller may have to wait for a turn. Asserted of what core asks timers for, which no busy machine makes longer; how long
 * it took by the clock is told.
 */
const GOAL_MS = 5000;

/** Runs it all; returns the names of the steps, and the longest waits and times of three requests. */
export async function turns(Miniflare) {
  const stored = new Map();
  const vendor = createServer(async (request, response) => {
    const id = request.url.split("/").at(-1);
    let text = "";
    for await (const chunk of request) text += chunk;
    await sleep(150);
    if (request.method === "POST") stored.set(id, JSON.parse(text).metadata);
    const body = { id, object: "conversation", created_at: 1, metadata: stored.get(id) ?? {} };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  vendor.listen(0, "127.0.0.1");
  await once(vendor, "listening");
  const bindings = { VENDOR: `http://127.0.0.1:${vendor.address().port}/v1` };
  const steps = [];
  const longest = { waitedMs: 0, doneMs: 0 };
  try {
    for (const compatibilityDate of DATES) {
      const workerd = new Miniflare({
        modules: true,
        scriptPath: "web/turns.js",
        compatibilityDate,
        bindings,
      });
      try {
        const origin = await workerd.ready;
        for (const how of ["shared", "own"])
          for (const [name, before] of Object.entries(BEFORE)) {
            const id = `conv_${compatibilityDate}_${how}_${name.replaceAll(" ", "_")}`;
            const url = (key, path = "/update") => new URL(`${path}?id=${id}&key=${key}&${how}`, origin);
            await before(url);
            const { waitedMs, doneMs } = await three(url, () => stored.get(id));
            longest.waitedMs = Math.max(longest.waitedMs, waitedMs);
            longest.doneMs = Math.max(longest.doneMs, doneMs);
            steps.push(`${compatibilityDate}, ${how}: three requests ${name}`);
          }
      } finally {
        await workerd.dispose();
      }
    }
  } finally {
    vendor.close();
    vendor.closeAllConnections();
  }
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const [done, waited] = [seconds(longest.doneMs), seconds(longest.waitedMs)];
  const figures = `three callers of a conversation done ${done} after the last one's start at most, ${waited} of it waiting for a turn`;
  return { steps, figures };
}

/** What has happened to the conversation before. */
const BEFORE = {
  "at once": async () => {},
  "after one that awaited nothing": async (url) => {
    await (await fetch(url("forgotten", "/forget"))).text();
  },
  "after one that was disconnected": async (url) => {
    const controller = new AbortController();
    const gone = fetch(url("gone"), { signal: controller.signal }).catch(() => {});
    // In the middle of its read or its write.
    await sleep(200);
    controller.abort();
    await gone;
  },
};

/** Three requests within 60 ms: all are answered, and what each wrote is there. */
async function three(url, stored) {
  const keys = ["a", "b", "c"];
  const count = async () => (await fetch(url("", "/count"))).json();
  await count();
  let begun = 0;
  const answers = keys.map(async (key, index) => {
    await sleep(index * 20);
    begun = performance.now();
    const response = await fetch(url(key), { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) throw new Error(`${url(key)}: ${await response.text()}`);
    return response.text();
  });
  await Promise.all(answers);
  const doneMs = performance.now() - begun;
  for (const key of keys)
    if (stored()?.[key] !== "1") throw new Error(`${url(key)}: ${JSON.stringify(stored())}`);
  // All three wait at the same time.
  const waitedMs = (await count()) / keys.length;
  if (waitedMs > GOAL_MS) throw new Error(`${url("")}: waited ${waitedMs} ms for a turn`);
  return { waitedMs, doneMs };
}
