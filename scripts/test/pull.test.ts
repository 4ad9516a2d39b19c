import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Comparison } from "../pull/differences.ts";
import { pull, upstreamOf } from "../pull/pull.ts";
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

  describe("a spec that people wrote", () => {
    const handwritten = () => {
      const folder = acmeFolder();
      folder.write("specs/acme/openapi.yaml", acmeText);
      folder.write("specs/acme/source.json", JSON.stringify({ vendor: "acme", authoredBy: "hand" }));
      const upstream = (text: string) => folder.write("upstream.yaml", text);
      return { ...folder, upstream };
    };
    // One thing only upstream, one only ours, and one that both have otherwise.
    const other = acmeText
      .replace("        has_more:\n", "        total: { type: integer }\n        has_more:\n")
      .replace(/ {8}- name: order\n(?: {10}.*\n)+/, "")
      .replace("maxLength: 200", "maxLength: 100");

    it("is compared with its upstream both ways, and stays", async () => {
      const { root, upstream, specText, source } = handwritten();
      const outcome = await run(root, upstream(other));
      expect(outcome).toMatchObject({ state: "compared", comparison: { count: 3, isFirst: true } });
      expect(specText()).toBe(acmeText);
      expect(source()).toMatchObject({ authoredBy: "hand", pull: { date: "2026-11-20" } });
      const lines = readFileSync(join(root, "specs/acme/differences.txt"), "utf8");
      expect(lines).toContain("response 200.total: response field added (listConversations)");
      expect(lines).toContain("request query.order: request field removed (listConversations)");
      expect(lines).toContain("maxLength 200 -> 100");
    });

    it("is looked at again with what is new since, in both documents", async () => {
      const { root, write, upstream } = handwritten();
      await run(root, upstream(other));
      expect(await run(root, upstream(other))).toEqual({
        state: "unchanged",
        detail: "3 differences between spec and upstream, all known",
      });
      // Our spec follows in one place, and upstream goes on in another.
      write("specs/acme/openapi.yaml", acmeText.replace("maxLength: 200", "maxLength: 100"));
      const outcome = await run(root, upstream(other.replace("maximum: 100", "maximum: 50")));
      expect(outcome).toMatchObject({ comparison: { count: 3, isFirst: false } });
      const { added, settled } = (outcome as { comparison: Comparison }).comparison;
      expect(added.map(({ what }) => what)).toEqual(["maximum 100 -> 50"]);
      expect(settled).toEqual([expect.stringContaining("maxLength 200 -> 100")]);
    });

    it("is replaced when asked, and is its vendor's from then on", async () => {
      const { root, upstream, specText, source } = handwritten();
      const taken = await pull(root, "acme", upstream(other), { take: true }, "2026-11-20");
      expect(taken.state).toBe("changed");
      expect(specText()).toBe(other);
      expect(source().authoredBy).toBe("vendor");
      expect((await run(root, upstream(acmeText))).state).toBe("changed");
    });

    it("takes nothing from an upstream that is archived", async () => {
      const { root, write, upstream, specText, source } = handwritten();
      const record = { url: "https://acme.example/old.json", archived: "it is older than this spec" };
      const old = { vendor: "acme", authoredBy: "hand", pull: record };
      write("specs/acme/source.json", JSON.stringify(old));
      for (const take of [true, false])
        await expect(pull(root, "acme", undefined, { take }, "2026-11-20")).rejects.toThrow(
          "it is older than this spec",
        );
      expect(upstreamOf(root, "acme")).toBeUndefined();
      // Another one can be looked at; the record stays.
      expect((await run(root, upstream(other))).state).toBe("compared");
      expect(source()).toEqual(old);
      expect(specText()).toBe(acmeText);
    });
  });

  it("says what is missing when no upstream is known", async () => {
    const { root } = acmeFolder();
    await expect(run(root)).rejects.toThrow("give a URL or a file");
  });
});
