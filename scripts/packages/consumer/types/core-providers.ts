// Compiled, never run: every provider has an entry of its own, so that who uses one vendor does not bundle the others.
import {
  type AgentSightClient,
  type ChatDashClient,
  createConvo,
  type DatagridClient,
  type LettaClient,
  type OpenAIClient,
  type ProviderData,
} from "@convo/core";
import { type AgentSightShape, agentsight } from "@convo/core/agentsight";
import { type ChatDashShape, chatdash } from "@convo/core/chatdash";
import { type DatagridShape, datagrid } from "@convo/core/datagrid";
import { type LettaShape, letta } from "@convo/core/letta";
import { type OpenAIShape, openai } from "@convo/core/openai";
import { expectTypeOf } from "expect-type";

const convo = createConvo({
  agentsight: agentsight(),
  chatdash: chatdash({ agentId: "a1" }),
  datagrid: datagrid(),
  letta: letta(),
  openai: openai(),
});
expectTypeOf(convo.letta.get).parameter(0).toEqualTypeOf<string>();
expectTypeOf(openai.data).toEqualTypeOf<ProviderData>();
expectTypeOf(convo.agentsight.client).toEqualTypeOf<AgentSightShape["client"]>();
expectTypeOf(convo.agentsight.client).toMatchTypeOf<AgentSightClient>();
expectTypeOf(convo.chatdash.client).toEqualTypeOf<ChatDashShape["client"]>();
expectTypeOf(convo.chatdash.client).toMatchTypeOf<ChatDashClient>();
expectTypeOf(convo.datagrid.client).toEqualTypeOf<DatagridShape["client"]>();
expectTypeOf(convo.datagrid.client).toMatchTypeOf<DatagridClient>();
expectTypeOf(convo.letta.client).toEqualTypeOf<LettaShape["client"]>();
expectTypeOf(convo.letta.client).toMatchTypeOf<LettaClient>();
expectTypeOf(convo.openai.client).toEqualTypeOf<OpenAIShape["client"]>();
expectTypeOf(convo.openai.client).toMatchTypeOf<OpenAIClient>();
