import { requestConversation, resolvePathId, restOf } from "../call.ts";
import { isConvoError, validationError } from "../errors.ts";
import { own } from "../metadata/json.ts";
import type { OperationContext } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import type { GetResult, HttpOptions } from "../types/update.ts";
import { type ReadPurpose, type ReadResponse, toConversation } from "../wire/from-wire.ts";
import { parseMetadata } from "../wire/validate.ts";

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
  const limits = restOf(provider, operation, options);
  const parsed = await parseMetadata(provider, conversation.document, limits);
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
  const call = restOf(provider, operation, options, target);
  const read = await requestConversation([operation], "read", provider, pathId, purpose, call);
  return { pathId, baseUrl: target?.baseUrl ?? "", read: read as ReadResponse };
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
