/**
 * `pnpm docs:build`: the API reference from the docstrings, the site with its search and checked links, and `llms.txt`. The result is in
 * docs/.vitepress/dist. Exit code 1 when a link is dead or a page does not build.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application } from "typedoc";
import { build } from "vitepress";

const here = import.meta.dirname;
const packages = join(here, "..", "packages");

async function writeReference(): Promise<void> {
  const entry = ["core/src/index.ts", "client/src/index.ts", "queue/src/index.ts", "sandbox/src/index.ts"];
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entry.map((file) => join(packages, file)),
    tsconfig: join(here, "tsconfig.json"),
    out: join(here, "reference"),
    readme: "none",
    entryFileName: "index",
    excludeInternal: true,
    disableSources: true,
    logLevel: "Error",
    skipErrorChecking: true,
    ...({ hidePageHeader: true, sanitizeComments: true, useHTMLEncodedBrackets: true } as object),
  });
  const project = await app.convert();
  if (!project) throw new Error("The reference could not be made.");
  await app.generateOutputs(project);
}

/** Titles and addresses of all pages, and their text, for programs that read (https://llmstxt.org). */
function writeTexts(dist: string): void {
  const pages = globSync("**/*.md", {
    cwd: here,
    exclude: ["node_modules/**", "reference/**", "walks/**", "index.md"],
  }).toSorted();
  const texts = pages.map((page) => readFileSync(join(here, page), "utf8"));
  const titleOf = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? "";
  const lines = pages.map(
    (page, index) => `- [${titleOf(texts[index] ?? "")}](/${page.replace(/(?:index)?\.md$/, "")})`,
  );
  const head =
    "# Convo\n\n> One typed client per AI-conversation vendor, and one safe update over all of them.\n\n";
  writeFileSync(join(dist, "llms.txt"), `${head}${lines.join("\n")}\n`);
  writeFileSync(join(dist, "llms-full.txt"), texts.join("\n\n"));
}

await writeReference();
await build(here);
writeTexts(join(here, ".vitepress", "dist"));
