import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { loadSpec, type Spec } from "../generate/spec.ts";
import { pull } from "../pull/pull.ts";
import { edited, fixture } from "./edit.ts";

// Processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const acme = fixture("acme.yaml") as Spec;
const acmeText = readFileSync(join(import.meta.dirname, "fixtures", "acme.yaml"), "utf8");
const { places } = fixture("changes.yaml") as { places: Record<string, string> };
const yaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false });

let root: string;
let server: Server | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "convo-pull-"));
  mkdirSync(join(root, "specs", "acme"), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  server?.close();
  server = undefined;
});

async function serve(handle: RequestListener): Promise<string> {
  server = createServer(handle);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const source = () =>
  JSON.parse(readFileSync(join(root, "specs/acme/source.json"), "utf8")) as Record<
    string,
    Record<string, unknown>
  >;
const specText = () => readFileSync(join(root, "specs/acme/openapi.yaml"), "utf8");

describe("pulling", () => {
  const file = () => join(root, "upstream.yaml");
  const run = (wanted?: string, paths?: string[]) => pull(root, "acme", wanted, paths, "2026-11-20");

  it("records where from, when, and which bytes; the second time nothing changed", async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/yaml" }).end(acmeText),
    );
    expect((await run(url)).state).toBe("changed");
    expect(specText()).toBe(acmeText);
    const sha256 = createHash("sha256").update(acmeText).digest("hex");
    expect(source().pull).toEqual({ url, paths: ["/conversations"], date: "2026-11-20", sha256 });
    expect(await run()).toEqual({ state: "unchanged", detail: "upstream is what it was on 2026-11-20" });
  });

  it("keeps what people wrote in source.json", async () => {
    writeFileSync(
      join(root, "specs/acme/source.json"),
      JSON.stringify({ vendor: "acme", notes: ["by hand"] }),
    );
    writeFileSync(file(), acmeText);
    await run(file());
    expect(source().notes).toEqual(["by hand"]);
    expect(source().pull?.url).toBe("upstream.yaml");
  });

  it("tells a change elsewhere in the API from one that concerns us", async () => {
    writeFileSync(file(), acmeText);
    await run(file());
    writeFileSync(
      file(),
      acmeText.replace(
        "paths:\n",
        "paths:\n  /models:\n    get: { operationId: listModels, responses: {} }\n",
      ),
    );
    const before = specText();
    expect(await run(file())).toMatchObject({
      state: "unchanged",
      detail: expect.stringContaining("not its conversation surface"),
    });
    expect(specText()).toBe(before);
  });

  it("writes nothing when the result cannot be generated from", async () => {
    writeFileSync(file(), acmeText);
    await run(file());
    const before = specText();
    writeFileSync(file(), acmeText.replace('$ref: "#/components/schemas/Metadata"', "$ref: other.yaml"));
    await expect(run(file())).rejects.toThrow("only references into the same document");
    expect(specText()).toBe(before);
  });

  it("fails on a correction that no longer applies, naming it", async () => {
    writeFileSync(file(), acmeText);
    await run(file());
    const action = {
      target: "$.components.schemas.Gone",
      description: "its type is wrong upstream",
      update: { type: "string" },
    };
    writeFileSync(
      join(root, "specs/acme/overlay.yaml"),
      yaml({ overlay: "1.0.0", info: { title: "x", version: "1" }, actions: [action] }),
    );
    writeFileSync(file(), acmeText.replace("maxLength: 200", "maxLength: 100"));
    await expect(run(file())).rejects.toThrow(
      /overlay\.yaml: overlay action 1 no longer applies: .*its type is wrong upstream/,
    );
  });

  it("says what is missing when no upstream is known", async () => {
    await expect(run()).rejects.toThrow("give a URL or a file");
  });
});

