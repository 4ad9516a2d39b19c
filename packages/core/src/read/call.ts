import type { ApiResponse, RequestInput } from "@convo/client";
import type { StepEvent } from "../observe/listener.ts";
import { type OperationContext, traceCall, withListener } from "../observe/operation.ts";
import { requestOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import { deadlineOf } from "../update/job.ts";

/** Makes one call of an operation outside of any queue, as an observed step, in what is left of the operation's time. */
export function callOnce(
  provider: Provider,
  operation: OperationContext,
  step: StepEvent["step"],
  route: string,
  input: RequestInput,
  options: HttpOptions,
): Promise<ApiResponse<unknown>> {
  const left = Math.ceil(deadlineOf(provider, operation, options) - performance.now());
  const call = {
    ...requestOptions(options),
    signal: options.signal ?? undefined,
    deadlineMs: Math.max(1, left),
  };
  return traceCall([operation], step, () =>
    provider.client.request(route, input, withListener([operation], call)),
  );
}
