import type { Operation, OperationTraits, Vendor } from "./vendor.ts";

/** A route taken apart, once: doing it at every call would cost a tenth of it. */
export interface ParsedRoute extends OperationTraits {
  /** Verb and path template. */
  readonly route: string;
  /** Empty if the route is invalid. */
  readonly verb: string;
  /** The path template's text, parameter name, text, and so on. */
  readonly parts: readonly string[];
  /** Whether the vendor's table has it. */
  readonly known: boolean;
}

/** The parts of a path template. */
export const splitTemplate = (template: string): string[] => template.split(/[{}]/);

const BY_VERB: Record<string, OperationTraits["kind"]> = {
  GET: "read",
  HEAD: "read",
  OPTIONS: "read",
  TRACE: "read",
  DELETE: "delete",
};

/** Parsed routes: kind and shape of the answer are as the vendor's table says, else as the verb says. */
export function createRoutes(vendor: Vendor): (route: string) => ParsedRoute {
  const make = (operation: Pick<Operation, "route">, known = true): ParsedRoute => {
    const [, verb = "", path = ""] = /^([A-Z]+) (\/.*)$/.exec(operation.route) ?? [];
    return { kind: BY_VERB[verb] ?? "update", ...operation, verb, parts: splitTemplate(path), known };
  };
  const byRoute = new Map<string, ParsedRoute>();
  for (const operation of Object.values(vendor.operations)) byRoute.set(operation.route, make(operation));
  return (route) => byRoute.get(route) ?? make({ route }, false);
}
