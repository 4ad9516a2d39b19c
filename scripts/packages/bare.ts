/** Every entry loads where there is nothing but the language: no `fetch`, no `TextDecoder`, no timers, no `process`. */
import { createContext, runInContext } from "node:vm";
import { build, type Plugin } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** Bundles an entry as it was published and runs it in a context that has the language's globals alone. */
export async function bareCheck(project: string, entry: string): Promise<Check> {
  const name = `${entry} touches nothing when it is loaded`;
  const { outputFiles } = await build({
    absWorkingDir: project,
    stdin: { contents: `export * from ${JSON.stringify(entry)};`, resolveDir: project },
    bundle: true,
    format: "iife",
    globalName: "loaded",
    write: false,
    logLevel: "silent",
    plugins: [withoutPeers],
  });
  // V8 gives every context a console; WebAssembly and the like are the engine's.
  const context = createContext({});
  runInContext("delete globalThis.console; delete globalThis.WebAssembly;", context);
  try {
    runInContext(outputFiles[0]?.text ?? "", context);
    const exports = Number(runInContext("Object.keys(loaded).length", context));
    return { name, problem: exports > 0 ? undefined : "nothing is exported" };
  } catch (error) {
    return { name, problem: String(error) };
  }
}

/** Optional peers and Node's own modules (of entries that are for Node) are other people's code, and touch what they like. */
const withoutPeers: Plugin = {
  name: "without peers",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(undici|@opentelemetry\/api|node:.+)$/ }, ({ path }) => ({
      path,
      namespace: "peer",
    }));
    onLoad({ filter: /./, namespace: "peer" }, () => ({ contents: "module.exports = {};" }));
  },
};
