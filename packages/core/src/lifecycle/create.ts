import { type ApiResponse, type ConvoError, isConvoError } from "@convo/client";
import { callOnce, restOf } from "../call.ts";
import { createError, describeId, validationError } from "../errors.ts";
import { isDocument, type Metadata, metadataKey, own } from "../metadata/json.ts";
import { type OperationContext, withId } from "../observe/operation.ts";
import { assertOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import { type CreateRules, type ExternalIdRules, rulesFor } from "../provider/verbs.ts";
import { get } from "../read/get.ts";
import type { CommonField, Warning } from "../types/conversation.ts";
import type { GetResult, HttpOptions, Unsupported } from "../types/update.ts";
import type { CreateResult } from "../types/verbs.ts";
import { encodeDocument, toCreateBody, toRecordNames } from "../wire/body.ts";
import { idOf, toListed } from "../wire/from-wire.ts";
import { toWire } from "../wire/to-wire.ts";
import { checkFit, parseMetadata } from "../wire/validate.ts";

/** Options of a create at run time, without their types. */
export interface RuntimeCreateOptions extends HttpOptions {
  readonly externalId?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly unsupported?: Unsupported;
}

/** What is sent to create a conversation. */
interface Creation {
  readonly body: Metadata;
  readonly warnings: readonly Warning[];
}

/**
 * Creates a conversation; with an `externalId` that the vendor knows already, returns that one instead.
 *
 * @throws ConvoError before any request for changes that cannot be made; afterwards a kind of the transport, with
 * `outcome: "unknown"` if the conversation may have been created
 */
export async function create(
  provider: Provider,
  operation: OperationContext,
  changes: unknown,
  options: RuntimeCreateOptions = {},
): Promise<CreateResult> {
  assertOptions(provider.name, "create", options);
  const { externalId, query, unsupported, ...http } = options;
  const rules = rulesFor(provider, "create");
  const creation = await prepareCreation(provider, operation, rules, changes, options);
  if (externalId !== undefined) {
    const first = await findExternal(provider, operation, rules, externalId, http);
    if (first) return { ...resultOf(operation, first, creation), existed: true };
  }
  const input = { path: provider.path, query, body: creation.body };
  let response: ApiResponse<unknown>;
  try {
    response = await callOnce(provider, operation, "write", rules.route, input, http);
  } catch (error) {
    if (!isConvoError(error)) throw error;
    const unknown = error.outcome === "unknown";
    // Its answer was lost, or somebody else has created it meanwhile.
    const mayExist = unknown || error.kind === "conflict" || error.kind === "invalid";
    const found =
      mayExist &&
      externalId !== undefined &&
      (await findExternal(provider, operation, rules, externalId, http).catch(() => undefined));
    if (found) return { ...resultOf(operation, found, creation), existed: !unknown };
    throw unknown ? mayBeCreated(provider, rules, error) : error;
  }
  const made = await created(provider, operation, rules, response, http);
  return { ...resultOf(operation, made, creation), existed: false };
}

function mayBeCreated(provider: Provider, rules: CreateRules, error: ConvoError): ConvoError {
  return createError(
    provider,
    error.kind,
    "The conversation may have been created",
    rules.externalId
      ? "Repeat it with the same `externalId`: it returns the first one if that was created."
      : "Look for it at the vendor before you create it again.",
    { status: error.status, requestId: error.requestId, outcome: "unknown", cause: error },
  );
}

/** Checks and copies what the conversation begins with; nothing is sent. */
async function prepareCreation(
  provider: Provider,
  operation: OperationContext,
  rules: CreateRules,
  changes: unknown,
  options: RuntimeCreateOptions,
): Promise<Creation> {
  const { externalId, unsupported } = options;
  checkChanges(provider, rules, changes, externalId);
  const given = Object.values(Object(changes)).some((value) => value !== undefined);
  const wire = given ? toWire(provider, changes, unsupported ? { unsupported } : {}) : undefined;
  const document = wire?.metadata?.patch;
  const fit = provider.metadata
    ? await checkFit(provider, document ?? {}, restOf(provider, operation, options))
    : undefined;
  if (fit && fit.violations.length > 0)
    throw validationError(provider.name, fit.violations, fit.issues ? { issues: fit.issues } : {});
  return {
    body: toCreateBody(provider, {
      ...wire?.set,
      ...(provider.metadata && document && { [provider.metadata.field]: encodeDocument(provider, document) }),
      ...(rules.externalId && externalId !== undefined && { [rules.externalId.field]: externalId }),
    }),
    warnings: wire?.warnings ?? [],
  };
}

const AS_OPTION = "as an option: `create(changes, { externalId })`";

/** Where an external id can be kept if the vendor has no place for it. */
const otherPlace = ({ metadata }: Provider): string =>
  metadata
    ? "keep your id in the metadata, such as `create({ metadata: { externalId } })`"
    : "it has no metadata either, so keep your id on your side, beside the id that `create` returns";

function checkChanges(
  provider: Provider,
  { lacks = [], externalId: rules }: CreateRules,
  changes: unknown,
  externalId: unknown,
): void {
  const { name, fields } = provider;
  const given = isDocument(changes) ? changes : {};
  const refusals: [path: string, message: string][] = [];
  if (changes !== undefined && given !== changes) refusals.push(["changes", "must be an object"]);
  for (const field of ["unset", "lists"])
    if (given[field] !== undefined) refusals.push([field, "means nothing to a new conversation"]);
  const isLacking = (field: string): boolean =>
    (lacks as readonly string[]).includes(field) ||
    (lacks.includes("metadata") && metadataKey(fields[field as CommonField] ?? "") !== undefined);
  for (const field of Object.keys(given).filter(isLacking))
    if (given[field] !== undefined)
      refusals.push([field, "cannot be set when the conversation is created: update it afterwards"]);
  if (rules && isDocument(given.native) && own(given.native, rules.field) !== undefined)
    refusals.push([`native.${rules.field}`, `is the external id: give it ${AS_OPTION}`]);
  const misplaced = given.externalId !== undefined;
  if (misplaced && rules) refusals.push(["externalId", `is not a change: give it ${AS_OPTION}`]);
  else if (externalId === undefined && rules?.required)
    refusals.push([
      "externalId",
      `is required, since ${name} names conversations by it: give it ${AS_OPTION}`,
    ]);
  if ((externalId !== undefined || misplaced) && !rules)
    refusals.push(["externalId", `is not supported by ${name}: ${otherPlace(provider)}`]);
  else if (externalId !== undefined && (typeof externalId !== "string" || externalId.trim() === ""))
    refusals.push(["externalId", "must be a string that is not blank"]);
  if (refusals.length > 0)
    throw validationError(
      name,
      refusals.map(([path, message]) => ({ path, kind: "invalid", message: `${path} ${message}` })),
    );
}

/** The conversation with an external id; `undefined` where there is none. */
async function findExternal(
  provider: Provider,
  operation: OperationContext,
  { externalId }: CreateRules,
  id: string,
  http: HttpOptions,
): Promise<GetResult | undefined> {
  const { find, field } = externalId as ExternalIdRules;
  try {
    if (find === "lookup") return await withId(operation, id, (part) => get(provider, part, http));
    const path = { ...provider.path, [provider.data.id]: id };
    const input = { path, query: find };
    const response = await callOnce(provider, operation, "read", provider.data.read, input, http);
    const found = isDocument(response.data) ? own(response.data, field) : undefined;
    if (found !== id)
      throw createError(provider, "bad_response", `The answer is not about ${field} ${JSON.stringify(id)}`);
    return await toResult(provider, operation, http, response, response.data);
  } catch (error) {
    if (isConvoError(error) && error.kind === "not_found") return undefined;
    throw error;
  }
}

/** What the vendor created: from its answer, or from a read where that tells the id alone. */
async function created(
  provider: Provider,
  operation: OperationContext,
  { returns, route }: CreateRules,
  response: ApiResponse<unknown>,
  http: HttpOptions,
): Promise<GetResult> {
  const { data } = response;
  const { in: box, id: idField }: { in?: string; id?: string } = typeof returns === "object" ? returns : {};
  const body = box !== undefined && isDocument(data) ? own(data, box) : data;
  const named =
    idField !== undefined && isDocument(body)
      ? { [provider.data.idField]: own(body, idField) ?? null }
      : isDocument(body) && toRecordNames(provider, body);
  const id = named ? idOf(provider, named) : undefined;
  if (id === undefined)
    throw createError(
      provider,
      "bad_response",
      `The answer of ${route} does not name the new conversation`,
      "It was probably created: look for it at the vendor.",
      { ...response, outcome: "unknown" },
    );
  const read =
    returns !== "id" && idField === undefined
      ? toResult(provider, operation, http, response, body)
      : withId(operation, id, (part) => get(provider, part, http)).then(withItsId(id));
  return read.catch((error) => {
    if (!isConvoError(error)) throw error;
    throw createError(
      provider,
      error.kind,
      `${describeId(id)} was created, and reading it failed: ${error.message}`,
      "Read it with `get`.",
      { status: error.status, requestId: error.requestId, outcome: "unknown", cause: error },
    );
  });
}

/** The id as every call takes it, though a read may give it as text. */
const withItsId =
  (id: string | number) =>
  (result: GetResult): GetResult => ({ ...result, conversation: { ...result.conversation, id } });

/** A conversation that an answer holds. */
async function toResult(
  provider: Provider,
  operation: OperationContext,
  http: HttpOptions,
  response: ApiResponse<unknown>,
  body: unknown,
): Promise<GetResult> {
  const { raw, ...conversation } = toListed(provider, body);
  const limits = restOf(provider, operation, http);
  const { value: parsedMetadata } = await parseMetadata(provider, conversation.metadata, limits);
  const { requestId, httpRequests } = response;
  return { conversation, parsedMetadata, raw, httpRequests, ...(requestId && { requestId }) };
}

function resultOf(
  { vendor: provider, httpRequests }: OperationContext,
  { conversation, parsedMetadata, raw, requestId }: GetResult,
  { warnings }: Creation,
): Omit<CreateResult, "existed"> {
  return {
    provider,
    id: conversation.id,
    conversation,
    parsedMetadata,
    raw,
    warnings,
    httpRequests,
    ...(requestId && { requestId }),
  };
}
