import type { Call, Handler } from "../../engine/rules.ts";
import { afterId, asDoc } from "../../engine/tools.ts";
import { type Doc, Refusal } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { conversation, error } from "./errors.ts";
import { storeItems } from "./items.ts";

const page = (items: readonly Doc[], more: boolean): Doc => ({
  object: "list",
  data: items.map(wire),
  has_more: more,
  first_id: items[0]?.id ?? null,
  last_id: items.at(-1)?.id ?? null,
});

export const createItems: Handler = (call) => {
  const { id } = conversation(call);
  const items = asDoc(call.body).items as unknown[];
  if (items.length === 0)
    throw new Refusal(
      error(400, "Invalid 'items': it is empty. Send at least one item.", "empty_array", "items"),
    );
  return { status: 200, body: page(storeItems(call.store, String(id), items.map(asDoc)), false) };
};

export const listItems: Handler = (call) => {
  const { id } = conversation(call);
  const limit = Number(call.query.limit ?? 20);
  const rows = call.store.list("item", String(id));
  if (call.query.order !== "asc") rows.reverse();
  const rest = afterId(rows, call.query.after);
  if (!rest) throw new Refusal(error(404, `Item with id '${call.query.after}' not found.`, null, "after"));
  return { status: 200, body: page(rest.slice(0, limit), rest.length > limit) };
};

function item(call: Call): Doc {
  const { id } = conversation(call);
  const found = call.store.get("item", call.path.item_id ?? "");
  if (found?.$conversation === id) return found as Doc;
  throw new Refusal(error(404, `Item with id '${call.path.item_id}' not found in conversation '${id}'.`));
}

export const removeItem: Handler = (call) => {
  const { id } = item(call);
  call.store.remove("item", String(id));
  if (call.options.openai?.itemDelete === "conversation")
    return { status: 200, body: wire(conversation(call)) };
  return { status: 200, body: { id, object: "conversation.item.deleted", deleted: true } };
};

export const getItem: Handler = (call) => ({ status: 200, body: wire(item(call)) });
