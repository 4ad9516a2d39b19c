import { callOnce, pathOf, resolvePathId } from "../call.ts";
import { validationError } from "../errors.ts";
import { isDocument } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import type { OperationContext } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import { forgetId } from "../provider/lookup.ts";
import type { Provider } from "../provider/provider.ts";
import { type AddMessageRules, rulesFor } from "../provider/verbs.ts";
import type { HttpOptions } from "../types/update.ts";
import type { NewMessage, VerbResult } from "../types/verbs.ts";
import { resultOf } from "./remove.ts";

/**
 * Adds messages to the end of a conversation, in one call and without running a model.
 *
 * @throws ConvoError before any request for what is not a message, or for more of them than the vendor takes at once; ConvoError
 * of the transport, with `outcome: "unknown"` if they may have been added
 */
export async function addMessages(
  provider: Provider,
  operation: OperationContext,
  messages: readonly NewMessage[],
  options: HttpOptions = {},
): Promise<VerbResult> {
  assertOptions(provider.name, "addMessage", options);
  const rules = rulesFor(provider, "messages").add as AddMessageRules;
  const violations = check(messages, rules.most);
  if (violations.length > 0) throw validationError(provider.name, violations);
  const body = { [rules.in]: messages.map(rules.toWire) };
  const path = pathOf(provider, (await resolvePathId(provider, operation, options)).pathId);
  const input = { path, body };
  const response = await callOnce(provider, operation, "write", rules.route, input, options).catch(
    forgetId(provider, operation.id),
  );
  return resultOf(operation, response);
}

const ROLES = ["user", "assistant", "system"];

function check(messages: readonly unknown[], most: number): Violation[] {
  const found: Violation[] = [];
  const refuse = (path: string, message: string, kind: Violation["kind"] = "invalid"): void =>
    void found.push({ path, kind, message: `${path} ${message}` });
  if (messages.length === 0) refuse("messages", "are empty");
  if (messages.length > most) refuse("messages", `are ${messages.length}; one call takes ${most}`, "limit");
  for (const [index, message] of messages.entries()) {
    const { role, text, ...rest } = isDocument(message) ? message : {};
    for (const name of Object.keys(rest))
      refuse(`messages[${index}].${name}`, "is not part of a message: it has role and text");
    if (!ROLES.includes(role as string))
      refuse(`messages[${index}].role`, `must be one of ${ROLES.join(", ")}`);
    if (typeof text !== "string" || text === "")
      refuse(`messages[${index}].text`, "must be text that is not empty");
  }
  return found;
}
