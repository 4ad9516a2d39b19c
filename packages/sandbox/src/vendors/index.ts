import type { VendorRules } from "../engine/rules.ts";
import type { VendorName } from "../engine/types.ts";
import { agentsight } from "./agentsight/index.ts";
import { chatdash } from "./chatdash/index.ts";
import { datagrid } from "./datagrid/index.ts";
import { letta } from "./letta/index.ts";
import { openai } from "./openai/index.ts";

/** The five vendors. */
export const vendors: Readonly<Record<VendorName, VendorRules>> = {
  openai,
  letta,
  datagrid,
  chatdash,
  agentsight,
};
