import { type Metadata, spellPath } from "./metadata/json.ts";
import type { Parsed, SchemaIssue, StandardSchema } from "./schema.ts";

/**
 * Has a schema look at a document. One that throws has an issue with the whole of it.
 *
 * @param signal aborted when nobody waits for the answer any more
 * @throws the signal's reason, and nothing else
 */
export async function runSchema(
  schema: StandardSchema,
  document: Metadata,
  signal: AbortSignal | undefined,
): Promise<Parsed> {
  try {
    // A copy: what a schema does to its argument must not get into what is sent.
    const checked = schema["~standard"].validate(structuredClone(document));
    const { issues, ...rest } = await (signal ? Promise.race([checked, aborted(signal)]) : checked);
    return issues ? refusal(issues) : { ...rest, violations: [] };
  } catch (error) {
    signal?.throwIfAborted();
    return refusal([{ message: `${error}` }]);
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    if (signal.aborted) reject(signal.reason);
  });

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
