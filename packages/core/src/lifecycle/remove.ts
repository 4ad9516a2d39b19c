import { type ApiResponse, isConvoError } from "@convo/client";
import { callOnce, pathOf, resolvePathId } from "../call.ts";
import type { OperationContext } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import { forgetId } from "../provider/lookup.ts";
import type { Provider } from "../provider/provider.ts";
import { rulesFor } from "../provider/verbs.ts";
import { exists } from "../read/get.ts";
import type { HttpOptions } from "../types/update.ts";
import type { DeleteResult, VerbResult } from "../types/verbs.ts";

/**
 * Deletes a conversation, as the vendor does it. A delete whose answer was lost is done if a read finds the conversation no more.
 *
 * @throws ConvoError of kind `not_found` where there is no such conversation; a kind of the transport
 */
export async function remove(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions = {},
): Promise<DeleteResult> {
  assertOptions(provider.name, "delete", options);
  const { route, leaves } = rulesFor(provider, "delete");
  const { pathId } = await resolvePathId(provider, operation, options);
  const path = pathOf(provider, pathId);
  try {
    const response = await callOnce(provider, operation, "write", route, { path }, options).catch(
      forgetId(provider, operation.id),
    );
    return { ...resultOf(operation, response), leaves };
  } catch (error) {
    if (!isConvoError(error) || error.outcome !== "unknown" || (await exists(provider, operation, options)))
      throw error;
    return { ...resultOf(operation, { data: undefined }), leaves };
  }
}

/** What a call that changes a conversation gives. */
export function resultOf(
  { vendor: provider, id, httpRequests }: OperationContext,
  { data, requestId }: Pick<ApiResponse<unknown>, "data" | "requestId">,
): VerbResult {
  return { provider, id, raw: data, httpRequests, ...(requestId && { requestId }) };
}
