import type { HttpOptions } from "./changes.ts";
import type { GetResult } from "./convo.ts";
import { refused } from "./errors.ts";
import { readOnce } from "./exchange.ts";
import { toConversation } from "./from-wire.ts";
import { forgetting, resolveId } from "./ids.ts";
import { deadlineOf } from "./job.ts";
import type { Metadata } from "./metadata/index.ts";
import type { Watched } from "./observe.ts";
import { parse } from "./schema.ts";

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
    attempts: watched.attempts,
  };
  if (parsed.issues) throw refused(provider.name, parsed.violations, { issues: parsed.issues, result });
  return result;
}
