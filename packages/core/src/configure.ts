import type { ClientOptions } from "@convo/client";
import type { CommonField } from "./conversation.ts";
import { invalid } from "./errors.ts";
import { createLookup } from "./lookup.ts";
import type { Provider, ProviderOptions } from "./provider.ts";
import type { MetadataRules, ProviderData, VendorClient } from "./provider-data.ts";
import type { StandardSchema } from "./schema.ts";

/** A factory's options, their types worn off. */
export interface RuntimeOptions extends ProviderOptions {
  fields?: Partial<Record<CommonField, string>>;
  encode?: boolean;
  schema?: StandardSchema;
}

/** Puts a record and the caller's options together. Throws `ConvoError`, `invalid`, for options that are missing or collide. */
export function configure(data: ProviderData, given: RuntimeOptions = {}): Provider {
  const client = data.client(given);
  const { fields: mapped, encode = false, schema, ...options } = given;
  const { vendor } = client;
  const metadata = rulesOf(data);
  const fields = { ...mapFields(data), ...mapped };
  const targets = Object.values(fields).filter((target) => target !== null);
  const path: Record<string, string> = {};
  for (const [, name = ""] of data.update.matchAll(/\{(\w+)\}/g)) {
    const value = (options as Record<string, unknown>)[name];
    if (name === data.id) continue;
    if (typeof value !== "string" || value.trim() === "")
      throw invalid(vendor.name, name, `the option ${name} is required`);
    path[name] = value;
  }
  for (const target of targets) {
    if (targets.indexOf(target) !== targets.lastIndexOf(target))
      throw invalid(vendor.name, "fields", `two fields are mapped to ${target}`);
    if (target.startsWith("metadata.") && !metadata)
      throw invalid(vendor.name, "fields", `${target}: ${vendor.name} has no metadata`);
  }
  const operations = Object.values(vendor.operations);
  return {
    name: vendor.name,
    data,
    client,
    options,
    fields,
    metadata,
    encode,
    path,
    limits: operations.find(({ route }) => route === data.update)?.limits ?? {},
    scope: JSON.stringify([vendor.name, baseUrlOf(client, options), options.account, path]),
    ...(schema && { schema }),
    ...(options.observe && { observe: options.observe }),
    lookup: data.lookup && createLookup(client, data.lookup, data),
  };
}

function rulesOf({ metadata }: ProviderData): MetadataRules | null {
  return metadata && "field" in metadata ? metadata : null;
}

function mapFields({ fields }: ProviderData): Record<CommonField, string | null> {
  const entries = Object.entries(fields).map(([name, answer]) => [
    name,
    typeof answer === "string" ? answer : null,
  ]);
  return Object.fromEntries(entries) as Record<CommonField, string | null>;
}

/** The server a client talks to, by the same precedence as the client itself. */
export function baseUrlOf({ vendor }: VendorClient, { baseUrl }: ClientOptions): string {
  return (baseUrl || variableOf(vendor.env.baseUrl) || vendor.baseUrl).replace(/\/+$/, "");
}

/** An environment variable, undefined where there are none or the runtime (Deno without permission) does not show them. */
function variableOf(name: string | undefined): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return name && process?.env?.[name];
  } catch {
    return undefined;
  }
}
