import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSandbox } from "@convo/sandbox";
import { expect, it } from "vitest";

const run = promisify(execFile);
const writer = fileURLToPath(new URL("writer.ts", import.meta.url));

it("several processes that verify lose nothing of one conversation in silence", async () => {
  const sandbox = createSandbox();
  await sandbox.listen();
  try {
    const { AGENTSIGHT_API_KEY } = sandbox.env();
    const outputs = await Promise.all(
      ["p0", "p1", "p2", "p3"].map((name) =>
        run(process.execPath, [writer, sandbox.baseUrl("agentsight"), name, "20", "10"], {
          env: { ...process.env, AGENTSIGHT_API_KEY },
        }),
      ),
    );
    const failed = Object.assign({}, ...outputs.map(({ stdout }) => JSON.parse(stdout)));
    const { metadata } = sandbox.read("agentsight", 42) as { metadata: object };
    for (const name of ["p0", "p1", "p2", "p3"])
      for (let n = 0; n < 20; n++) {
        const key = `${name}_${n}`;
        expect(Object.hasOwn(metadata, key) || failed[key] === "conflict", key).toBe(true);
      }
    expect(sandbox.requests().length).toBeLessThan(4 * 20 * 2);
  } finally {
    await sandbox.close();
  }
});
