import { type Violation, failure } from "./errors.ts";
import { type Metadata, spellPath } from "./metadata/json.ts";
import { type Provider } from "./provider/provider.ts";
import { type SchemaIssue, type StandardSchema } from "./types/schema.ts";
import { checkDocument } from "./wire/limits.ts";

/** What a schema makes of a document. */
export interface Parsed {
  /** Its output; the document itself where there is no schema. */
  readonly value?: unknown;
  readonly violations: readonly Violation[];
  readonly issues?: readonly SchemaIssue[];
}

/**
 * Has the provider's schema look at a document.
 *
 * @param signal aborted when nobody waits for the answer any more
 * @param ms how long it may take
 * @throws UpdateError of kind `aborted` or `timeout`
 */
export async function parse(
  provider: Provider,
  document: Metadata | undefined,
  signal?: AbortSignal,
  ms?: number,
): Promise<Parsed> {
  const { schema } = provider;
  if (!schema || !document) return { value: document, violations: [] };
  return runSchema(provider, schema, document, signal, ms);
}

/** Checks a document that is to be sent against the vendor's limits and the caller's schema. */
export async function checkFit(
  provider: Provider,
  document: Metadata,
  signal?: AbortSignal,
): Promise<Parsed> {
  const parsed = await parse(provider, document, signal);
  return { ...parsed, violations: [...checkDocument(provider, document), ...parsed.violations] };
}

/** Has a schema look at a document, as `parse` does. One that throws has an issue with the whole of it. */
export async function runSchema(
  provider: Provider,
  schema: StandardSchema,
  document: Metadata,
  signal?: AbortSignal,
  ms?: number,
): Promise<Parsed> {
  const late = ms === undefined ? undefined : AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
  const over = new AbortController();
  try {
    // A copy: what a schema does to its argument must not get into what is sent.
    const checked = schema["~standard"].validate(structuredClone(document));
    const { issues, ...rest } = await Promise.race([checked, aborted(signal, over), aborted(late, over)]);
    return issues ? refusal(issues) : { ...rest, violations: [] };
  } catch (error) {
    if (late?.aborted) throw failure(provider, "timeout", "The schema did not answer within deadlineMs");
    if (signal?.aborted) throw failure(provider, "aborted", "It was aborted before the schema answered");
    return refusal([{ message: String(error) }]);
  } finally {
    over.abort();
  }
}

/** Listens no longer than it has to: a caller may give one signal to a million calls. */
const aborted = (signal: AbortSignal | undefined, over: AbortController): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener("abort", reject, { signal: over.signal });
    if (signal?.aborted) reject();
  });

/** Issues make a refusal, also when there are none of them: then it is about the whole document. */
function refusal(issues: readonly SchemaIssue[]): Parsed {
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
