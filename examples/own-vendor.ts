/** Your own vendor: its types, its operations, and a record that says what its fields are. `defineProvider` checks one against the other. */
import { type AnyClient, type ClientOptions, createClient, type Vendor } from "@convo/client";
import { createConvo, defineProvider } from "@convo/core";

interface Thread {
  id: string;
  title: string;
  labels: { [key: string]: unknown };
  created: string;
}

/** As openapi-typescript writes it from an OpenAPI document. */
interface paths {
  "/threads/{thread}": {
    get: {
      parameters: { query?: never; path: { thread: string } };
      responses: { 200: { content: { "application/json": Thread } } };
    };
    patch: {
      parameters: { query?: never; path: { thread: string } };
      requestBody: {
        content: { "application/json": { title?: string; labels?: { [key: string]: unknown } } };
      };
      responses: { 200: { content: { "application/json": Thread } } };
    };
  };
}

const vendor: Vendor = {
  name: "threads",
  baseUrl: "https://threads.example",
  auth: { header: "Authorization", prefix: "Bearer " },
  env: { apiKey: "THREADS_API_KEY", baseUrl: "THREADS_BASE_URL" },
  requestId: [],
  operations: {
    getThread: { route: "GET /threads/{thread}", kind: "read" },
    updateThread: { route: "PATCH /threads/{thread}", kind: "update", body: "required" },
  },
};

const threads = defineProvider<paths>()({
  client: (options?: ClientOptions) => createClient<AnyClient>(vendor, options),
  read: "GET /threads/{thread}",
  update: "PATCH /threads/{thread}",
  id: "thread",
  idField: "id",
  returnsConversation: true,
  fields: { name: "title", summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "labels", write: "replace", values: "json" },
  timestamps: { createdAt: "created", updatedAt: null },
});

/** Renames a thread and labels it; the labels that are not named stay. */
export async function label(id: string, name: string, labels: Record<string, string>): Promise<unknown> {
  const convo = createConvo({ threads: threads() });
  return (await convo.threads.update(id, { name, metadata: labels })).conversation;
}
