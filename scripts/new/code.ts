/** Values and names from a spec as TypeScript. A spec is untrusted: whatever is in it comes out quoted, or as a plain word. */

/** Code of ours in the place of a value. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value as TypeScript, with `Code` as it is. */
export function asCode(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(asCode).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, one]) =>
    one instanceof Code && one.text === name ? name : `${keyOf(name)}: ${asCode(one)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

const isWord = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

/** A property's name, as an object literal has it. */
export const keyOf = (name: string): string => (isWord(name) ? name : JSON.stringify(name));

/** A property of an expression. */
export const memberOf = (object: string, name: string): string =>
  isWord(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
