// Runs in Node: <miniflare's main file> <port> <run>.
import { turns } from "./turns.mjs";

const [main, port, run] = process.argv.slice(2);
const { Miniflare } = await import(main);
const workerd = new Miniflare({
  modules: true,
  scriptPath: "web/workerd.js",
  compatibilityDate: "2026-07-01",
});
try {
  const origin = `http://127.0.0.1:${port}`;
  const body = JSON.stringify({ origin, run, elsewhere: `http://localhost:${port}` });
  const response = await workerd.dispatchFetch("http://worker/", { method: "POST", body });
  if (!response.ok) throw new Error(await response.text());
  const { runtime, steps } = await response.json();
  const more = await turns(Miniflare);
  console.log(JSON.stringify({ runtime, steps: [...steps, ...more.steps], figures: more.figures }));
} finally {
  await workerd.dispose();
}
