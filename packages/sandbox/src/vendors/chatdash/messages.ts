import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, hex, iso } from "../../engine/tools.ts";
import { Refusal } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { conversation, done, error } from "./errors.ts";

function append(call: Call): void {
  const $conversation = conversation(call)._id;
  for (const message of (asDoc(call.body).messages as unknown[]).map(asDoc)) {
    if (message.type === "text" && typeof asDoc(message.content).text !== "string")
      throw new Refusal(error(400, "content.text is required of a text message"));
    call.store.add("message", { createdAt: iso(call.now), ...message, $id: hex(12), $conversation });
  }
}

export const listMessages: Handler = (call) => {
  const rows = call.store.list("message", String(conversation(call)._id));
  return { status: 200, body: rows.map(wire) };
};

export const addMessages: Handler = (call) => {
  append(call);
  return done("Messages added successfully");
};

export const replaceMessages: Handler = (call) => {
  call.store.clear("message", String(conversation(call)._id));
  append(call);
  return done("Messages updated successfully");
};

export const removeMessages: Handler = (call) => {
  call.store.clear("message", String(conversation(call)._id));
  return done("Messages deleted successfully");
};
