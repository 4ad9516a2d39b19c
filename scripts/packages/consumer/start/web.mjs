// Starter for a browser, the same for a page and a dedicated worker. The API is on another origin than the page.
import { smoke } from "../smoke.mjs";

const { port, search } = location;
const report = smoke(`http://127.0.0.1:${port}`, search.slice(1), `http://localhost:${port}`).then(
  (steps) => ({ runtime: navigator.userAgent, steps }),
  (error) => ({ error: String(error?.stack ?? error) }),
);
if (typeof document === "undefined") report.then(postMessage);
else globalThis.report = report;
