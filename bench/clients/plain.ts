import { isAbort, nameOf, type Subject } from "./api.ts";

/** openapi-fetch returns errors instead of throwing them; a caller looks at `error`, as its documentation says. */
class Returned extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`status ${status}`);
    this.status = status;
    this.body = body;
  }
}

const explain: Subject["explain"] = (error) => ({
  typed: error instanceof Returned || isAbort(error),
  name: nameOf(error),
  ...(error instanceof Returned && { status: error.status }),
});

type Raw = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** openapi-fetch as it comes (https://openapi-ts.dev/openapi-fetch/): no timeout, no retries. */
export async function openapiFetch(): Promise<Subject> {
  const { default: createFetchClient } = await import("openapi-fetch");
  return {
    make: ({ apiKey, baseUrl, headers }) => {
      const client = createFetchClient<Record<string, never>>({
        baseUrl,
        headers: { ...headers, authorization: `Bearer ${apiKey}` },
      });
      const send = async (verb: "GET" | "POST", path: string, init: object): Promise<unknown> => {
        const { data, error, response } = await (client[verb] as unknown as Raw)(path, init);
        if (error) throw new Returned(response.status, error);
        return data;
      };
      const path = "/conversations/{conversation_id}";
      const params = (id: string): object => ({ params: { path: { conversation_id: id } } });
      return {
        client,
        read: (id, signal) => send("GET", path, { ...params(id), signal }),
        update: (id, metadata, signal) => send("POST", path, { ...params(id), body: { metadata }, signal }),
        create: (metadata, signal) => send("POST", "/conversations", { body: { metadata }, signal }),
      };
    },
    explain,
  };
}

/** `fetch` as anybody writes it: what a call costs that does nothing for its caller. */
export async function plainFetch(): Promise<Subject> {
  return {
    make: ({ apiKey, baseUrl, headers }) => {
      const send = async (method: string, path: string, body?: object, signal?: AbortSignal) => {
        const response = await fetch(baseUrl + path, {
          method,
          headers: { ...headers, authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
          ...(body && { body: JSON.stringify(body) }),
          ...(signal && { signal }),
        });
        if (!response.ok) throw new Returned(response.status, await response.text());
        return (await response.json()) as unknown;
      };
      const path = (id: string): string => `/conversations/${encodeURIComponent(id)}`;
      return {
        client: undefined,
        read: (id, signal) => send("GET", path(id), undefined, signal),
        update: (id, metadata, signal) => send("POST", path(id), { metadata }, signal),
        create: (metadata, signal) => send("POST", "/conversations", { metadata }, signal),
      };
    },
    explain,
  };
}
