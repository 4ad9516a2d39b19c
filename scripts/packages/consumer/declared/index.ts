// Compiled with `declaration: true`, never run: whatever a caller exports of ours can be named from @convo/core alone.
import {
  agentsight,
  chatdash,
  createConvo,
  datagrid,
  isConvoError,
  letta,
  memoryJournal,
  mergeMetadata,
  openai,
  PartialError,
  type StandardSchema,
} from "@convo/core";

declare const schema: StandardSchema<{ topic: string }, { topic: string; n: number }>;
export const providers = {
  openai: openai(),
  encoded: openai({ encode: true, fields: { marked: "metadata.marked" } }),
  letta: letta(),
  datagrid: datagrid(),
  chatdash: chatdash({ agentId: "a1" }),
  agentsight: agentsight({ schema }),
};
export const convo = createConvo(providers);
export const typed = createConvo({ openai: openai(), letta: letta() }, { schema });
export const { openai: one, all } = convo;
export const make = () => createConvo({ agentsight: agentsight() });

export const read = await convo.openai.get("c");
export const updated = await convo.openai.update("c", { metadata: { a: "1" } });
export const planned = await convo.openai.plan("c", { metadata: { a: "1" } });
export const applied = await convo.openai.apply(planned);
export const created = await convo.openai.create({ metadata: { a: "1" } });
export const createdToo = await convo.agentsight.create(
  { name: "n", metadata: { topic: "t" } },
  { externalId: "e" },
);
export const list = convo.letta.list();
export const pages = convo.agentsight.list().pages();
export const messages = convo.openai.messages("c");
export const added = await convo.openai.addMessage("c", { role: "user", text: "t" });
export const removed = await convo.letta.delete("c");
export const archived = await convo.letta.archive("c");
export const exported = await convo.openai.export("c");
export const imported = await convo.openai.import(exported);
export const there = await convo.openai.exists("c");
export const run = convo.openai.updateMany([{ id: "c", changes: { metadata: { a: "1" } } }], {
  journal: memoryJournal(),
});
export const undone = convo.openai.undo(memoryJournal());
export const probed = await convo.openai.probe();
export const everywhere = await convo.all.update(
  { openai: "c", agentsight: 4 },
  { metadata: { topic: "1" } },
);
export const many = convo.all.updateMany([
  { ids: { openai: "c", agentsight: 4 }, changes: { metadata: { topic: "1" } } },
]);
export const plannedErase = await convo.all.planErase({ openai: "c" });
export const erased = await convo.all.erase(plannedErase);
export const undoneAll = convo.all.undo(memoryJournal());
export const withSchema = await typed.openai.update("c", { metadata: { topic: "x" } });
export const client = convo.openai.client;
export const merged = mergeMetadata({ a: 1 }, { b: 2 });
export const failed = (error: unknown) =>
  error instanceof PartialError ? error.results : isConvoError(error) ? error : undefined;
export class Desk {
  convo = convo;
  close = (id: string) => this.convo.openai.update(id, { metadata: { closed: "1" } });
}
