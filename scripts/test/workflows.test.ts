import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "./copy.ts";

interface Step {
  uses?: string;
  run?: string;
}
type Job = Workflow["jobs"][string];
interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; "timeout-minutes"?: number; steps: Step[] }>;
}

const folder = join(repository, ".github", "workflows");
const scripts = (
  JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { scripts: Record<string, string> }
).scripts;

describe.each(readdirSync(folder))("%s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("is what GitHub's own parser takes", async () => {
    const { context, value } = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const template = value && (await convertWorkflowTemplate(context, value));
    expect(template?.errors ?? []).toEqual([]);
    expect(template?.jobs.length).toBe(jobs.length);
  });

  it("pins every action by commit, and says which version that is", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  it("starts from no permission, ends, and puts no expression into a shell", () => {
    expect(workflow.permissions).toBeDefined();
    expect(Object.values(workflow.permissions ?? {})).not.toContain("write");
    for (const job of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  it("holds shell that a shell can read", () => {
    for (const { run } of steps) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: run ?? "", encoding: "utf8" });
      expect(status, stderr).toBe(0);
    }
  });

  it("runs scripts there are", () => {
    const called = steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/pnpm (?:--silent )?([a-z]+:[a-z]+)/g)].map(([, script = ""]) => script),
    );
    for (const script of called) expect(Object.keys(scripts)).toContain(script);
    for (const { run = "" } of steps)
      for (const [file] of run.matchAll(/^\.[\w/.]+$/gm))
        expect(existsSync(join(repository, file)), file).toBe(true);
  });
});

it("no workflow holds a registry token", () => {
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|secrets\./);
});

describe("a credential is held by a job that runs nothing of somebody else's", () => {
  const jobs = (name: string): [string, Job][] =>
    Object.entries((parse(readFileSync(join(folder, name), "utf8")) as Workflow).jobs);
  const mayWrite = ({ permissions = {} }: Job): boolean => Object.values(permissions).includes("write");
  const installs = ({ steps }: Job): boolean =>
    steps.some(({ run = "" }) => /pnpm|npm (?:ci|i|install)|npx|\.ci\/run/.test(run));

  it("npm's is in one job, which installs and builds nothing", () => {
    const holders = readdirSync(folder).flatMap((name) =>
      jobs(name).filter(([, job]) => job.permissions?.["id-token"] === "write"),
    );
    expect(holders.map(([name]) => name)).toEqual(["publish"]);
    for (const [, job] of holders) {
      expect(installs(job)).toBe(false);
      expect(job.permissions).toEqual({ contents: "read", "id-token": "write" });
    }
  });

  it("no job that may write reads a vendor's document or runs the tests", () => {
    const writers = readdirSync(folder).flatMap((name) => jobs(name).filter(([, job]) => mayWrite(job)));
    expect(writers.map(([name]) => name).sort()).toEqual(["propose", "publish", "tag", "version"]);
    const shell = writers.flatMap(([, job]) => job.steps.flatMap(({ run = "" }) => run)).join("\n");
    expect(shell).not.toMatch(/specs:|\.ci\/run|release:pack/);
  });
});
