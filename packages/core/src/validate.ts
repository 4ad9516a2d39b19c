import { type Metadata, spellPath } from "./metadata/json.ts";
import type { Violation } from "./metadata/limits.ts";
import type { Provider } from "./provider/provider.ts";
import type { SchemaIssue, StandardSchema } from "./types/schema.ts";
import { checkDocument } from "./wire/limits.ts";
import { type TimeLeft, within } from "./within.ts";

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
