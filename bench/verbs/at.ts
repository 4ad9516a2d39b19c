import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "@convo/core";
import { createCatalogue, memoryStore } from "@convo/core/catalogue";

/** An agent that every sandbox has. */
const AGENT = "agent-00000000-0000-4000-8000-000000000001";

export const VENDORS = ["openai", "letta", "datagrid", "chatdash", "agentsight"] as const;
export type Vendor = (typeof VENDORS)[number];
export type Id = string | number;

/** Every vendor of a sandbox, by its environment variables. */
export function connectAll(env: Readonly<Record<string, string>>) {
  const at = (vendor: Vendor) => ({
    baseUrl: (env[`${vendor.toUpperCase()}_BASE_URL`] ?? env.AGENTSIGHT_API_ENDPOINT) as string,
    apiKey: env[`${vendor.toUpperCase()}_API_KEY`] as string,
  });
  const catalogue = createCatalogue({ store: memoryStore({ maxRows: 100_000 }) });
  const convo = createConvo(
    {
      openai: openai(at("openai")),
      letta: letta(at("letta")),
      datagrid: datagrid(at("datagrid")),
      chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
      agentsight: agentsight(at("agentsight")),
    },
    { catalogue },
  );
  return { convo, catalogue };
}

export type Connected = ReturnType<typeof connectAll>;

/** Creates a conversation of a group, in the field that the vendor has for text. */
export const create: Readonly<
  Record<Vendor, (convo: Connected["convo"], group: string, n: string) => Promise<{ id: Id }>>
> = {
  openai: (convo, group) => convo.openai.create({ metadata: { group } }),
  letta: (convo, group) => convo.letta.create({ summary: group }, { query: { agent_id: AGENT } }),
  datagrid: (convo, group) => convo.datagrid.create({ name: group }),
  chatdash: (convo, group, n) =>
    convo.chatdash.create({
      summary: group,
      native: { record: n.endsWith("1"), interacted: n.endsWith("2") },
    }),
  agentsight: (convo, group, n) => convo.agentsight.create({ metadata: { group } }, { externalId: n }),
};

/** The filter that finds a group. */
export const filterOf = (vendor: Vendor, group: string): object =>
  vendor === "letta" || vendor === "chatdash"
    ? { summary: group }
    : vendor === "datagrid"
      ? { name: group }
      : { metadata: { group } };
