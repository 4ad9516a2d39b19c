import type { FieldLimits } from "@convo/client";
import { inMetadata, type Metadata, spellPath } from "../metadata/json.ts";
import { checkMetadata, lengthOf, type Violation } from "../metadata/limits.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { Provider } from "../provider/provider.ts";
import type { SchemaIssue, StandardSchema } from "../types/schema.ts";
import { type TimeLeft, within } from "../within.ts";
import { encodeDocument } from "./body.ts";
import type { MetadataChange, WireChange } from "./change.ts";

/** Whether changes may be sent: the vendor's limits of fields and metadata, and the caller's schema. */

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
function checkDocument(provider: Provider, document: Metadata): Violation[] {
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

/** What a schema makes of a document. */
export interface ParsedMetadata {
  /** Its output; `undefined` without a schema. */
  readonly value?: unknown;
  readonly violations: readonly Violation[];
  readonly issues?: readonly SchemaIssue[];
}

/** What nothing was found wrong with, and no schema has seen. */
export const FITS: ParsedMetadata = { violations: [] };

/** Checks a document that is to be sent against the vendor's limits and the caller's schema; a promise only where there is one. */
export function checkFit(
  provider: Provider,
  document: Metadata,
  limits: TimeLeft,
): ParsedMetadata | Promise<ParsedMetadata> {
  const violations = checkDocument(provider, document);
  if (!provider.schema) return { violations };
  return parseMetadata(provider, document, limits).then((parsed) => ({
    ...parsed,
    violations: [...violations, ...parsed.violations],
  }));
}

/** Has the provider's schema look at a document. Throws `ConvoError`, `aborted` or `timeout`. */
export async function parseMetadata(
  provider: Provider,
  document: Metadata | undefined,
  limits: TimeLeft,
): Promise<ParsedMetadata> {
  const { schema } = provider;
  if (!schema || !document) return FITS;
  return within(provider, "the schema", ask(schema, document), limits);
}

/** A schema that throws has an issue with the whole document. */
async function ask(schema: StandardSchema, document: Metadata): Promise<ParsedMetadata> {
  try {
    // A copy: what a schema does to its argument must not get into what is sent.
    const { issues, ...rest } = await schema["~standard"].validate(structuredClone(document));
    return issues ? refusedBy(issues) : { ...rest, violations: [] };
  } catch (error) {
    return refusedBy([{ message: String(error) }]);
  }
}

/** Issues are violations, also when there are none of them: then it is about the whole document. */
function refusedBy(
  issues: NonNullable<Awaited<ReturnType<StandardSchema["~standard"]["validate"]>>["issues"]>,
): ParsedMetadata {
  const paths = (issues.length > 0 ? issues : [{ message: "" }]).map(({ path = [] }) =>
    spellPath(
      "metadata",
      path.map((key) => String(typeof key === "object" ? key.key : key)),
    ),
  );
  const violations = [...new Set(paths)].map((path) => ({
    path,
    kind: "invalid" as const,
    message: `${path} breaks the schema`,
  }));
  return { violations, issues };
}
