import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { LIMITS } from "../generate/parse.ts";
import { readSource } from "../pull/fetch.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

async function serve(handle: RequestListener): Promise<string> {
  server = createServer(handle);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("what is fetched", () => {
  const answer =
    (type: string, body: string | Buffer): RequestListener =>
    (_, response) =>
      response.writeHead(200, { "content-type": type }).end(body);

  it.each([
    "application/yaml",
    "application/json; charset=utf-8",
    "text/plain",
    "application/vnd.oai.openapi+json",
  ])("%s is", async (type) => {
    expect(await readSource(await serve(answer(type, "a: 1")))).toBe("a: 1");
  });

  it.each<[string, RequestListener, RegExp]>([
    ["a page", answer("text/html", "<html>"), /is not a spec/],
    ["an error", (_, response) => response.writeHead(404).end(), /answered 404/],
    ["too much", answer("text/plain", Buffer.alloc(LIMITS.characters + 1, 97)), /larger than/],
    ["what is not text", answer("text/plain", Buffer.from([0xff, 0xfe, 0x00])), /not valid/i],
    [
      "a redirect to another protocol",
      (_, response) => response.writeHead(302, { location: "ftp://x/" }).end(),
      /only https/,
    ],
    [
      "a redirect to plain http elsewhere",
      (_, response) => response.writeHead(302, { location: "http://vendor.example/" }).end(),
      /only https/,
    ],
    [
      "redirects without end",
      (_, response) => response.writeHead(302, { location: "/" }).end(),
      /answered 302/,
    ],
  ])("%s is refused", async (_, handle, message) => {
    await expect(readSource(await serve(handle))).rejects.toThrow(message);
  });

  it("nothing but https, and spec files", async () => {
    await expect(readSource("http://vendor.example/spec.yaml")).rejects.toThrow("only https");
    await expect(readSource("file:///etc/hostname")).rejects.toThrow("only https");
    await expect(readSource("https://me:secret@vendor.example/x.yaml")).rejects.toThrow("credentials");
    await expect(readSource("/etc/hostname")).rejects.toThrow(".yaml");
    await expect(readSource(join(tmpdir(), "convo-none.yaml"))).rejects.toThrow("ENOENT");
  });
});
