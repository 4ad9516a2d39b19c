import { type Metadata, spellPath } from "./metadata/json.ts";
import type { Parsed, SchemaIssue, StandardSchema } from "./schema.ts";

/** Has a schema look at a document. One that throws has an issue with the whole of it. Never rejects. */
export async function runSchema(
  schema: StandardSchema,
  document: Metadata,
  aborted: Promise<never> | undefined,
): Promise<Parsed> {
  try {
    // A copy: what a schema does to its argument must not get into what is sent.
    const checked = schema["~standard"].validate(structuredClone(document));
    const { issues, ...rest } = await (aborted ? Promise.race([checked, aborted]) : checked);
    return issues ? refusal(issues) : { ...rest, violations: [] };
  } catch (error) {
    return refusal([{ message: `${error}` }]);
  }
}

function refusal(issues: readonly SchemaIssue[]): Parsed {
  const paths = issues.map(({ path = [] }) =>
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
