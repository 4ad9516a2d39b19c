/** The changeset a changed spec writes, and the guard over those that people write. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bumpFor } from "../diff/change.ts";
import { writeChangeset } from "../diff/changeset.ts";
import { chatdashIn } from "./chatdash.ts";
import { useCopy } from "./copied.ts";

const copy = useCopy();
const { SPEC, removeTopic, addTone, report } = chatdashIn(copy);
const CHANGESET = ".changeset/spec-chatdash.md";
const changeset = () => copy.read(CHANGESET);

describe("the changeset", () => {
  const write = async () => writeChangeset(copy.root, report());

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
    copy.edit("packages/chatdash/package.json", '"version": "0.', '"version": "1.');
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
    copy.write(CHANGESET, human);
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
    expect(existsSync(copy.path(CHANGESET))).toBe(false);
  });

  it("leaves core alone where its surface did not move", async () => {
    copy.edit(
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
    const run = spawnSync(copy.path("node_modules/.bin/changeset"), ["status", "--output", "plan.json"], {
      cwd: copy.root,
      encoding: "utf8",
    });
    expect(run.status, run.stderr + run.stdout).toBe(0);
    const plan = JSON.parse(copy.read("plan.json")) as {
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
  const check = () => copy.script("diff-spec.ts", "chatdash", "--check", "--base", copy.start);

  it("fails while the changesets declare less than was measured", () => {
    removeTopic();
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("@convo/chatdash needs a minor, the changesets declare none"),
    });
    copy.write(".changeset/mine.md", '---\n"@convo/chatdash": patch\n"@convo/core": minor\n---\n\nSmall.\n');
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining("declare patch") });
    copy.write(".changeset/mine.md", '---\n"@convo/chatdash": minor\n"@convo/core": minor\n---\n\nRight.\n');
    expect(check().status).toBe(0);
    copy.write(".changeset/mine.md", '---\n"@convo/chatdash": major\n"@convo/core": major\n---\n\nMore.\n');
    expect(check().status).toBe(0);
  });
});
