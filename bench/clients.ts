/** The clients that are compared, behind one small face. Each is loaded only where it is measured. */
import type { ClientOptions, ErrorKind, Fetch } from "@convo/client";

type Metadata = Record<string, string>;

/** Options under our names; a client leaves out what it does not have. */
export interface Setup {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly maxRetries?: number;
}

/** One client, made. Ids may be anything: what happens to a wrong one is measured. */
export interface Api {
  /** The object a user holds, and might log. */
  readonly client: unknown;
  read(id: string, signal?: AbortSignal): Promise<unknown>;
  update(id: string, metadata: Metadata, signal?: AbortSignal): Promise<unknown>;
  create(metadata: Metadata, signal?: AbortSignal): Promise<unknown>;
  /** Reads through the layer that compares the answer with what was asked for, where there is one. */
  check?(id: string, signal?: AbortSignal): Promise<unknown>;
}

/** What an error says of itself. */
export interface Fact {
  /** False for a bare TypeError, SyntaxError, ...: nothing a caller can act on. */
  readonly typed: boolean;
  readonly name: string;
  readonly kind?: ErrorKind;
  readonly status?: number;
  readonly outcome?: "unknown";
  readonly retryAfterMs?: number;
}

export interface Subject {
  make(setup: Setup): Api;
  explain(error: unknown): Fact;
}

type Class = new (...args: never[]) => Error;

const named = (error: unknown): string => (error as Error | undefined)?.constructor?.name ?? typeof error;

/** An SDK made by a generator: its own error class, with a status where there was an answer. */
const official =
  (own: Class) =>
  (error: unknown): Fact => {
    const status = (error as { status?: number } | undefined)?.status;
    return { typed: error instanceof own, name: named(error), ...(status && { status }) };
  };

/** Resources of an official client; options such as `signal` come last. */
interface Resources {
  retrieve(id: string, options: object): Promise<unknown>;
  update(id: string, body: object, options: object): Promise<unknown>;
  create(body: object, options: object): Promise<unknown>;
}

function resources(client: unknown, { retrieve, update, create }: Resources): Api {
  return {
    client,
    read: (id, signal) => retrieve(id, { signal }),
    update: (id, metadata, signal) => update(id, { metadata }, { signal }),
    create: (metadata, signal) => create({ agent_id: "agent-1", metadata }, { signal }),
  };
}

const sdkOptions = ({ apiKey, baseUrl, headers, timeoutMs, maxRetries }: Setup) => ({
  apiKey,
  baseURL: baseUrl,
  defaultHeaders: headers,
  ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  ...(maxRetries !== undefined && { maxRetries }),
});

async function openai(): Promise<Subject> {
  const { default: OpenAI } = await import("openai");
  return {
    make: (setup) => {
      const client = new OpenAI(sdkOptions(setup));
      return resources(client, bind(client.conversations as unknown as Resources));
    },
    explain: official(OpenAI.OpenAIError),
  };
}

async function letta(): Promise<Subject> {
  const { default: Letta } = await import("@letta-ai/letta-client");
  return {
    make: (setup) => {
      // Its paths start with /v1 themselves.
      const client = new Letta(
        sdkOptions({ ...setup, baseUrl: setup.baseUrl.replace(/\/v1(?=$|[/?#])/, "") }),
      );
      return resources(client, bind(client.conversations as unknown as Resources));
    },
    explain: official(Letta.LettaError),
  };
}

async function datagrid(): Promise<Subject> {
  const { default: Datagrid } = await import("datagrid-ai");
  return {
    make: (setup) => {
      const client = new Datagrid(sdkOptions(setup));
      return resources(client, bind(client.conversations as unknown as Resources));
    },
    explain: official(Datagrid.DatagridError),
  };
}

/** Methods that may be called without their object; a synchronous throw stays one. */
function bind(object: Resources): Resources {
  return {
    retrieve: (id, options) => object.retrieve(id, options),
    update: (id, body, options) => object.update(id, body, options),
    create: (body, options) => object.create(body, options),
  };
}

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

async function openapiFetch(): Promise<Subject> {
  const { default: createFetchClient } = await import("openapi-fetch");
  type Raw = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
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
    explain: (error) => ({
      typed: error instanceof Returned || named(error) === "DOMException",
      name: named(error),
      ...(error instanceof Returned && { status: error.status }),
    }),
  };
}

async function ours(fetch?: Fetch): Promise<Subject> {
  const [{ createOpenAIClient }, { isConvoError }] = await Promise.all([
    import("@convo/openai"),
    import("@convo/client"),
  ]);
  const { createConvo, openai: provider } = await import("@convo/core");
  return {
    make: (setup) => {
      const options: ClientOptions = { ...setup, ...(fetch && { fetch }) };
      const client = createOpenAIClient(options);
      return {
        client,
        read: (id, signal) => client.getConversation(id, signal && { signal }),
        update: (id, metadata, signal) => client.updateConversation(id, { metadata }, signal && { signal }),
        create: (metadata, signal) => client.createConversation({ metadata }, signal && { signal }),
        check: async (id, signal) =>
          (await createConvo({ openai: provider(options) }).openai.get(id, signal && { signal })).raw,
      };
    },
    explain: (error) => {
      if (!isConvoError(error)) return { typed: false, name: named(error) };
      const { name, kind, status, outcome, retryAfterMs } = error;
      return {
        typed: true,
        name: `${name} ${kind}`,
        kind,
        ...(status && { status }),
        ...(outcome && { outcome }),
        ...(retryAfterMs && { retryAfterMs }),
      };
    },
  };
}

/** How to get each client. The first two are ours. */
export const subjects = {
  "convo-fetch": () => ours(),
  "convo-undici": async () => ours((await import("@convo/client/undici")).undiciFetch()),
  openai,
  letta,
  datagrid,
  "openapi-fetch": openapiFetch,
} as const satisfies Record<string, () => Promise<Subject>>;

export type SubjectName = keyof typeof subjects;

/** Whether a client is ours: it is held to more. */
export const isOurs = (name: string): boolean => name.startsWith("convo-");
