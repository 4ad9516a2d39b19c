// Starter for Node, Bun and Deno: <port> <run> [undici].
import { smoke } from "../smoke.mjs";

const { Bun, Deno, process } = globalThis;
const [port, run, transport] = Deno?.args ?? process.argv.slice(2);
const fetch = transport && (await import("@convo/client/undici")).undiciFetch();
const steps = await smoke(`http://127.0.0.1:${port}`, run, `http://localhost:${port}`, fetch);
const runtime = Bun
  ? `Bun ${Bun.version}`
  : Deno
    ? `Deno ${Deno.version.deno}`
    : `Node ${process.versions.node}`;
const { default: undici } = transport ? await import("undici/package.json", { with: { type: "json" } }) : {};
console.log(JSON.stringify({ runtime: undici ? `${runtime}, undici ${undici.version}` : runtime, steps }));
// undici's agent keeps its connections, and with them the process, for some seconds.
if (transport) process.exit();
