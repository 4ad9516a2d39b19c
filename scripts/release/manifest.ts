/** What npm, its provenance and a reader of the package page want from a `package.json`. Needs no package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the repository is, as npm and its provenance want to know it. */
export interface Project {
  /** Its address, `https://github.com/<owner>/<name>`. */
  readonly url: string;
  readonly bugs: string;
}

/** Reads where the repository is from its root `package.json`, the one place that says so. */
export function readProject(root: string): Project {
  const { repository, bugs } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    repository: { url: string };
    bugs: string;
  };
  return { url: repository.url.replace(/^git\+|\.git$/g, ""), bugs };
}

/** Of a `package.json`, what is checked. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly repository?: { readonly type?: string; readonly url?: string; readonly directory?: string };
  readonly homepage?: string;
  readonly bugs?: string | { readonly url?: string };
  readonly publishConfig?: { readonly access?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * What is missing or wrong in a manifest about to be published, one sentence each; empty when it is complete.
 *
 * npm refuses provenance unless `repository.url` is the repository the workflow runs in, and unless the package is public.
 * @param repositoryUrl the address of the repository, `https://github.com/<owner>/<name>`
 * @see https://docs.npmjs.com/generating-provenance-statements
 */
export function manifestProblems(manifest: Manifest, repositoryUrl: string): string[] {
  const { name = "", repository, homepage = "", bugs, keywords = [] } = manifest;
  const directory = `packages/${name.replace(/^@[^/]+\//, "")}`;
  const bugsUrl = (typeof bugs === "string" ? bugs : bugs?.url) ?? "";
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
  return [
    [name.startsWith("@"), "name has no scope"],
    [/^\d+\.\d+\.\d+/.test(manifest.version ?? ""), "version is no semantic version"],
    [manifest.private !== true, "private is true"],
    [manifest.publishConfig?.access === "public", 'publishConfig.access is not "public"'],
    [(manifest.description ?? "").length > 20, "description is missing or says nothing"],
    [keywords.length >= 3, "keywords are missing"],
    [manifest.license === "MIT", "license is not MIT"],
    [repository?.type === "git", 'repository.type is not "git"'],
    [repository?.url === `git+${repositoryUrl}.git`, `repository.url is not git+${repositoryUrl}.git`],
    [repository?.directory === directory, `repository.directory is not ${directory}`],
    [homepage.startsWith(`${repositoryUrl}/`), `homepage is not below ${repositoryUrl}`],
    [bugsUrl === `${repositoryUrl}/issues`, `bugs is not ${repositoryUrl}/issues`],
    ...ranges.map(
      ([dependency, range]) =>
        [!/^(workspace|file|link|catalog):/.test(range), `${dependency} is "${range}"`] as const,
    ),
  ].flatMap(([ok, problem]) => (ok ? [] : [`${name}: ${problem}`]));
}