describe("a vendor's own document", () => {
  const vendors = {
    openapi: "3.0.3",
    info: { title: "Acme", version: "2" },
    servers: [{ url: "https://api.acme.example/v1" }],
    security: [{ ApiKey: [] }],
    paths: {
      "/models": { get: { operationId: "list-models", responses: { 200: { description: "x" } } } },
      "/conversations/{id}": {
        get: {
          operationId: "conversations_retrieve",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: {
            200: {
              description: "It.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Conv" } } },
            },
          },
        },
        patch: {
          operationId: "conversations.partial-update",
          summary: "Update",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    read: { type: "boolean", default: false },
                    name: { type: "string", nullable: true },
                    default: { type: "string" },
                    extra: { type: "object" },
                  },
                },
              },
            },
          },
          responses: {
            200: {
              description: "It.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Conv" } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: { ApiKey: { type: "http", scheme: "bearer" } },
      schemas: {
        Conv: {
          type: "object",
          properties: { id: { type: "string" }, at: { $ref: "#/components/schemas/Time", nullable: true } },
        },
        Time: { type: "string" },
        Other: { type: "object" },
      },
    },
  };

  it("gets the names callers know, and is said the way the generator needs it", async () => {
    writeFileSync(join(root, "specs/acme/openapi.yaml"), acmeText);
    writeFileSync(join(root, "upstream.json"), JSON.stringify(vendors));
    expect(
      (await pull(root, "acme", join(root, "upstream.json"), ["/conversations"], "2026-11-20")).state,
    ).toBe("changed");
    const { spec } = loadSpec(join(root, "specs"), "acme");
    const item = spec.paths["/conversations/{id}"] as unknown as Record<string, Record<string, unknown>>;
    expect(item.patch?.operationId).toBe("updateConversation");
    expect(item.patch?.["x-vendor-operation-id"]).toBe("conversations.partial-update");
    expect(item.get?.operationId).toBe("getConversation");
    expect(Object.keys(spec.components.schemas)).toEqual(["Conv", "Time", "UpdateConversationBody"]);
    expect(spec.components.schemas.UpdateConversationBody?.properties).toEqual({
      read: { type: "boolean", "x-vendor-default": false },
      name: { type: ["string", "null"] },
      default: { type: "string" },
      extra: { type: "object", additionalProperties: true },
    });
    expect(spec.components.schemas.Conv?.properties?.at).toEqual({
      anyOf: [{ $ref: "#/components/schemas/Time" }, { type: "null" }],
    });
    expect(spec["x-convo"]).toEqual(acme["x-convo"]);
    expect(Object.keys(spec.paths)).toEqual(["/conversations/{id}"]);
  });
});

describe("the command", () => {
  it("goes from a file to generated packages, a report and a changeset", async () => {
    const { spawnSync } = await import("node:child_process");
    const repository = join(import.meta.dirname, "..", "..");
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root });
    cpSync(join(repository, "biome.json"), join(root, "biome.json"));
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
    for (const folder of ["packages", ".changeset"]) mkdirSync(join(root, folder));
    writeFileSync(join(root, "specs/acme/openapi.yaml"), acmeText);
    git("init", "-q");
    git("add", "specs");
    git("commit", "-qm", "x");
    const upstream = join(root, "upstream.yaml");
    writeFileSync(upstream, yaml(edited(acme, { remove: ["answer/properties/language"] }, places)));
    const command = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [join(repository, "scripts/pull-spec.ts"), "acme", ...args, "--root", root],
        { encoding: "utf8" },
      );
    const first = command(upstream);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toContain("## acme: major");
    expect(first.stdout).toContain(
      "| major | response | `200.language` | response field removed | `createConversation`, `getConversation`, `updateConversation` |",
    );
    expect(existsSync(join(root, "packages/acme/src/client.ts"))).toBe(true);
    expect(readFileSync(join(root, ".changeset/spec-acme.md"), "utf8")).toContain('"@convo/acme": minor');
    expect(command(upstream).stdout).toContain("acme: no change");

    // What can be generated from and is no good document all the same is said, with the place to correct it.
    writeFileSync(upstream, yaml(edited(acme, { remove: ["update/description"] }, places)));
    const sloppy = command(upstream);
    expect(sloppy.status).toBe(1);
    expect(sloppy.stdout).toContain("To be corrected in specs/acme/overlay.yaml");
    expect(sloppy.stdout).toContain("operation-description");

    // What cannot be generated from is put back.
    const broken = edited(acme, {}, places);
    Object.assign(broken.paths["/conversations"]?.get ?? {}, { operationId: "list conversations" });
    writeFileSync(upstream, yaml(broken));
    const before = specText();
    expect(command(upstream)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("operationId must be camelCase"),
    });
    expect(specText()).toBe(before);
  });
});
