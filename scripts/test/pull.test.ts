import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { pull } from "../pull/pull.ts";
import { acmeFolder, acmeText, yaml } from "./acme.ts";

/** Serves a vendor's document for one test; returns its address. */
async function serve(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("pulling", () => {
  const run = (root: string, wanted?: string, paths?: string[]) =>
    pull(root, "acme", wanted, { paths }, "2026-11-20");

  it("records where from, when, and which bytes; the second time nothing changed", async () => {
    const { root, source, specText } = acmeFolder();
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/yaml" }).end(acmeText),
    );
    expect((await run(root, url)).state).toBe("changed");
    expect(specText()).toBe(acmeText);
    const sha256 = createHash("sha256").update(acmeText).digest("hex");
    expect(source().pull).toEqual({ url, paths: ["/conversations"], date: "2026-11-20", sha256 });
    expect(await run(root)).toEqual({ state: "unchanged", detail: "upstream is what it was on 2026-11-20" });
  });

  it("keeps what people wrote in source.json", async () => {
    const { root, write, source } = acmeFolder();
    write("specs/acme/source.json", JSON.stringify({ vendor: "acme", notes: ["by hand"] }));
    const upstream = write("upstream.yaml", acmeText);
    await run(root, upstream);
    expect(source().notes).toEqual(["by hand"]);
    expect(source().pull?.url).toBe("upstream.yaml");
  });

  it("tells a change elsewhere in the API from one that concerns us", async () => {
    const { root, write, specText } = acmeFolder();
    const upstream = write("upstream.yaml", acmeText);
    await run(root, upstream);
    write(
      "upstream.yaml",
      acmeText.replace(
        "paths:\n",
        "paths:\n  /models:\n    get: { operationId: listModels, responses: {} }\n",
      ),
    );
    const before = specText();
    expect(await run(root, upstream)).toMatchObject({
      state: "unchanged",
      detail: expect.stringContaining("not its conversation surface"),
    });
    expect(specText()).toBe(before);
  });

  it("writes nothing when the result cannot be generated from", async () => {
    const { root, write, specText } = acmeFolder();
    const upstream = write("upstream.yaml", acmeText);
    await run(root, upstream);
    const before = specText();
    write("upstream.yaml", acmeText.replace('$ref: "#/components/schemas/Metadata"', "$ref: other.yaml"));
    await expect(run(root, upstream)).rejects.toThrow("only references into the same document");
    expect(specText()).toBe(before);
  });

  it("fails on a correction that no longer applies, naming it", async () => {
    const { root, write } = acmeFolder();
    const upstream = write("upstream.yaml", acmeText);
    await run(root, upstream);
    const action = {
      target: "$.components.schemas.Gone",
      description: "its type is wrong upstream",
      update: { type: "string" },
    };
    write(
      "specs/acme/overlay.yaml",
      yaml({ overlay: "1.0.0", info: { title: "x", version: "1" }, actions: [action] }),
    );
    write("upstream.yaml", acmeText.replace("maxLength: 200", "maxLength: 100"));
    await expect(run(root, upstream)).rejects.toThrow(
      /overlay\.yaml: action 1 \(\$\.components\.schemas\.Gone\) matches nothing: its type is wrong upstream/,
    );
  });

  it("says what is missing when no upstream is known", async () => {
    const { root } = acmeFolder();
    await expect(run(root)).rejects.toThrow("give a URL or a file");
  });
});
