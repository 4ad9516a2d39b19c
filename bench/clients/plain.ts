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

type SendPlain = (
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: object,
  signal?: AbortSignal,
) => Promise<unknown>;

const sendPlain: SendPlain = async (method, url, headers, body, signal) => {
  const response = await fetch(url, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Returned(response.status, await response.text());
  return await response.json();
};

/** The same, given up after a minute: nobody who limits the time of a call pays less. */
const sendLimited: SendPlain = async (method, url, headers, body) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 60_000);
  try {
    return await sendPlain(method, url, headers, body, controller.signal);
  } finally {
    clearTimeout(timer);
  }
};

const plain = (send: SendPlain): Subject => ({
  make: ({ apiKey, baseUrl, headers: own }) => {
    const headers = { ...own, authorization: `Bearer ${apiKey}` };
    const url = (id: string): string => `${baseUrl}/conversations/${encodeURIComponent(id)}`;
    return {
      client: undefined,
      read: (id, signal) => send("GET", url(id), headers, undefined, signal),
      update: (id, metadata, signal) => send("POST", url(id), headers, { metadata }, signal),
      create: (metadata, signal) => send("POST", `${baseUrl}/conversations`, headers, { metadata }, signal),
    };
  },
  explain,
});

/** `fetch` as anybody writes it: what a call costs that does nothing for its caller. */
export const plainFetch = async (): Promise<Subject> => plain(sendPlain);

/** `fetch` with a signal and a timer. */
export const limitedFetch = async (): Promise<Subject> => plain(sendLimited);
