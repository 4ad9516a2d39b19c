/** The vendors that have metadata. */
export type VendorName = "openai" | "chatdash" | "agentsight";
export const VENDORS: readonly VendorName[] = ["openai", "chatdash", "agentsight"];

/** Where a writer finds its conversation. Plain data: it is handed to other processes. */
export interface Target {
  readonly vendor: VendorName;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** The conversation of each vendor that all writers change, and where its API hangs below the origin. */
export const PLACES = {
  openai: { id: "conv_sandbox0001", mount: "/openai/v1" },
  chatdash: { id: "66f0c0ffee0000000000cd01", mount: "/chatdash/v1/public" },
  agentsight: { id: 42, mount: "/agentsight" },
} as const satisfies Record<VendorName, { id: string | number; mount: string }>;

/** ChatDash's conversations belong to an agent. */
export const AGENT_ID = "agent_1";

/** Metadata every conversation starts with; no writer touches it, so it must be there in the end. */
export const SEED: Readonly<Record<string, string>> = { topic: "project-x", owner: "ada" };

/** How to reach a vendor at an origin. */
export function targetAt(vendor: VendorName, origin: string): Target {
  const apiKey = {
    openai: "sk-sandbox-0123456789abcdef",
    chatdash: "CD.0123456789abcdef0123456789abcdef",
    agentsight: "ags_0123456789abcdef0123456789abcdef_012345",
  }[vendor];
  return { vendor, baseUrl: origin + PLACES[vendor].mount, apiKey };
}

/** The two requests of read-then-write at a vendor, without a client. */
export interface PlainRequests {
  readonly read: string;
  readonly write: { readonly method: string; readonly url: string };
  readonly headers: Readonly<Record<string, string>>;
}

/** How to read a target's conversation and set its metadata with plain `fetch`. */
export function plainRequests({ vendor, baseUrl, apiKey }: Target): PlainRequests {
  const headers = { "content-type": "application/json" };
  if (vendor === "agentsight") {
    const read = `${baseUrl}/api/conversations/${PLACES.agentsight.id}/`;
    const authorization = `Api-Key ${apiKey}`;
    return {
      read,
      write: { method: "PATCH", url: `${read}update/` },
      headers: { ...headers, authorization },
    };
  }
  const isOpenAI = vendor === "openai";
  const parent = isOpenAI ? "" : `/agents/${AGENT_ID}`;
  const url = `${baseUrl}${parent}/conversations/${PLACES[vendor].id}`;
  const authorization = isOpenAI ? `Bearer ${apiKey}` : apiKey;
  const method = isOpenAI ? "POST" : "PUT";
  return { read: url, write: { method, url }, headers: { ...headers, authorization } };
}
