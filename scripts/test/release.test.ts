import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bumpFor } from "../diff/change.ts";
import { writeChangeset } from "../diff/changeset.ts";
import { measure } from "../diff/measure.ts";
import { copyRepository } from "./copy.ts";

// Processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const copy = copyRepository();
const start = copy.git("rev-parse", "HEAD").trim();
afterAll(() => copy.remove());
beforeEach(() => {
  copy.git("reset", "-q", "--hard", start);
  copy.git("clean", "-qfd");
  for (const tag of copy.git("tag").split("\n").filter(Boolean)) copy.git("tag", "-d", tag);
});

const path = (file: string) => join(copy.root, file);
const edit = (file: string, from: string | RegExp, to: string) => {
  const old = readFileSync(path(file), "utf8");
  const next = old.replace(from, to);
  expect(next).not.toBe(old);
  writeFileSync(path(file), next);
};
const SPEC = "specs/chatdash/openapi.yaml";
const changeset = () => readFileSync(path(".changeset/spec-chatdash.md"), "utf8");
const report = (base?: string) => measure(copy.root, "chatdash", { base });

/** `topic` is on the update body (and on what is created): a caller's field vanishes. */
const removeTopic = () => edit(SPEC, / {8}topic:\n {10}type: string\n {10}description:.*\n/, "");
const addTone = () =>
  edit(
    SPEC,
    / {8}topic:\n/,
    "        tone:\n          type: string\n          description: How it sounds.\n        topic:\n",
  );

describe("the base of a comparison", () => {
  it("is the last release, so that nothing between two releases gets lost", async () => {
    copy.git("tag", "@convo/chatdash@0.2.0");
    copy.git("tag", "@convo/chatdash@0.10.0");
    removeTopic();
    copy.git("commit", "-qam", "one");
    addTone();
    copy.git("commit", "-qam", "two");
    expect(await report()).toMatchObject({ base: "@convo/chatdash@0.10.0", rating: "major" });
    expect((await report("HEAD")).rating).toBe("none");
    expect((await report("HEAD~1")).rating).toBe("minor");
  });

  it("is HEAD before the first release, or a file", async () => {
    addTone();
    expect(await report()).toMatchObject({ base: "HEAD", rating: "minor" });
    expect((await report(path(SPEC))).rating).toBe("none");
    expect(copy.script("diff-spec.ts", "chatdash", "--base", "nowhere")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("neither a file nor a git revision"),
    });
  });

  it("a vendor with no past is a new package", async () => {
    copy.git("rm", "-q", "--cached", "-r", "specs/chatdash");
    copy.git("commit", "-qm", "without");
    expect(await report()).toMatchObject({ rating: "minor", changes: [{ what: "new package" }] });
  });
});

describe("the changeset", () => {
  const write = async () => writeChangeset(copy.root, await report());

  it("has the bump of every package, moved down below 1.0, and is overwritten", async () => {
    removeTopic();
    await write();
    expect(changeset()).toContain('"@convo/chatdash": minor');
    expect(changeset()).toContain('"@convo/core": minor');
    expect(changeset()).toContain("- major: request `body.topic`: request field removed");
    const first = changeset();
    await write();
    expect(changeset()).toBe(first);
    copy.git("checkout", "-q", SPEC);
    addTone();
    await write();
    expect(changeset()).not.toContain("topic");
    expect(changeset()).toContain("`body.tone`");
  });

  it("has the full bump from 1.0 on", async () => {
    edit("packages/chatdash/package.json", '"version": "0.', '"version": "1.');
    removeTopic();
    await write();
    expect(changeset()).toContain('"@convo/chatdash": major');
    expect(changeset()).toContain('"@convo/core": minor');
    expect([
      bumpFor("minor", "1.0.0"),
      bumpFor("minor", "0.9.0"),
      bumpFor("patch", "0.9.0"),
      bumpFor("none", "0.9.0"),
    ]).toEqual(["minor", "patch", "patch", "none"]);
  });

  it("leaves what people wrote, and a bump they raised", async () => {
    addTone();
    await write();
    const human = `${changeset().replace('"@convo/chatdash": patch', '"@convo/chatdash": minor').replace("The vendor's spec of chatdash changed.", "Conversations have a tone now.")}\nSee the guide.\n`;
    writeFileSync(path(".changeset/spec-chatdash.md"), human);
    removeTopic();
    await write();
    expect(changeset()).toContain("Conversations have a tone now.");
    expect(changeset()).toMatch(/See the guide\.\n$/);
    expect(changeset()).toContain("`body.topic`");
    copy.git("checkout", "-q", SPEC);
    addTone();
    await write();
    expect(changeset()).toContain('"@convo/chatdash": minor');
  });

  it("goes when the change is taken back and nobody wrote in it", async () => {
    addTone();
    await write();
    copy.git("checkout", "-q", SPEC);
    // The first line is ours, so it has to be recognised as such.
    await write();
    expect(existsSync(path(".changeset/spec-chatdash.md"))).toBe(false);
  });

  it("leaves core alone where its surface did not move", async () => {
    edit(
      SPEC,
      /( {4}MessageList:\n {6}type: array\n {6}description: Messages, without an envelope\.\n)/,
      "$1      maxItems: 9\n",
    );
    expect(await report()).toMatchObject({
      rating: "patch",
      bumps: { "@convo/chatdash": "patch", "@convo/core": "none" },
    });
  });

  it("is what the release tool understands", async () => {
    removeTopic();
    await write();
    const { spawnSync } = await import("node:child_process");
    const run = spawnSync(path("node_modules/.bin/changeset"), ["status", "--output", "plan.json"], {
      cwd: copy.root,
      encoding: "utf8",
    });
    expect(run.status, run.stderr + run.stdout).toBe(0);
    const plan = JSON.parse(readFileSync(path("plan.json"), "utf8")) as {
      releases: { name: string; type: string; newVersion: string }[];
    };
    const version = (name: string) => plan.releases.find((one) => one.name === name)?.newVersion;
    expect(version("@convo/chatdash")).toBe("0.1.0");
    expect(version("@convo/core")).toBe("0.1.0");
    // Nothing anybody did not ask for, and nothing at 1.0.0 by itself.
    expect(plan.releases.every(({ newVersion }) => newVersion.startsWith("0."))).toBe(true);
    expect(version("@convo/openai")).toBeUndefined();
  });
});

