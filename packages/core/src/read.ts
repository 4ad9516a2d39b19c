import { refused } from "./errors.ts";
import type { Metadata } from "./metadata/json.ts";
import type { Watched } from "./observe/operation.ts";
import { forgetting, resolveId } from "./provider/lookup.ts";
import { parse } from "./schema.ts";
import type { GetResult, HttpOptions } from "./types/update.ts";
import { deadlineOf } from "./update/job.ts";
import { readOnce } from "./update/requests.ts";
import { toConversation } from "./wire/from-wire.ts";

/** Reads a conversation; its metadata must fit the provider's schema. */
export async function get(watched: Watched, options: HttpOptions): Promise<GetResult> {
  const { provider, id } = watched;
  const pathId = await resolveId(watched, options);
  // A schema has to see the document, so there must be one.
  const use = provider.schema ? "merge" : "look";
  const { reply, reading } = await readOnce(watched, pathId, options, use).catch(forgetting(provider, id));
  const { requestId } = reply;
  const left = deadlineOf(watched, options) - performance.now();
  const parsed = await parse(provider, reading.document, options.signal, left);
  const result = {
    conversation: toConversation(provider, pathId, reading),
    metadata: parsed.value as Metadata,
    raw: reply.data,
    ...(requestId && { requestId }),
    httpRequests: watched.attempts,
  };
  if (parsed.issues) throw refused(provider.name, parsed.violations, { issues: parsed.issues, result });
  return result;
}
