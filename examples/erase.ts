/** Erases a person's conversations everywhere, and keeps the receipt in a file from the first delete on. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { agentsight, chatdash, createConvo, type EraseReceipt, openai } from "@convo/core";

interface Ids {
  readonly openai: string;
  readonly chatdash: string;
  readonly agentsight: string | number;
}

/** Goes on from the receipt where there is one. Resolves to the finished receipt, which is in the file too. */
export async function erase(ids: Ids, file: string): Promise<EraseReceipt> {
  const convo = createConvo({
    openai: openai(),
    chatdash: chatdash({ agentId: "agent_1" }),
    agentsight: agentsight(),
  });
  const earlier = await readFile(file, "utf8").catch(() => undefined);
  const plan = earlier ? (JSON.parse(earlier) as EraseReceipt) : await convo.all.planErase(ids);
  const keep = async (receipt: EraseReceipt): Promise<void> => {
    await writeFile(`${file}.new`, JSON.stringify(receipt, null, 2));
    await rename(`${file}.new`, file); // at no moment is there half a receipt
  };
  await keep(plan);
  const receipt = await convo.all.erase(plan, { onReceipt: keep });
  await keep(receipt);
  return receipt;
}
