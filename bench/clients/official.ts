import { type Api, type Fact, isAbort, nameOf, type Setup, type Subject } from "./api.ts";

type Class = new (...args: never[]) => Error;

/** An SDK made by a generator: its own error class, with a status where there was an answer. */
const explainBy =
  (own: Class) =>
  (error: unknown): Fact => {
    const status = (error as { status?: number } | undefined)?.status;
    return {
      typed: error instanceof own || isAbort(error),
      name: nameOf(error),
      ...(status && { status }),
    };
  };

/** Resources of an official client; options such as `signal` come last. */
interface Resources {
  retrieve(id: string, options?: object): Promise<unknown>;
  update(id: string, body: object, options?: object): Promise<unknown>;
  create(body: object, options?: object): Promise<unknown>;
}

/** Calls as a user writes them; a synchronous throw stays one. */
function api(client: { readonly conversations: object }): Api {
  const conversations = client.conversations as Resources;
  return {
    client,
    read: (id, signal) => conversations.retrieve(id, signal && { signal }),
    update: (id, metadata, signal) => conversations.update(id, { metadata }, signal && { signal }),
    create: (metadata, signal) =>
      conversations.create({ agent_id: "agent-1", metadata }, signal && { signal }),
  };
}

const options = ({ apiKey, baseUrl, headers, timeoutMs, maxRetries }: Setup) => ({
  apiKey,
  baseURL: baseUrl,
  defaultHeaders: headers,
  ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  ...(maxRetries !== undefined && { maxRetries }),
});

/** https://github.com/openai/openai-node */
export async function openai(): Promise<Subject> {
  const { default: OpenAI } = await import("openai");
  return { make: (setup) => api(new OpenAI(options(setup))), explain: explainBy(OpenAI.OpenAIError) };
}

/** https://github.com/letta-ai/letta-node. Its paths start with /v1 themselves. */
export async function letta(): Promise<Subject> {
  const { default: Letta } = await import("@letta-ai/letta-client");
  const bare = ({ baseUrl, ...rest }: Setup): Setup => ({
    ...rest,
    baseUrl: baseUrl.replace(/\/v1(?=$|[/?#])/, ""),
  });
  return { make: (setup) => api(new Letta(options(bare(setup)))), explain: explainBy(Letta.LettaError) };
}

/** https://www.npmjs.com/package/datagrid-ai */
export async function datagrid(): Promise<Subject> {
  const { default: Datagrid } = await import("datagrid-ai");
  return { make: (setup) => api(new Datagrid(options(setup))), explain: explainBy(Datagrid.DatagridError) };
}
