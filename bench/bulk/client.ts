/** One client in a process of its own: `<baseUrl> <way> <updates> <requests> <perMs>`; tells `{ ms, failed, cpuMs }`. */
import { type Update, waysFor } from "./clients.ts";

const [baseUrl = "", way = "", count, requests, perMs] = process.argv.slice(2);
const updates: Update[] = Array.from({ length: Number(count) }, (_, n) => ({ id: `conv_${n}`, key: "done" }));
const start = performance.now();
const failed = (await waysFor(Number(requests), Number(perMs))[way]?.(baseUrl, updates)) ?? updates.length;
const { user, system } = process.cpuUsage();
process.send?.({ ms: performance.now() - start, failed, cpuMs: Math.round((user + system) / 1000) });
process.disconnect?.();
