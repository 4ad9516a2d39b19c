/** What is loaded at its first use, where it cannot be: a new deployment has removed the file, or the network is gone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild-wasm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as core from "../src/index.ts";

const outdir = mkdtempSync(join(tmpdir(), "convo-core-parts-"));
afterAll(() => rmSync(outdir, { recursive: true }));

let bundle: typeof core;
beforeAll(async () => {
  const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const { metafile } = await build({
    entryPoints: { entry },
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    outdir,
    metafile: true,
  });
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint && basename(file) !== "entry.mjs") rmSync(join(outdir, basename(file)));
  bundle = await import(/* @vite-ignore */ pathToFileURL(join(outdir, "entry.mjs")).href);
});

const first = async (items: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const item of items) return item;
  return undefined;
};

type Convo = core.Convo<{
  openai: core.Provider<core.OpenAIShape>;
  letta: core.Provider<core.LettaShape>;
}>;

const CALLS: [name: string, call: (convo: Convo) => Promise<unknown>][] = [
  ["plan", ({ openai }) => openai.plan("c", { metadata: { a: "b" } })],
  ["apply", ({ openai }) => openai.apply({ provider: "openai", id: "c", apply: {} } as never)],
  ["probe", ({ openai }) => openai.probe()],
  ["updateMany", ({ openai }) => first(openai.updateMany([{ id: "c", changes: {} }]))],
  ["undo", ({ openai }) => first(openai.undo(bundle.memoryJournal()))],
  ["create", ({ openai }) => openai.create({})],
  ["delete", ({ openai }) => openai.delete("c")],
  ["messages", ({ openai }) => first(openai.messages("c"))],
  ["addMessage", ({ openai }) => openai.addMessage("c", { role: "user", text: "t" })],
  ["export", ({ openai }) => openai.export("c")],
  ["import", ({ openai }) => openai.import({} as never)],
  ["list", ({ letta }) => first(letta.list())],
  ["archive", ({ letta }) => letta.archive("c")],
  ["unarchive", ({ letta }) => letta.unarchive("c")],
  ["all.planErase", ({ all }) => all.planErase({ openai: "c" })],
  ["all.erase", ({ all }) => all.erase({ openai: "c" })],
  ["all.updateMany", ({ all }) => first(all.updateMany([{ ids: { openai: "c" }, changes: {} }]))],
  ["all.undo", ({ all }) => first(all.undo(bundle.memoryJournal()))],
];

it.each(CALLS)("%s is an error of kind network, and nothing was sent", async (_, call) => {
  const { createConvo, openai, letta, isConvoError } = bundle;
  let sent = 0;
  const fetch = async (): Promise<never> => {
    sent += 1;
    throw new TypeError("nothing may be sent");
  };
  const options = { baseUrl: "https://vendor.example", apiKey: "k", fetch };
  const convo = createConvo({ openai: openai(options), letta: letta(options) });
  const error: unknown = await call(convo).then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  expect(isConvoError(error)).toBe(true);
  expect(error).toMatchObject({ kind: "network", retryable: true, cause: expect.any(Error) });
  expect(sent).toBe(0);
});
