// Compiled, never run: every provider has an entry of its own, so that who uses one vendor does not bundle the others.
import { createConvo, type ProviderData } from "@convo/core";
import { agentsight } from "@convo/core/agentsight";
import { chatdash } from "@convo/core/chatdash";
import { datagrid } from "@convo/core/datagrid";
import { letta } from "@convo/core/letta";
import { openai } from "@convo/core/openai";
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
