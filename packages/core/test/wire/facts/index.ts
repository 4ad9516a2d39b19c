import type { AnyClient } from "@convo/client";
import type { Fact, VendorFacts } from "../fact.ts";
import { agentsight } from "./agentsight.ts";
import { chatdash } from "./chatdash.ts";
import { datagrid } from "./datagrid.ts";
import { letta } from "./letta.ts";
import { openai } from "./openai.ts";

/** A vendor's facts where it does not matter whose they are. */
export type AnyVendorFacts = Omit<VendorFacts, "create" | "operations"> & {
  create(options?: Parameters<VendorFacts["create"]>[0]): AnyClient;
  readonly operations: Readonly<Record<string, Fact>>;
};

/** Every vendor. */
export const vendors: readonly AnyVendorFacts[] = [openai, letta, datagrid, chatdash, agentsight];
