import { execFileSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild-wasm";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import type { Fetch } from "../src/index.ts";
import { makeClient, openai } from "./helpers.ts";

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

  test("brings no package: openapi-fetch comes with the first use of http; within its size", async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: `export { createClient } from ${JSON.stringify(entry)}`, resolveDir: "." },
      bundle: true,
      splitting: true,
      minify: true,
      format: "esm",
      target: "es2022",
      outdir: "out",
      write: false,
      metafile: true,
    });
    const [path, first] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint) ?? [];
    expect(new Set(first?.imports.map(({ kind }) => kind))).toEqual(new Set(["dynamic-import"]));
    expect(Object.keys(first?.inputs ?? {}).filter((name) => name.includes("node_modules"))).toEqual([]);
    const code = outputFiles.find((file) => file.path.endsWith(path ?? ""))?.contents ?? "";
    expect(code.length).toBeGreaterThan(1000);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(11_760);
  });

  test("a part that cannot be loaded is a typed error, and is loaded when it is there; no middleware is lost", async () => {
    const outdir = mkdtempSync(join(tmpdir(), "convo-parts-"));
    await build({
      stdin: { contents: `export { createClient } from ${JSON.stringify(entry)}`, resolveDir: "." },
      bundle: true,
      splitting: true,
      format: "esm",
      outExtension: { ".js": ".mjs" },
      chunkNames: "[name]",
      outdir,
    });
    const { createClient } = await import(/* @vite-ignore */ pathToFileURL(join(outdir, "stdin.mjs")).href);
    let marked: unknown;
    const fetch: Fetch = async (_url, { headers }) => {
      marked = headers["x-mark"];
      return Response.json({});
    };
    const { http } = createClient(openai, { baseUrl: "https://v.example", apiKey: "k", fetch });
    http.use({ onRequest: ({ request }: { request: Request }) => request.headers.set("x-mark", "1") });
    const [part, elsewhere] = [join(outdir, "http.mjs"), join(outdir, "elsewhere")];
    renameSync(part, elsewhere);
    expect(await http.GET("/a").catch((error: unknown) => error)).toMatchObject({
      kind: "network",
      provider: "openai",
    });
    renameSync(elsewhere, part);
    expect(await http.GET("/a")).toMatchObject({ data: {} });
    expect(marked).toBe("1");
    rmSync(outdir, { recursive: true });
  });

  test("http keeps the order of its calls while openapi-fetch is being loaded", async () => {
    const seen: string[] = [];
    const fetch: Fetch = async (url, { headers }) => {
      seen.push(`${url} ${headers["x-mark"]}`);
      return Response.json({});
    };
    const { http } = makeClient("https://v.example", { fetch });
    const mark: Middleware = { onRequest: ({ request }) => request.headers.set("x-mark", "1") };
    const parameters = { params: { path: { conversation_id: "c" } } };
    http.use(mark);
    const before = http.GET("/conversations/{conversation_id}", parameters);
    http.eject(mark);
    await Promise.all([before, http.GET("/conversations/{conversation_id}", parameters)]);
    const url = "https://v.example/conversations/c";
    expect(seen).toEqual([`${url} 1`, `${url} undefined`]);
  });

  test("what http.use refuses is told by the next call", async () => {
    const { http } = makeClient("https://v.example", { fetch: async () => Response.json({}) });
    http.use(5 as never);
    await expect(http.GET("/conversations/{conversation_id}", {} as never)).rejects.toThrow("Middleware");
  });
});
