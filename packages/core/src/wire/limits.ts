import type { FieldLimits } from "@convo/client";
import { inMetadata, type Metadata } from "../metadata/json.ts";
import { checkMetadata, lengthOf, type Violation } from "../metadata/limits.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import { encodeDocument } from "./body.ts";
import type { MetadataChange, WireChange } from "./change.ts";

/** Checks the strings among the wire fields against what the spec says of them; lengths are in Unicode code points. */
export function checkFields({ limits }: Provider, { set, names }: WireChange): Violation[] {
  const found: Violation[] = [];
  for (const name in set) {
    const [rules, value] = [limits[name], set[name]];
    if (rules && typeof value === "string") found.push(...checkText(names.get(name) ?? name, value, rules));
  }
  return found;
}

function checkText(path: string, text: string, rules: FieldLimits): Violation[] {
  const { minLength = 0, maxLength = Infinity, pattern = "", enum: values } = rules;
  const actual = lengthOf(text);
  const found: Violation[] = [];
  const refuse = (kind: Violation["kind"], limit: string, max: number | string, what: string): void =>
    void found.push({ path, kind, limit, max, actual, message: `${path}${what}` });
  if (actual < minLength)
    refuse("limit", "minLength", minLength, `: ${actual} characters, at least ${minLength} needed`);
  else if (pattern && !new RegExp(pattern, "u").test(text))
    refuse(
      "invalid",
      "pattern",
      pattern,
      pattern === "\\S" ? " must not be blank" : ` must match /${pattern}/`,
    );
  if (actual > maxLength)
    refuse("limit", "maxLength", maxLength, `: ${actual} characters, ${maxLength} allowed`);
  if (values && !values.includes(text))
    refuse("invalid", "enum", values.join(), ` must be one of ${values.join(", ")}`);
  return found;
}

/** Checks a metadata document, as it would be stored, against the vendor's rules. */
export function checkDocument(provider: Provider, document: Metadata): Violation[] {
  const { metadata: rules, limits } = provider;
  const bounds = rules && limits[rules.field];
  if (!rules || (!bounds && rules.values === "json")) return [];
  return checkMetadata(encodeDocument(provider, document), bounds ?? {}, rules);
}

/** What can be known before a read: what the changes alone would break on an empty document. */
export function checkPatch(provider: Provider, change: MetadataChange): Violation[] {
  const violations = checkDocument(provider, mergeMetadata({}, change.patch, change));
  if (provider.metadata?.write !== "patch" || change.merge === "deep") return violations;
  const nulls = Object.keys(change.patch).filter((key) => change.patch[key] === null);
  return [
    ...violations,
    ...nulls.map((key) => ({
      path: inMetadata(key),
      kind: "invalid" as const,
      message: `${inMetadata(key)} cannot be null: ${provider.name} removes the key then, which is what \`unset\` is for`,
    })),
  ];
}
