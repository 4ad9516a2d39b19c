import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acme, acmeFolder, acmeText, yaml } from "./acme.ts";
import { repository } from "./copy.ts";
import { edited, fixture } from "./edit.ts";

const { places } = fixture("changes.yaml") as { places: Record<string, string> };

describe("the command", () => {
  it("goes from a file to generated packages, a report and a changeset", () => {
    const { root, write, specText } = acmeFolder();
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root });
    for (const file of ["biome.json", "package.json"]) cpSync(join(repository, file), join(root, file));
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
    for (const folder of ["packages", ".changeset"]) mkdirSync(join(root, folder));
    write("specs/acme/openapi.yaml", acmeText);
    git("init", "-q");
    git("add", "specs");
    git("commit", "-qm", "x");
    const upstream = write(
      "upstream.yaml",
      yaml(edited(acme, { remove: ["answer/properties/language"] }, places)),
    );
    const command = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [join(repository, "scripts/pull-spec.ts"), "acme", ...args, "--root", root],
        { encoding: "utf8" },
      );
    const first = command(upstream);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toContain(
      "## acme: major, released as minor: below 1.0 every change is one step less\n",
    );
    expect(first.stdout).toContain(
      "| major | response | `200.language` | response field removed | `createConversation`, `getConversation`, `updateConversation` |",
    );
    expect(existsSync(join(root, "packages/acme/src/client.ts"))).toBe(true);
    expect(readFileSync(join(root, ".changeset/spec-acme.md"), "utf8")).toContain('"@convo/acme": minor');
    expect(command(upstream).stdout).toContain("acme: no change");

    // What can be generated from, but is not a good document, is said, with the place to correct it.
    write("upstream.yaml", yaml(edited(acme, { remove: ["update/description"] }, places)));
    const sloppy = command(upstream);
    expect(sloppy.status).toBe(1);
    expect(sloppy.stdout).toContain("To be corrected in specs/acme/overlay.yaml");
    expect(sloppy.stdout).toContain("operation-description");

    // What cannot be generated from is put back.
    const broken = edited(acme, {}, places);
    Object.assign(broken.paths["/conversations"]?.get ?? {}, { operationId: "list conversations" });
    write("upstream.yaml", yaml(broken));
    const before = specText();
    expect(command(upstream)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("operationId must be camelCase"),
    });
    expect(specText()).toBe(before);
  });
});
