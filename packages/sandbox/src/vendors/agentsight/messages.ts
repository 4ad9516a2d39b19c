import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, pick } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { refuse } from "./shared.ts";

function message(call: Call): Doc {
  const found = call.store.get("message", String(Number(call.path.id)));
  if (!found) throw refuse(404, "No message matches the given query.");
  return found;
}

export const updateMessage: Handler = (call) => {
  const changed = { ...message(call), ...pick(asDoc(call.body), ["metadata"]) };
  call.store.put("message", changed);
  return { status: 200, body: wire(changed) };
};

export const getMessage: Handler = (call) => ({ status: 200, body: wire(message(call)) });
