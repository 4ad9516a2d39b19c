import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Manifest, manifestProblems, readProject } from "../release/manifest.ts";
import { repository } from "./copy.ts";

const manifestOf = (folder: string): Manifest & { packageManager?: string } =>
  JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8"));

const { url } = readProject(repository);
const packages = readdirSync(join(repository, "packages")).filter(
  (name) => manifestOf(`packages/${name}`).private !== true,
);

describe("package.json of everything that is published", () => {
  it.each(packages)("packages/%s is complete, and provenance can be made for it", (name) => {
    // `workspace:` ranges are replaced when a package is packed; the release rehearsal checks the packed manifests.
    const { dependencies, peerDependencies, ...manifest } = manifestOf(`packages/${name}`);
    expect(manifestProblems(manifest, url)).toEqual([]);
  });

  const good = { ...manifestOf("packages/client"), dependencies: { a: "^1.0.0" } };
  it.each<[string, Partial<Manifest>]>([
    ["repository.url is not", { repository: { type: "git", url: "git+https://github.com/else/where.git" } }],
    ["repository.directory is not packages/client", { repository: { type: "git", url: `git+${url}.git` } }],
    ["bugs is not", { bugs: "" }],
    ["homepage is not below", { homepage: "https://example.com" }],
    ["keywords are missing", { keywords: [] }],
    ['publishConfig.access is not "public"', { publishConfig: {} }],
    ["private is true", { private: true }],
    ['a is "workspace:^"', { dependencies: { a: "workspace:^" } }],
  ])("without it: %s", (problem, change) => {
    expect(manifestProblems(good, url)).toEqual([]);
    expect(manifestProblems({ ...good, ...change }, url).join()).toContain(problem);
  });
});

it("packageManager names pnpm with its hash, which corepack checks", () => {
  expect(manifestOf(".").packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+\+sha512\.[0-9a-f]{128}$/);
});
