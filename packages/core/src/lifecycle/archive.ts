import { createError, describeId } from "../errors.ts";
import { own } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import { rulesFor } from "../provider/verbs.ts";
import type { HttpOptions, UpdateResult } from "../types/update.ts";
import type { VerbResult } from "../types/verbs.ts";
import { openAnswer } from "../wire/body.ts";

/** Makes one update of a conversation. */
type Update = (changes: { native: Record<string, boolean> }, options: HttpOptions) => Promise<UpdateResult>;

/**
 * Archives a conversation, or brings it back: an update of the vendor's own field, in turn with all others.
 *
 * @throws ConvoError of kind `not_applied` where the vendor's answer shows that it did not do it, as older servers do not
 */
export async function setArchived(
  provider: Provider,
  id: string | number,
  archived: boolean,
  options: HttpOptions,
  update: Update,
): Promise<VerbResult> {
  const { field } = rulesFor(provider, "archive");
  const result = await update({ native: { [field]: archived } }, options);
  const { requestId, httpRequests, raw } = result;
  // Where the answer was lost, the read that has found the change shows it.
  const shown = openAnswer(provider, raw.update, "update") ?? openAnswer(provider, raw.read, "read");
  if (!shown || own(shown, field) !== archived)
    throw createError(
      provider,
      "not_applied",
      `The answer does not show ${describeId(id)} as ${archived ? "archived" : "active"}`,
      "This server may be older than its archive; nothing else was changed.",
      { fields: [field] },
    );
  const answer = raw.update ?? raw.read;
  return { provider: provider.name, id, raw: answer, httpRequests, ...(requestId && { requestId }) };
}
