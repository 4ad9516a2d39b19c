import { isConvoError, validationError } from "../errors.ts";
import { own } from "../metadata/json.ts";
import { type OperationContext, traceCall, withListener } from "../observe/operation.ts";
import { requestOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import { parseMetadata } from "../schema.ts";
import type { GetResult, HttpOptions } from "../types/update.ts";
import { pathOf } from "../update/batch.ts";
import { deadlineOf } from "../update/job.ts";
import { resolvePathId } from "../update/update.ts";
import {
  type ParsedConversation,
  parseConversation,
  type ReadPurpose,
  type ReadResponse,
  toConversation,
} from "../wire/from-wire.ts";

/** Reads a conversation; its metadata must fit the provider's schema. Throws `ConvoError`. */
export async function get(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
): Promise<GetResult> {
  // A schema has to see the document, so there must be one.
  const { pathId, read } = await readOnce(
    provider,
    operation,
    options,
    provider.schema ? "merge" : "inspect",
  );
  const { response, conversation } = read;
  const { requestId } = response;
  const left = deadlineOf(provider, operation, options) - performance.now();
  const parsed = await parseMetadata(provider, conversation.document, {
    signal: options.signal ?? undefined,
    ms: left,
  });
  const result = {
    conversation: toConversation(provider, pathId, conversation),
    parsedMetadata: parsed.value,
    raw: response.data,
    ...(requestId && { requestId }),
    httpRequests: operation.httpRequests,
  };
  if (parsed.issues)
    throw validationError(provider.name, parsed.violations, { issues: parsed.issues, result });
  return result;
}

/** Finds and reads a conversation outside of any queue, within the operation's own deadline and signal. Throws `ConvoError`. */
export async function readOnce(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
  purpose: Exclude<ReadPurpose, "echo">,
): Promise<{ pathId: string | number; baseUrl: string; read: ReadResponse }> {
  const { pathId, target } = await resolvePathId(provider, operation, options);
  const left = Math.ceil(deadlineOf(provider, operation, options) - performance.now());
  const call = withListener([operation], {
    ...requestOptions(options, target),
    signal: options.signal ?? undefined,
    deadlineMs: Math.max(1, left),
  });
  let conversation: ParsedConversation | undefined;
  const response = await traceCall([operation], "read", async () => {
    const received = await provider.client.request(
      provider.data.read,
      { path: pathOf(provider, pathId) },
      call,
    );
    conversation = parseConversation(provider, pathId, received, purpose);
    return received;
  });
  return { pathId, baseUrl: target?.baseUrl ?? "", read: { response, conversation } as ReadResponse };
}

/** Whether there is a conversation with this id that is not deleted. Throws `ConvoError` where that cannot be told. */
export async function exists(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
): Promise<boolean> {
  try {
    const { read } = await readOnce(provider, operation, options, "inspect");
    const { hidden } = provider.data.verbs?.delete ?? {};
    return !(hidden && own(read.conversation.body, hidden) === true);
  } catch (error) {
    if (isConvoError(error) && error.kind === "not_found") return false;
    throw error;
  }
}
