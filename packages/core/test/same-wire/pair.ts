import type { Sandbox } from "@convo/sandbox";

/** One call of an SDK and the same call through ours, in every way we have. */
export type Pair = readonly [theirs: () => PromiseLike<unknown>, ...ours: (() => PromiseLike<unknown>)[]];

/** The SDK's resource, and a pair for each of its methods: `create`, `items.list`, ... */
export type Sides = [resource: object, pairs: Record<string, Pair>];

export interface Setup {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** The setup in the words of the vendors' SDKs, which all come from one generator. */
export const official = ({
  apiKey,
  baseUrl,
}: Setup): { apiKey: string; baseURL: string; maxRetries: number } => ({
  apiKey,
  baseURL: baseUrl,
  maxRetries: 0,
});

/** `create`, `items.list`, ...: what a resource of an SDK and the resources in it can do. */
export function methodsOf(resource: object, prefix = ""): string[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter(
    (name) => name !== "constructor",
  );
  const nested = Object.entries(resource).filter(
    ([name, value]) => !name.startsWith("_") && typeof value === "object",
  );
  return [
    ...own.map((name) => prefix + name),
    ...nested.flatMap(([name, value]) => methodsOf(value as object, `${name}.`)),
  ];
}

/** What one call puts on the wire. That it may be refused (a second cancel, an unknown run) is no matter here. */
export async function arrives(sandbox: Sandbox, call: () => PromiseLike<unknown>): Promise<unknown[]> {
  sandbox.reset();
  const result = await Promise.resolve(call()).catch(() => undefined);
  // A stream is there to be read; a list would go on to its next page.
  if ("controller" in Object(result) || "cancel" in Object(result))
    for await (const _ of result as AsyncIterable<unknown>);
  return sandbox.requests().map(({ method, path, query, body, operation, headers }) => ({
    operation,
    method,
    path,
    // OpenAI's SDK writes `include[]=`, its specification and we `include=`; the order of parameters says nothing.
    query: [...new URLSearchParams(query)].map(([key, value]) => `${key.replace("[]", "")}=${value}`).sort(),
    body,
    type: body === undefined ? undefined : headers["content-type"],
    authorization: headers.authorization,
  }));
}
