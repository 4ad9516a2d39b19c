/** A spec's operations as a comparison needs them: whatever the generator makes of them, or that it makes nothing. */
import type { OperationObject, Parameter, Spec } from "../generate/openapi.ts";
import { lastOfEach } from "../generate/parameters.ts";
import { resolve } from "../generate/resolve.ts";

/** One operation, with what its path says for all of its methods. */
export interface DiffOperation {
  name: string;
  /** `GET /things/{id}` */
  route: string;
  operation: OperationObject;
  /** Those of the path and its own, references followed; of two with the same name and place the operation's. */
  parameters: (Parameter & Record<string, unknown>)[];
  /** Where it is sent to, when that is not where all are. */
  server: string | undefined;
}

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/** Operations by their name, in the order of the spec. */
export function operationsOf(spec: Spec): Map<string, DiffOperation> {
  const found = new Map<string, DiffOperation>();
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as OperationObject | undefined;
      if (!operation?.operationId) continue;
      const all = [...((item.parameters ?? []) as Parameter[]), ...(operation.parameters ?? [])].map(
        (parameter) => resolve(spec, parameter) as DiffOperation["parameters"][number],
      );
      found.set(operation.operationId, {
        name: operation.operationId,
        route: `${method.toUpperCase()} ${path}`,
        operation,
        parameters: lastOfEach(all),
        server: firstServer(operation) ?? firstServer(item),
      });
    }
  }
  return found;
}

function firstServer(holder: object): string | undefined {
  const { servers } = holder as { servers?: { url?: string }[] };
  return servers?.[0]?.url;
}