describe("the guard over declared bumps", () => {
  const check = () => copy.script("diff-spec.ts", "chatdash", "--check", "--base", start);

  it("fails while the changesets declare less than was measured", () => {
    removeTopic();
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("@convo/chatdash needs a minor, the changesets declare none"),
    });
    writeFileSync(
      path(".changeset/mine.md"),
      '---\n"@convo/chatdash": patch\n"@convo/core": minor\n---\n\nSmall.\n',
    );
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining("declare patch") });
    writeFileSync(
      path(".changeset/mine.md"),
      '---\n"@convo/chatdash": minor\n"@convo/core": minor\n---\n\nRight.\n',
    );
    expect(check().status).toBe(0);
    writeFileSync(
      path(".changeset/mine.md"),
      '---\n"@convo/chatdash": major\n"@convo/core": major\n---\n\nMore.\n',
    );
    expect(check().status).toBe(0);
  });
});

describe("an upgrade of the generator", () => {
  it("is measured by the same lens, with no spec changed", async () => {
    // What the generator made at the base: `topic` was a number then, and a method's answer had one key more.
    edit(
      "packages/chatdash/src/schema.ts",
      /(UpdateConversationBody: \{[\s\S]*?)topic\?: string/,
      "$1topic?: string | number",
    );
    copy.git("commit", "-qam", "as an older generator had it");
    expect((await measure(copy.root, "chatdash")).rating).toBe("none");
    const report = await measure(copy.root, "chatdash", { generated: true });
    expect(report.rating).toBe("major");
    expect(report.changes.map(({ field }) => field)).toContain("body.topic");
  });

  it("that changes nothing for callers is no release", async () => {
    rmSync(path(".changeset/spec-chatdash.md"), { force: true });
    expect((await measure(copy.root, "chatdash", { generated: true })).rating).toBe("none");
  });
});

describe("a decision in core", () => {
  const PROVIDER = "packages/core/src/providers/letta.ts";
  const LETTA = "specs/letta/openapi.yaml";
  const regen = () => expect(copy.script("regen.ts").status).toBe(0);
  const add = (schema: string, field: string) =>
    edit(
      LETTA,
      new RegExp(`( {4}${schema}:\\n(?:(?! {4}\\w)[\\s\\S]*?)\\n {6}properties:\\n)`),
      `$1        ${field}\n`,
    );
  const provider = () => readFileSync(path(PROVIDER), "utf8");

  it("is entered where only one answer is possible, listed with file and line where it is a person's", () => {
    expect(copy.script("accept-spec.ts", "letta")).toMatchObject({
      status: 0,
      stdout: "letta: nothing to decide\n",
    });
    add("UpdateConversationBody", "name: { type: string }");
    add("Conversation", "name: { type: string }");
    add("UpdateConversationBody", "is_marked: { type: array, items: { type: string } }");
    // The same by a pull: done, and somebody has to decide.
    const upstream = path("upstream.yaml");
    writeFileSync(upstream, readFileSync(path(LETTA)));
    copy.git("checkout", "-q", LETTA);
    const pulled = copy.script("pull-spec.ts", "letta", upstream);
    expect(pulled.status).toBe(1);
    expect(pulled.stdout).toMatch(/decide packages\/core\/\S+letta\.ts:\d+ {2}fields\.name: "name" or \{/);
    expect(pulled.stdout).toContain("Core needs an answer: pnpm specs:accept letta");
    const line =
      provider()
        .split("\n")
        .findIndex((text) => text.includes("name: null")) + 1;
    const first = copy.script("accept-spec.ts", "letta");
    expect(first.stdout).toContain(
      `entered  ${PROVIDER}:${line}  fields.marked: { otherMeaning: "is_marked" }`,
    );
    expect(first.stdout).toContain(
      `decide   ${PROVIDER}:${line}  fields.name: "name" or { otherMeaning: "name" }`,
    );
    expect(first.status).toBe(1);
    expect(provider()).toContain('marked: { otherMeaning: "is_marked" }');
    expect(copy.script("accept-spec.ts", "letta", "name=same").status).toBe(0);
    expect(provider()).toContain('name: "name"');
    expect(copy.script("accept-spec.ts", "letta").stdout).toBe("letta: nothing to decide\n");
  });

  it("lists a mapped field that vanished, rather than dropping it", () => {
    edit(LETTA, /( {4}UpdateConversationBody:\n(?:(?! {4}\w)[\s\S]*?))summary:/, "$1abstract:");
    regen();
    const run = copy.script("accept-spec.ts", "letta");
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/decide {3}\S+:\d+ {2}fields\.summary: null/);
    expect(provider()).toContain('summary: "summary"');
  });
});
