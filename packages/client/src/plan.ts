import type { Nature, Operation, Vendor } from "./vendor.ts";

/** A route taken apart, once: doing it at every call would cost a tenth of it. */
export interface Plan extends Nature {
  /** Verb and path template. */
  readonly route: string;
  /** Empty if the route is none. */
  readonly verb: string;
  /** The path template's text, parameter name, text, and so on. */
  readonly parts: readonly string[];
}

/** The parts of a path template. */
export const partsOf = (template: string): string[] => template.split(/[{}]/);

const BY_VERB: Record<string, Nature["kind"]> = { GET: "read", HEAD: "read", DELETE: "delete" };

/** Plans of routes: kind and shape of the answer are as the vendor's table says, else as the verb says. */
export function createPlans(vendor: Vendor): (route: string) => Plan {
  const make = (operation: Pick<Operation, "route">): Plan => {
    const [, verb = "", path = ""] = /^([A-Z]+) (\/.*)$/.exec(operation.route) ?? [];
    return { kind: BY_VERB[verb] ?? "update", ...operation, verb, parts: partsOf(path) };
  };
  const known = new Map<string, Plan>();
  for (const operation of Object.values(vendor.operations)) known.set(operation.route, make(operation));
  return (route) => known.get(route) ?? make({ route });
}
