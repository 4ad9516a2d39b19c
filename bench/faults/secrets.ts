import { inspect } from "node:util";

/** Ways in which something a program holds ends up in a log. */
const WAYS: Readonly<Record<string, (value: unknown) => string>> = {
  message: (value) => String((value as Error | undefined)?.message),
  stack: (value) => String((value as Error | undefined)?.stack),
  inspect: (value) => inspect(value, { depth: 12, maxStringLength: 100_000 }),
  JSON: (value) => stringify(value),
  spread: (value) => inspect({ ...Object(value) }, { depth: 12 }),
  causes: (value) => causes(value),
};

/** Where a secret can be read off this value. Every secret of the bench has `SECRET` in it. */
export function exposures(value: unknown): string[] {
  return Object.keys(WAYS).filter((way) => WAYS[way]?.(value).includes("SECRET"));
}

/** JSON in which cycles are left out, as loggers write it. */
function stringify(value: unknown): string {
  const open = new Set<unknown>();
  try {
    return (
      JSON.stringify(value, (_, one: unknown) => {
        if (typeof one !== "object" || one === null) return typeof one === "bigint" ? String(one) : one;
        if (open.has(one)) return undefined;
        open.add(one);
        return one;
      }) ?? ""
    );
  } catch {
    return "";
  }
}

function causes(value: unknown): string {
  let text = "";
  for (let at = value, depth = 0; at && depth < 8; at = (at as Error).cause, depth++)
    text += `${String(at)} ${inspect(at, { depth: 4, showHidden: true })}`;
  return text;
}
