/** What a changed spec, or a changed generator, is measured against. */
import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measure } from "../diff/measure.ts";
import { chatdashIn } from "./chatdash.ts";
import { useCopy } from "./copied.ts";

const copy = useCopy();
const { SPEC, removeTopic, addTone, report } = chatdashIn(copy);

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
    expect((await report(copy.path(SPEC))).rating).toBe("none");
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

describe("an upgrade of the generator", () => {
  it("is measured by the same lens, with no spec changed", async () => {
    // What the generator made at the base: `topic` was a number then, and a method's answer had one key more.
    copy.edit(
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

  it("that moves an argument is major", () => {
    copy.edit(
      "packages/chatdash/src/client.ts",
      /(updateConversation[^(]*\(\s*)(\w+: string,)/,
      "$1region: string, $2",
    );
    copy.git("commit", "-qam", "as an older generator had it");
    const report = measure(copy.root, "chatdash", { generated: true });
    expect(report.rating).toBe("major");
    expect(report.changes.map(({ what }) => what).join("\n")).toMatch(/argument 2, `\w+`, is argument 1 now/);
  });

  it("that changes nothing for callers is no release", async () => {
    rmSync(copy.path(".changeset/spec-chatdash.md"), { force: true });
    expect((await measure(copy.root, "chatdash", { generated: true })).rating).toBe("none");
  });
});
