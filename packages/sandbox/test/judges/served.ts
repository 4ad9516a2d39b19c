import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions, type VendorName } from "../../src/index.ts";
import { vendors } from "../../src/vendors/index.ts";

/** Options in the words of the vendors' own SDKs, which all come from one generator. */
export interface SdkOptions {
  readonly baseURL: string;
  readonly apiKey: string;
  readonly maxRetries: number;
}

/** The sandbox a judge is sent to, over real HTTP. */
export interface ServedSandbox {
  readonly sandbox: Sandbox;
  /** How an unchanged SDK is sent there. */
  options(vendor: VendorName): SdkOptions;
}

/**
 * One sandbox for the tests of a file, as new before each of them. After each, no answer may have been a defect of the
 * sandbox (5xx), and nothing may have been asked that it does not serve.
 */
export function serveSandbox(given?: SandboxOptions): ServedSandbox {
  const sandbox = createSandbox(given);
  beforeAll(() => sandbox.listen());
  beforeEach(() => sandbox.reset());
  afterEach(() => {
    const defects = sandbox.requests().filter(({ status = 0 }) => status >= 500);
    expect(defects.map(({ method, path, status }) => `${method} ${path}: ${status}`)).toEqual([]);
  });
  afterAll(() => sandbox.close());
  return {
    sandbox,
    options: (vendor) => ({
      baseURL: sandbox.baseUrl(vendor),
      apiKey: vendors[vendor].sampleKey,
      maxRetries: 0,
    }),
  };
}

/** Everything an SDK's page or stream brings. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
