import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild-wasm";
import { describe, expect, test } from "vitest";

const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));

describe("loading the client", () => {
  test("touches none of the globals that cost Node 40 ms", () => {
    const code = `
      for (const name of ["fetch", "Request", "Response", "Headers", "FormData"])
        Object.defineProperty(globalThis, name, { get() { throw new Error(name + " was touched"); } });
      const { createClient } = await import(${JSON.stringify(entry)});
      const vendor = { name: "v", baseUrl: "https://v.example", auth: { header: "Authorization", prefix: "" },
        env: { apiKey: "K" }, requestId: [], operations: {} };
      createClient(vendor, { apiKey: "k", fetch: async () => {} , baseUrl: "https://v.example" });
      console.log("fine");`;
    const print = execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    expect(print).toContain("fine");
  });

  test("brings openapi-fetch and nothing else, within its size", async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: `export { createClient } from ${JSON.stringify(entry)}`, resolveDir: "." },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
      metafile: true,
    });
    const inputs = Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"));
    expect(inputs.every((path) => path.includes("openapi-fetch"))).toBe(true);
    // Minified and gzipped, openapi-fetch's 2.6 kB included.
    expect(gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length).toBeLessThan(9_800);
  });
});
