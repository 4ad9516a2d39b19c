import type { ApiResponse, CallOptions, RequestInput } from "@convo/client";
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
  const call = callOptionsOf(provider, operation, options);
  return traceCall([operation], step, () => provider.client.request(route, input, call));
}

/** The options of one call of an operation: what is left of its time, its signal, and who listens. */
export function callOptionsOf(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
): CallOptions {
  const left = Math.ceil(deadlineOf(provider, operation, options) - performance.now());
  return withListener([operation], {
    ...requestOptions(options),
    signal: options.signal ?? undefined,
    deadlineMs: Math.max(1, left),
  });
}
