// Runs in Node: <webpack|rollup|vite> <its main file> <port> <run>. Bundles the smoke test as an application would, with
// no option but where to, and runs the bundle.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [name, main, port, run] = process.argv.slice(2);
const tool = await import(pathToFileURL(main));
const entry = "./smoke.mjs";
const outdir = `${process.cwd()}/bundled/${name}`;
const filename = "smoke.mjs";

const BUNDLERS = {
  webpack: async ({ default: webpack }) => {
    const output = { path: outdir, filename, library: { type: "module" }, chunkFormat: "module" };
    const experiments = { outputModule: true };
    const settings = { entry, output, experiments, target: "es2022", mode: "production" };
    const stats = await new Promise((resolve, reject) =>
      webpack(settings, (error, stats) => (error ? reject(error) : resolve(stats))),
    );
    if (stats.hasErrors()) throw new Error(stats.toString());
    return webpack.version;
  },
  rollup: async ({ rollup, VERSION }) => {
    const { nodeResolve } = createRequire(main)("@rollup/plugin-node-resolve");
    const onwarn = ({ message }) => {
      throw new Error(message);
    };
    const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true })], onwarn });
    await bundle.write({ dir: outdir, entryFileNames: filename });
    return VERSION;
  },
  vite: async ({ build, version }) => {
    const lib = { entry, formats: ["es"], fileName: () => filename };
    await build({ configFile: false, logLevel: "error", build: { lib, outDir: outdir } });
    return version;
  },
};

const version = await BUNDLERS[name](tool);
const { smoke } = await import(pathToFileURL(`${outdir}/${filename}`));
const steps = await smoke(`http://127.0.0.1:${port}`, run, `http://localhost:${port}`);
console.log(JSON.stringify({ runtime: `${name} ${version}`, steps }));
