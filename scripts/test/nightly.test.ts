/** The shell of the nightly workflow, run as GitHub runs it: real git and our scripts; only `gh` is a stand-in that writes down its calls. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { copyRepository, repository } from "./copy.ts";

const copy = copyRepository();
afterAll(() => copy.remove());

interface Workflow {
  jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
}
const workflow = parse(readFileSync(join(repository, ".github/workflows/specs.yml"), "utf8")) as Workflow;
const shellOf = (job: string): string[] =>
  (workflow.jobs[job]?.steps ?? []).flatMap(({ name, run }) => (run && name !== "Install" ? [run] : []));

const home = join(copy.root, "..", `${copy.root.split("/").at(-1)}-runner`);
const upstream = join(home, "upstream.yaml");
const calls = join(home, "gh.log");
mkdirSync(join(home, "bin"), { recursive: true });
afterAll(() => rmSync(home, { recursive: true, force: true }));

function program(name: string, text: string): void {
  writeFileSync(join(home, "bin", name), `#!/usr/bin/env bash\n${text}\n`);
  chmodSync(join(home, "bin", name), 0o755);
}
const script = (name: string): string => `"${process.execPath}" "${join(repository, "scripts", name)}"`;
program(
  "pnpm",
  `case "$2" in
  specs:pull) exec ${script("pull-spec.ts")} "$3" "${upstream}" --root "${copy.root}" ;;
  specs:accept) exec ${script("accept-spec.ts")} "$3" --root "${copy.root}" ;;
esac
exit 9`,
);
program("gh", `printf '%s\\n' "$*" >> "${calls}"\nif [ "$2" = list ]; then echo 0; fi`);

/** One night, from a fresh checkout of main; what `gh` was asked to do. */
function night(vendor: string): string[] {
  copy.git("checkout", "-q", "--force", "main");
  writeFileSync(calls, "");
  for (const folder of ["change", "changes"]) rmSync(join(home, folder), { recursive: true, force: true });
  const env = {
    ...process.env,
    PATH: `${join(home, "bin")}:${process.env.PATH}`,
    VENDOR: vendor,
    RUNNER_TEMP: home,
    GITHUB_STEP_SUMMARY: join(home, "summary.md"),
    GITHUB_SHA: copy.git("rev-parse", "main").trim(),
  };
  const play = (step: string): void => {
    const run = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step], {
      cwd: copy.root,
      encoding: "utf8",
      env,
    });
    expect(run.status, `${step}\n${run.stdout}${run.stderr}`).toBe(0);
  };
  for (const step of shellOf("pull")) play(step);
  // The artifact goes to another job, in a checkout of its own.
  cpSync(join(home, "change"), join(home, "changes", `change-${vendor}`), { recursive: true });
  copy.git("reset", "-q", "--hard", "main");
  copy.git("clean", "-qfd");
  for (const step of shellOf("propose")) play(step);
  return readFileSync(calls, "utf8").trim().split("\n").filter(Boolean);
}

spawnSync("git", ["init", "-q", "--bare", join(home, "origin")]);
copy.git("remote", "add", "origin", join(home, "origin"));

it("opens one pull request per changed vendor, and none for changes elsewhere in its API", () => {
  // As if Letta's spec were its own document, extracted.
  writeFileSync(join(copy.root, "specs/letta/source.json"), JSON.stringify({ vendor: "letta" }));
  copy.git("commit", "-qam", "Letta is pulled");
  const spec = readFileSync(join(copy.root, "specs/letta/openapi.yaml"), "utf8");

  writeFileSync(upstream, `${spec}# a comment\n`);
  expect(night("letta")).toEqual([]);
  copy.git("reset", "-q", "--hard");

  const added = "        name: { type: string, description: Title. }\n";
  const both = spec.replace(
    /( {4}(?:UpdateConversationBody|Conversation):\n(?:(?!\n {4}\w)[\s\S])*? {6}properties:\n)/g,
    `$1${added}`,
  );
  writeFileSync(upstream, both);
  const title = "feat(letta): follow the vendor's spec";
  const report = join(home, "changes", "change-letta", "report.md");
  expect(night("letta")).toEqual([
    "pr list --head specs/letta --state open --json number --jq length",
    `pr create --head specs/letta --base main --title ${title} --body-file ${report}`,
  ]);
  const text = readFileSync(report, "utf8");
  expect(text).toContain("## letta: minor");
  expect(text).toMatch(/```\ndecide {3}packages\/core\/src\/providers\/letta\.ts:\d+ {2}fields\.name/);
  const pushed = copy.git("ls-tree", "-r", "--name-only", "origin/specs/letta");
  expect(pushed).toContain(".changeset/spec-letta.md");
  expect(copy.git("diff", "--stat", "main", "origin/specs/letta")).toContain("packages/letta/src/schema.ts");
  expect(existsSync(join(home, "summary.md"))).toBe(true);
});

it("opens one for what is new in the document of a vendor whose spec is written by hand, and leaves the spec", () => {
  const file = "specs/openai/openapi.yaml";
  const spec = readFileSync(join(copy.root, file), "utf8");
  // The same as the spec: all the differences that were known are gone, which is news once.
  writeFileSync(upstream, spec);
  expect(night("openai")).toHaveLength(2);
  copy.git("checkout", "-q", "main");
  copy.git("merge", "-q", "origin/specs/openai");
  expect(night("openai")).toEqual([]);

  writeFileSync(upstream, spec.replace(/ {4}UpdateConversationBody:\n/, "$&      maxProperties: 1\n"));
  expect(night("openai")).toHaveLength(2);
  const report = readFileSync(join(home, "changes", "change-openai", "report.md"), "utf8");
  expect(report).toContain("## openai: the vendor's own document, beside our spec");
  expect(report).toContain("| major | request | `body` | maxProperties none -\\> 1 | `updateConversation` |");
  expect(report.length).toBeLessThan(60_000);
  const changed = copy.git("diff", "--name-only", "main", "origin/specs/openai").trim().split("\n");
  expect(changed).toEqual(["specs/openai/differences.txt", "specs/openai/source.json"]);
});
