/** The parameters of an operation, and how the client sends those of its query. */
import type { Parameter, Schema, Spec } from "./openapi.ts";
import { schemasIn, typesOf } from "./properties.ts";

/** Of parameters with the same name and place the last: an operation's own counts, not that of its path. */
export const lastOfEach = <P extends Pick<Parameter, "in" | "name">>(parameters: readonly P[]): P[] => [
  ...new Map(parameters.map((one) => [`${one.in}.${one.name}`, one])).values(),
];

/** Whether a parameter is an object, or a list of them, and nothing else: text has no place for it. */
export function isObject(document: object, { schema = {} }: { schema?: Schema }): boolean {
  const types = typesOf(document, schema).filter((type) => type !== "null");
  const items = schemasIn(document, schema).flatMap((one): Schema[] => (one.items ? [one.items] : []));
  return (
    types.length > 0 &&
    types.every(
      (type) =>
        type === "object" ||
        (type === "array" && items.length > 0 && items.every((item) => isObject(document, { schema: item }))),
    )
  );
}

const SEPARATORS: Record<string, string> = { form: ",", spaceDelimited: "%20", pipeDelimited: "%7C" };

/** What stands between the items of lists that are one parameter, by their names; undefined where all are repeated. */
export function separatorsOf(spec: Spec, query: readonly Parameter[]): Record<string, string> | undefined {
  const found = query.flatMap(({ name, schema, style = "form", explode = style === "form" }) => {
    const separator = explode ? undefined : SEPARATORS[style];
    return separator !== undefined && schema && typesOf(spec, schema).includes("array")
      ? [[name, separator]]
      : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
