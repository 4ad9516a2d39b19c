// Requests of Cloudflare Workers that update one conversation: the runtime ends what a request leaves undone, and nobody else's
// update may depend on it.
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Before and after a promise of one request could be resolved by another. */
const DATES = ["2024-09-01", "2026-01-01"];
/** Far above the 5 s that it may take, far below the 300 s of a dead conversation. */
const LIMIT_MS = 60_000;

/** Runs it all; returns the names of the steps. */
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
            await three(url, () => stored.get(id));
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
  return steps;
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
  const answers = keys.map(async (key, index) => {
    await sleep(index * 20);
    const response = await fetch(url(key), { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) throw new Error(`${url(key)}: ${await response.text()}`);
    return response.text();
  });
  await Promise.all(answers);
  for (const key of keys)
    if (stored()?.[key] !== "1") throw new Error(`${url(key)}: ${JSON.stringify(stored())}`);
}
