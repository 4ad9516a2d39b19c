import { createSandbox } from "@convo/sandbox";
import { PLACES, SEED, type VendorName } from "./vendors.ts";

/** What is behind a server: one conversation, and the truth about it. */
export interface Store {
  handle(request: Request): Promise<Response>;
  /** The metadata as it is stored now, read past the API. */
  document(): Record<string, unknown>;
  close(): Promise<void>;
}

/** Opens the store of a vendor. OpenAI's has no limit of 16 keys unless `limited`: 50 keys could not be kept in it. */
export function openStore(vendor: VendorName, limited = false): Store {
  if (vendor === "openai" && !limited) return openUnlimited();
  const sandbox = createSandbox({ logSize: 1, openai: { metadata: "replace" } });
  return {
    handle: (request) => sandbox.fetch(request),
    document: () =>
      (sandbox.read(vendor, PLACES[vendor].id) as { metadata: Record<string, unknown> }).metadata,
    close: () => sandbox.close(),
  };
}

/**
 * OpenAI's two conversation routes without the limit of 16 metadata keys, which would turn 50 writers of distinct keys
 * away; a write replaces the metadata whole. https://platform.openai.com/docs/api-reference/conversations
 */
function openUnlimited(): Store {
  const { id, mount } = PLACES.openai;
  const path = `${mount}/conversations/${id}`;
  let metadata: Record<string, unknown> = { ...SEED };
  const refuse = (status: number, message: string): Response =>
    Response.json({ error: { message, type: "invalid_request_error", param: null, code: null } }, { status });
  return {
    async handle(request) {
      if (new URL(request.url).pathname !== path) return refuse(404, "not found");
      if (request.method === "POST") {
        const sent = ((await request.json()) as { metadata?: unknown }).metadata;
        if (!isStrings(sent)) return refuse(400, "metadata must be an object of strings");
        metadata = sent;
      } else if (request.method !== "GET") return refuse(405, "not allowed");
      return Response.json({ id, object: "conversation", created_at: 1_741_900_000, metadata });
    },
    document: () => metadata,
    async close() {},
  };
}

function isStrings(value: unknown): value is Record<string, string> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every((one) => typeof one === "string");
}
