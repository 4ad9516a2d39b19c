/**
 * `pnpm docs:build`: the API reference from the docstrings, the site with its search and checked links, and `llms.txt`. The result is in
 * docs/.vitepress/dist. Exit code 1 when a link is dead or a page does not build.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Application } from "typedoc";
import { build } from "vitepress";

const here = import.meta.dirname;
const packages = join(here, "..", "packages");

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * What can be imported: the file of each entry point of each package, and the name to import it by. What several export is described where
 * it comes first, so those that stand on the fewest others begin.
 */
function entryPoints(): ReadonlyMap<string, string> {
  const depth = ({ dependencies = {} }: Manifest): number =>
    Object.keys(dependencies).filter((name) => name.startsWith("@convo/")).length;
  const manifests = globSync("*/package.json", { cwd: packages })
    .toSorted()
    .map(
      (file) => [dirname(file), JSON.parse(readFileSync(join(packages, file), "utf8")) as Manifest] as const,
    )
    .toSorted(([, a], [, b]) => depth(a) - depth(b));
  return new Map(
    manifests.flatMap(([folder, { name, exports = {} }]) =>
      Object.entries(exports)
        .filter(([, file]) => file.endsWith(".ts"))
        .map(([path, file]) => [join(folder, file), name + path.slice(1)] as const),
    ),
  );
}

async function writeReference(): Promise<void> {
  const entries = entryPoints();
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: [...entries.keys()].map((file) => join(packages, file)),
    // A vendor's own schemas are a megabyte of types, which an editor shows better.
    exclude: ["**/src/schema.ts", "**/src/types.ts"],
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
  // TypeDoc names a module by its file.
  for (const [file, name] of entries) {
    const module = project.getChildByName([file.replace(/(\/index)?\.ts$/, "")]);
    if (!module) throw new Error(`The reference has lost ${name}.`);
    module.name = name;
  }
  await app.generateOutputs(project);
}

/** The parts of `llms.txt`, in the order in which a reader needs them: a heading, and the pages below it. */
const PARTS = [
  ["Begin", ["start.md", "packages.md", "find.md", "migrate.md", "policy.md"]],
  ["Guide", ["guide/*.md"]],
  ["Recipes", ["recipes/*.md"]],
  ["Client of one vendor", ["client/*.md"]],
  ["Vendors", ["vendors/*.md"]],
  ["Test", ["sandbox.md"]],
  ["Errors", ["errors/*.md"]],
  ["Warnings", ["warnings/*.md"]],
  ["Optional", ["measurements.md"]],
] as const;

/** Every page as Markdown beside its HTML, a list of all with what each is about, and all in one, for programs that read (https://llmstxt.org). */
function writeTexts(dist: string): void {
  const pages = new Map<string, string>();
  const lists = PARTS.map(([heading, patterns]) => {
    const names = patterns.flatMap((pattern) => globSync(pattern, { cwd: here }).toSorted(indexFirst));
    for (const name of names) pages.set(name, readFileSync(join(here, name), "utf8"));
    return `## ${heading}\n\n${names.map((name) => `- ${describe(name, pages.get(name) ?? "")}`).join("\n")}`;
  });
  for (const [name, text] of pages) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), text);
  }
  const head =
    "# Convo\n\n> One typed client per AI-conversation vendor, and one safe update over all of them.\n\nNothing is published on npm yet: [start](/start.md) says how a clone makes the packages. All pages in one file: [llms-full.txt](/llms-full.txt).";
  writeFileSync(join(dist, "llms.txt"), `${[head, ...lists].join("\n\n")}\n`);
  writeFileSync(join(dist, "llms-full.txt"), [...pages.values()].join("\n\n"));
}

const indexFirst = (a: string, b: string): number =>
  Number(b.endsWith("index.md")) - Number(a.endsWith("index.md")) || a.localeCompare(b);

/** A page's title and address, and the first sentence, if it begins with one. */
function describe(name: string, text: string): string {
  const [, title = "", block = ""] = /^# ([^\n]*)\n\n(.*?)\n\n/ms.exec(`${text}\n\n`) ?? [];
  const [sentence] = /^[A-Z`].*?\.(?=\s|$)/s.exec(block) ?? [];
  const plain = sentence?.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/\s+/g, " ");
  return `[${title}](/${name})${plain ? `: ${plain}` : ""}`;
}

await writeReference();
await build(here);
writeTexts(join(here, ".vitepress", "dist"));
