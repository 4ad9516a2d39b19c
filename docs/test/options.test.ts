/** The tables of options name every option, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CallOptions, ClientOptions } from "@convo/client";
import type { HttpOptions, UpdateOptions } from "@convo/core";
import { expect, test } from "vitest";
import type { RuntimeOptions } from "../../packages/core/src/provider/configure.ts";

// The compiler demands every option: a new one without a row fails here. A call's options are also the client's, or are its own alone.
const CLIENT: Record<keyof ClientOptions | keyof CallOptions, "yes" | "only" | ""> = {
  apiKey: "yes",
  baseUrl: "yes",
  server: "",
  headers: "yes",
  fetch: "",
  timeoutMs: "yes",
  deadlineMs: "yes",
  signal: "only",
  retry: "yes",
  maxRetries: "yes",
  maxRetryAfterMs: "",
  maxResponseBytes: "",
  idempotencyKey: "only",
  beforeAttempt: "only",
  fetchOptions: "yes",
  observe: "yes",
  http: "",
};
const UPDATE: Record<Exclude<keyof UpdateOptions, keyof HttpOptions>, true> = {
  merge: true,
  current: true,
  unsupported: true,
  verify: true,
  beforeWrite: true,
};
const PROVIDER: Record<Exclude<keyof RuntimeOptions, keyof ClientOptions>, true> = {
  account: true,
  lock: true,
  fields: true,
  encode: true,
  schema: true,
};

/** The rows of the first table below a heading, each as its cells. */
function rowsBelow(page: string, heading: string): string[][] {
  const text = readFileSync(join(import.meta.dirname, "..", page), "utf8");
  const [, below = ""] = text.split(`\n## ${heading}\n`);
  const [table = ""] = /^\|.*?(?=\n\n)/ms.exec(below) ?? [];
  return table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("those of a client and of its calls", () => {
  const rows = rowsBelow("client/options.md", "Options");
  expect(Object.fromEntries(rows.map(([name, ofCall]) => [name, ofCall]))).toEqual(
    Object.fromEntries(Object.entries(CLIENT).map(([name, ofCall]) => [`\`${name}\``, ofCall])),
  );
});

test.each([
  ["Options of an update", UPDATE],
  ["Options of a provider", PROVIDER],
])("%s", (heading, options) => {
  const names = rowsBelow("guide/update.md", heading).map(([name]) => name);
  expect(names).toEqual(Object.keys(options).map((name) => `\`${name}\``));
});
