/** The plans of the page "Compose an update": core's own, over a `fetch` that answers reads and refuses everything else. */
import {
  agentsight,
  chatdash,
  createConvo,
  datagrid,
  isConvoError,
  letta,
  openai,
  type Plan,
} from "@convo/core";

export const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"] as const;
export type VendorName = (typeof VENDORS)[number];

/** What the form holds, as text. */
export interface Input {
  readonly name: string;
  readonly summary: string;
  readonly metadata: string;
  readonly unset: string;
  readonly unsupported: "error" | "skip" | "metadata";
}

/** What the page shows: the parts of a plan, or why there is none. */
export interface Shown {
  readonly error?: string;
  readonly parts?: readonly { readonly title: string; readonly text: string }[];
}

const TIME = "2026-01-01T00:00:00Z";
const METADATA = { topic: "project-x", owner: "ada" };
const IDS = {
  openai: "conv_1",
  letta: "conv-00000000-0000-4000-8000-000000000001",
  datagrid: "conversation_1",
  chatdash: "66f0c0ffee0000000000cd01",
  agentsight: 42,
} as const;
const STORED: Readonly<Record<VendorName, object>> = {
  openai: { id: IDS.openai, object: "conversation", created_at: 1_767_225_600, metadata: METADATA },
  letta: { id: IDS.letta, agent_id: "agent-1", summary: "Asked for an invoice", created_at: TIME },
  datagrid: { object: "conversation", id: IDS.datagrid, name: "Invoice", created_at: TIME, updated_at: TIME },
  chatdash: { _id: IDS.chatdash, summary: "Asked for an invoice", metadata: METADATA },
  agentsight: { id: IDS.agentsight, name: "Invoice", is_marked: false, metadata: METADATA, started_at: TIME },
};

function optionsOf(vendor: VendorName) {
  return {
    apiKey: vendor === "agentsight" ? `ags_${"0".repeat(32)}_012345` : "sk-example",
    async fetch(_url: string, { method }: { method: string }) {
      return method === "GET" ? Response.json(STORED[vendor]) : new Response(null, { status: 405 });
    },
  };
}

const convo = createConvo({
  openai: openai(optionsOf("openai")),
  letta: letta(optionsOf("letta")),
  datagrid: datagrid(optionsOf("datagrid")),
  chatdash: chatdash({ agentId: "agent_1", ...optionsOf("chatdash") }),
  agentsight: agentsight(optionsOf("agentsight")),
});

/** Plans what the form says. What was typed is not typed, so the checks are those of the run time. */
export async function planFor(vendor: VendorName, input: Input): Promise<Shown> {
  try {
    const plan = convo[vendor].plan as (
      id: string | number,
      changes: object,
      options: object,
    ) => Promise<Plan>;
    return shownOf(await plan(IDS[vendor], changesOf(input), { unsupported: input.unsupported }));
  } catch (error) {
    if (isConvoError(error) || error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

function changesOf({ name, summary, metadata, unset }: Input): object {
  const keys = unset
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  return {
    ...(name && { name }),
    ...(summary && { summary }),
    ...(metadata.trim() && { metadata: JSON.parse(metadata) as object }),
    ...(keys.length > 0 && { unset: keys }),
  };
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);

function shownOf({ request, diff, warnings, headroom }: Plan): Shown {
  const parts = [
    { title: "Request", text: `${request.method} ${request.url}\n\n${json(request.body)}` },
    ...(diff ? [{ title: "What changes in metadata", text: json(diff) }] : []),
    ...(warnings.length > 0
      ? [{ title: "Warnings", text: warnings.map(({ detail }) => detail).join("\n") }]
      : []),
    ...(headroom ? [{ title: "Room left under the limits", text: json(headroom) }] : []),
  ];
  return { parts };
}
