import { createSandbox } from "@convo/sandbox";
import { expect, onTestFinished } from "vitest";
import type { ConversationError } from "../src/index.ts";

type Vendor = "openai" | "letta" | "datagrid" | "chatdash" | "agentsight";

/** A sandbox for one test, without a port, and how to reach its vendors. */
export function start(options?: Parameters<typeof createSandbox>[0]) {
  const sandbox = createSandbox(options);
  onTestFinished(() => sandbox.close());
  const env = sandbox.env();
  return {
    sandbox,
    /** What a provider needs to talk to a vendor of it. */
    at: (vendor: Vendor) => ({
      baseUrl: sandbox.baseUrl(vendor),
      apiKey: env[`${vendor.toUpperCase()}_API_KEY`] ?? null,
      fetch: (url: string, init: object) => sandbox.fetch(url, init),
    }),
    /** A conversation as its vendor keeps it. */
    stored: (vendor: Vendor, id: string | number) => sandbox.read(vendor, id) as Record<string, unknown>,
    writes: () => sandbox.requests().filter(({ method }) => method !== "GET"),
  };
}

/** What a call fails with. */
export const failure = (call: Promise<unknown>): Promise<ConversationError> =>
  call.then(
    () => expect.unreachable(),
    (error) => error,
  );

/** Everything that is given one after the other. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
