import type { AnyClient, ClientOptions } from "@convo/client";
import type { Fact, VendorFacts } from "../fact.ts";
import { agentsight } from "./agentsight.ts";
import { chatdash } from "./chatdash.ts";
import { datagrid } from "./datagrid.ts";
import { letta } from "./letta.ts";
import { openai } from "./openai.ts";

/** A vendor's facts where it does not matter whose they are. */
export type AnyVendorFacts = Omit<VendorFacts, "create" | "operations"> & {
  create(options?: ClientOptions): AnyClient;
  readonly operations: Readonly<Record<string, Fact>>;
};

/** Every vendor. */
export const vendors: readonly AnyVendorFacts[] = [openai, letta, datagrid, chatdash, agentsight];

/** Calls a method that is known by name only, as a caller of the generated client does. */
export async function callByName(
  client: AnyClient,
  name: string,
  args: readonly unknown[],
): Promise<unknown> {
  return await (client as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args);
}
