import { type Call, type Doc, Refusal } from "../engine/types.ts";

/** `{detail}`, the body of nearly every Letta error. */
export const refuse = (status: number, detail: string, more: Doc = {}): Refusal =>
  new Refusal({ status, body: { detail, ...more } });

/** The conversation of the path. Unknown, deleted and `default` all end in 404, as on the seed's server. */
export function conversation({ store, path }: Call): Doc {
  const id = path.conversation_id ?? "";
  const found = store.get("conversation", id);
  if (!found || found.$deleted === true) throw refuse(404, `Conversation ${id} not found`);
  return found;
}
