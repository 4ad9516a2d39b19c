import type { HttpOptions } from "./changes.ts";
import type { GetResult } from "./convo.ts";
import { called, failure, refused } from "./errors.ts";
import { readOnce } from "./exchange.ts";
import { toConversation } from "./from-wire.ts";
import { forgetting, resolveId } from "./ids.ts";
import { deadlineMs } from "./job.ts";
import type { Metadata } from "./metadata/index.ts";
import type { Watched } from "./observe.ts";
import { type Parsed, parse } from "./schema.ts";

/** Reads a conversation; its metadata must fit the provider's schema. */
export async function get(watched: Watched, options: HttpOptions): Promise<GetResult> {
  const { provider, id } = watched;
  const pathId = await resolveId(watched, options);
  // A schema has to see the document, so there must be one.
  const use = provider.schema ? "merge" : "look";
  const { reply, reading } = await readOnce(watched, pathId, options, use).catch(forgetting(provider, id));
  const { requestId } = reply;
  const parsed: Parsed = provider.schema
    ? await parseInTime(watched, options, reading.document)
    : await parse(provider, reading.document);
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

/** The requests are the client's to end; a schema that takes for ever is ours. */
async function parseInTime(
  { provider, id, begun }: Watched,
  { signal, deadlineMs: ms = deadlineMs(provider) }: HttpOptions,
  document: Metadata | undefined,
): Promise<Parsed> {
  const late = AbortSignal.timeout(Math.max(0, Math.ceil(begun + ms - performance.now())));
  const over = signal ? AbortSignal.any([signal, late]) : late;
  try {
    return await parse(provider, document, over);
  } catch (cause) {
    const [kind, why] = late.aborted
      ? (["timeout", `within deadlineMs (${ms} ms)`] as const)
      : (["aborted", "before the call was aborted"] as const);
    throw failure(provider, kind, `The schema did not check ${called(id)} ${why}`, "", { cause });
  }
}
