import { type CallOptions, type ClientOptions, DEFAULTS, type Target } from "@convo/client";
import { invalidArgument } from "../errors.ts";
import { metadataKey } from "../metadata/json.ts";
import { assertOptions } from "../options.ts";
import type { CommonField } from "../types/conversation.ts";
import type { StandardSchema } from "../types/schema.ts";
import type { VendorClient } from "../types/shape.ts";
import { within } from "../within.ts";
import { createLookup } from "./lookup.ts";
import type { Provider, ProviderOptions } from "./provider.ts";
import type { ProviderData } from "./record.ts";

/** A factory's options, without their types. */
export interface RuntimeOptions extends ProviderOptions {
  fields?: Partial<Record<CommonField, string>>;
  encode?: boolean;
  schema?: StandardSchema;
}

/** Puts a record and the caller's options together. Throws `ConvoError`, `invalid`, for options that are missing or collide. */
export function configure(data: ProviderData, given: RuntimeOptions = {}): Provider {
  const pathNames = [...data.update.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}`);
  const client = data.client(Object(given) === given ? clientOptions(given, pathNames) : given);
  const { fields: mapped, encode = false, schema, ...options } = given;
  const { vendor } = client;
  assertOptions(vendor.name, "a provider", {
    fields: mapped,
    encode,
    schema,
    account: options.account,
    lock: options.lock,
  });
  const metadata = data.metadata && "field" in data.metadata ? data.metadata : null;
  if (encode && metadata?.values !== "string")
    throw invalidArgument(
      vendor.name,
      "encode",
      `encode means nothing here: metadata of ${vendor.name} holds any JSON value, or there is none`,
    );
  const path: Record<string, string> = {};
  for (const name of pathNames) {
    if (name === data.id) continue;
    const value = (options as Record<string, unknown>)[name];
    const text = Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== "string" || text.trim() === "")
      throw invalidArgument(vendor.name, name, `the option ${name} is required`);
    path[name] = text;
  }
  const operation = Object.values(vendor.operations).find(({ route }) => route === data.update);
  const fields = mapFields(vendor.name, data, metadata !== null, mapped);
  const { createdAt, updatedAt } = data.timestamps;
  const named = [...Object.values(fields), metadata?.field, data.idField, createdAt, updatedAt];
  const nested = named.filter((name) => name?.includes(".") && metadataKey(name) === undefined) as string[];
  return {
    name: vendor.name,
    data,
    client,
    options,
    fields,
    metadata,
    encode,
    path,
    answerNames: [...nested.map((path) => [path, path] as const), ...Object.entries(data.answerNames ?? {})],
    nested,
    resend: operation?.fields ?? data.resend ?? [],
    limits: limitsIn(operation?.limits, data.envelope?.request),
    ...(schema && { schema }),
    ...(options.observe && { observe: options.observe }),
    scope: JSON.stringify([vendor.name, options.account, path]),
    lookup: data.lookup && createLookup(client, data.lookup, data),
    resolveTarget: cacheTarget(client, options),
  };
}

/** Limits of what is in the envelope, by its own names. */
function limitsIn(limits: Provider["limits"] = {}, box: string | undefined): Provider["limits"] {
  if (box === undefined) return limits;
  const inside = Object.entries(limits).filter(([name]) => name.startsWith(`${box}.`));
  return Object.fromEntries(inside.map(([name, rules]) => [name.slice(box.length + 1), rules]));
}

/** Where each common field goes: as the record says, unless the caller has mapped it otherwise. */
function mapFields(
  vendor: string,
  data: ProviderData,
  hasMetadata: boolean,
  mapped: RuntimeOptions["fields"] = {},
): Record<CommonField, string | null> {
  const fields = {} as Record<CommonField, string | null>;
  for (const [name, target = ""] of Object.entries(mapped))
    if (!Object.hasOwn(data.fields, name) || typeof target !== "string")
      throw invalidArgument(vendor, "fields", `fields.${name} must map a common field to a name`);
  for (const [name, usual] of Object.entries(data.fields)) {
    const answer = mapped[name as CommonField] ?? usual;
    const target = typeof answer === "string" ? answer : null;
    if (target && Object.values(fields).includes(target))
      throw invalidArgument(vendor, "fields", `two fields are mapped to ${target}`);
    if (target && metadataKey(target) !== undefined && !hasMetadata)
      throw invalidArgument(vendor, "fields", `${target}: ${vendor} has no metadata`);
    fields[name as CommonField] = target;
  }
  return fields;
}

/** Without core's own options and those that go into the path: the client refuses what it does not know. */
function clientOptions(given: RuntimeOptions, pathNames: readonly string[]): ClientOptions {
  const { fields, encode, schema, account, lock, ...rest } = given;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !pathNames.includes(name)));
}

/** The target of the client's own options never changes; only a key function has to be called each time, and may take its time. */
function cacheTarget(client: VendorClient, { deadlineMs }: ProviderOptions): Provider["resolveTarget"] {
  let usual: Target | undefined;
  return (options: CallOptions) => {
    const { apiKey, baseUrl, headers } = options;
    const isUsual = apiKey === undefined && baseUrl === undefined && headers === undefined;
    if (usual && isUsual) return usual;
    // Without the options that are core's own: the client refuses what it does not know.
    const target = client.resolveTarget({
      ...(apiKey !== undefined && { apiKey }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(headers !== undefined && { headers }),
    });
    if (target instanceof Promise)
      return within(client.vendor, "the apiKey function", target, {
        signal: options.signal,
        deadlineMs: options.deadlineMs ?? deadlineMs ?? DEFAULTS.deadlineMs,
      });
    if (isUsual) usual = target;
    return target;
  };
}
