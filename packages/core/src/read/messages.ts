import { pathOf, resolvePathId } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { isDocument, type Json, own } from "../metadata/json.ts";
import type { OperationContext } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import { checkId } from "../provider/lookup.ts";
import type { Provider } from "../provider/provider.ts";
import { type MessageRules, rulesFor } from "../provider/verbs.ts";
import type { Message, MessagesOptions, Page } from "../types/verbs.ts";
import { valueAt } from "../wire/body.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { readPages } from "./pages.ts";

/**
 * Every page of a conversation's messages, oldest first where the vendor can. Throws `ConvoError`.
 *
 * @param within the operation that they are read for, if they are not one of their own
 */
export async function* readMessages(
  provider: Provider,
  id: string | number,
  options: MessagesOptions = {},
  within?: OperationContext,
): AsyncGenerator<Page<Message>, void> {
  const rules = rulesFor(provider, "messages");
  checkId(provider, id);
  assertOptions(provider.name, "messages", options);
  const { limit, cursor, ...http } = options;
  const list = JSON.stringify([provider.name, provider.path, id]);
  const place = cursor === undefined ? {} : readCursor(list, cursor);
  if (typeof place === "string") throw invalidArgument(provider.name, "cursor", `cursor ${place}`);
  let { from, skip = 0 } = place as Place;
  let left = limit ?? Number.POSITIVE_INFINITY;
  const source = {
    operation: "messages",
    id,
    within,
    route: rules.route,
    query: rules.query ?? {},
    in: rules.in,
    path: async (operation: OperationContext) =>
      pathOf(provider, (await resolvePathId(provider, operation, http)).pathId),
  } as const;
  for await (const page of readPages(provider, source, from, http)) {
    const rows = page.items.slice(skip, skip + left);
    left -= rows.length;
    const behind = skip + rows.length;
    const next: Place | undefined =
      behind < page.items.length
        ? { ...(from !== undefined && { from }), skip: behind }
        : page.nextQuery && { from: page.nextQuery as Json };
    const { requestId, httpRequests } = page;
    yield {
      items: rows.map((raw) => toMessage(rules, raw)),
      scanned: page.items.length,
      httpRequests,
      ...(requestId && { requestId }),
      ...(next && { cursor: writeCursor(list, next) }),
    };
    if (left <= 0) return;
    from = page.nextQuery as Json | undefined;
    skip = 0;
  }
}

/** Where the messages go on: from which query of the vendor's, behind how many of its rows. */
type Place = { from?: Json; skip?: number };

/** A message in our words. Pure. */
export function toMessage(rules: MessageRules, raw: unknown): Message {
  const body = isDocument(raw) ? raw : {};
  const id = rules.id === null ? undefined : own(body, rules.id);
  const createdAt = rules.createdAt === null ? undefined : own(body, rules.createdAt);
  const role = String(valueAt(body, rules.role));
  return {
    ...((typeof id === "string" || typeof id === "number") && { id }),
    role: Object.hasOwn(rules.roles, role) ? (rules.roles[role] as Message["role"]) : "other",
    text: textOf(own(body, rules.text)),
    ...(typeof createdAt === "string" && { createdAt }),
    raw,
  };
}

/** Keys under which vendors keep the text of a part. */
const PARTS = ["text", "transcript", "refusal"];

function textOf(content: Json | undefined): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join("\n");
  const part = isDocument(content) && PARTS.find((key) => typeof content[key] === "string");
  return part ? String((content as { [key: string]: Json })[part]) : "";
}
