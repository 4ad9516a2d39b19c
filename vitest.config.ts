import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "scripts/test/**/*.test.ts",
      "examples/{app,test}/**/*.test.ts",
      "bench/test/**/*.test.ts",
      "docs/test/**/*.test.ts",
    ],
    // What `--changed` (pnpm test:quick) takes as a change of everything. By default every package.json is one.
    forceRerunTriggers: ["**/vitest.config.*"],
    // One more than processors; by default one is kept free, which is half of two. Most tests wait: for a server, a retry, a heartbeat.
    maxWorkers: availableParallelism() + 1,
    // They end what hangs. Far above what any test takes, so that a busy machine fails none.
    setupFiles: ["scripts/test/setup.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 300_000 } },
    // It imports JSON the way bundlers take it and Node does not.
    server: { deps: { inline: ["@actions/workflow-parser"] } },
  },
});
