import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../src/index.ts";

test.each([
  [{ sed: {} }, 'Unknown option "sed".'],
  [{ openai: { metaData: "merge" } }, 'Unknown option "openai.metaData".'],
  [{ openai: { metadata: "replce" } }, "openai.metadata must be merge or replace."],
  [{ openai: "merge" }, "openai must be an object."],
  [{ letta: { agents: "agent-1" } }, "letta.agents must be an array"],
  [{ letta: { open: "yes" } }, "letta.open must be true or false."],
  [
    { datagrid: { rateLimit: 0 } },
    "datagrid.rateLimit must be a whole number from 1 to 1000000000, or false.",
  ],
  [
    { origins: ["app.test"] },
    'origins must be an array, and each of it an origin such as "https://app.test".',
  ],
  [{ origins: ["https://app.test/"] }, "origins must be an array"],
  [{ logSize: -1 }, "logSize must be a whole number from 1"],
  [{ data: "" }, "data must be the path of a file."],
  [{ host: 4100 }, "host must be an address of this machine."],
])("%j is refused", (options, message) => {
  expect(() => createSandbox(options as SandboxOptions)).toThrow(`[sandbox] ${message}`);
});

test("what is undefined counts as left out", () => {
  expect(() => createSandbox({ seed: undefined, openai: { metadata: undefined } } as object)).not.toThrow();
});

const open = (options?: SandboxOptions): Sandbox => {
  const sandbox = createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
};

test("listens on this machine alone, unless told another address", async () => {
  const [outside] = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, family }) => !internal && family === "IPv4");
  const everywhere = open({ host: "0.0.0.0" });
  const { port, origin } = await everywhere.listen();
  expect(origin).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${origin}/_/vendors`)).status).toBe(200);
  // A machine without a network has no other address to try.
  if (outside === undefined) return;
  const named = open({ host: outside.address });
  const own = await named.listen();
  expect(own.origin).toBe(`http://${outside.address}:${own.port}`);
  const alone = await open().listen();
  await expect(fetch(`http://${outside.address}:${alone.port}/`)).rejects.toThrow();
  // Reached, and refused: nobody said that it may be called by this name.
  expect((await fetch(`http://${outside.address}:${port}/`)).status).toBe(403);
});

test("listens once, and not after its end", async () => {
  const sandbox = open();
  const [first, second] = await Promise.allSettled([sandbox.listen(), sandbox.listen()]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ reason: { message: "[sandbox] It listens already." } });
  await sandbox.close();
  await expect(sandbox.listen()).rejects.toThrow("[sandbox] It is closed.");
});

test("a port that is taken leaves it free to listen on another", async () => {
  const { port } = await open().listen();
  const sandbox = open();
  await expect(sandbox.listen(port)).rejects.toThrow("EADDRINUSE");
  expect((await sandbox.listen()).port).not.toBe(port);
});
