import { expect } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";

/** What came back: `body` is parsed JSON where it was JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The header with a vendor's sample key, as the vendor wants it. */
export function credentials(vendor: VendorName): Record<string, string> {
  const [name = "", scheme = ""] = vendors[vendor].keyHeader.split(/: ?/);
  return { [name.toLowerCase()]: `${scheme} ${vendors[vendor].sampleKey}`.trim() };
}

export type Send = (
  route: string,
  body?: unknown,
  init?: { headers?: Record<string, string>; signal?: AbortSignal },
) => Promise<Answer>;

/** The `Authorization` value of a key, as each vendor wants it. */
export function authorization(vendor: VendorName, key: string = vendors[vendor].sampleKey): string {
  const [, scheme = ""] = vendors[vendor].keyHeader.split(": ");
  return `${scheme} ${key}`.trim();
}

/** Sends `"VERB /path"` below a vendor's base URL with a good key; a string body goes as it stands. */
export function sender(sandbox: Sandbox, vendor: VendorName, fetcher: typeof fetch = sandbox.fetch): Send {
  return async (route, body, { headers = {}, signal } = {}) => {
    const [method = "", path = ""] = route.split(" ");
    const response = await fetcher(sandbox.baseUrl(vendor) + path, {
      method,
      headers: { authorization: authorization(vendor), "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
}

/** A sandbox with a sender for one vendor. */
export function open(vendor: VendorName, options?: SandboxOptions): { sandbox: Sandbox; send: Send } {
  const sandbox = createSandbox(options);
  return { sandbox, send: sender(sandbox, vendor) };
}

/** No response of ours broke its own spec, and no handler failed. */
export function expectNoViolation(sandbox: Sandbox): void {
  expect(
    sandbox
      .requests()
      .flatMap(({ method, path, contractViolation }) =>
        contractViolation ? [`${method} ${path}: ${contractViolation}`] : [],
      ),
  ).toEqual([]);
}
