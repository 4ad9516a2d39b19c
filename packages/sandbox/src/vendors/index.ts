import type { VendorName, VendorRules } from "../engine/types.ts";
import { agentsight } from "./agentsight.ts";
import { chatdash } from "./chatdash.ts";
import { datagrid } from "./datagrid.ts";
import { letta } from "./letta.ts";
import { openai } from "./openai.ts";

/** The five vendors. */
export const vendors: Readonly<Record<VendorName, VendorRules>> = {
  openai,
  letta,
  datagrid,
  chatdash,
  agentsight,
};
