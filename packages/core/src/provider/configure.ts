import { type ClientOptions, readEnv } from "@convo/client";
import { invalid } from "../errors.ts";
import type { CommonField } from "../types/conversation.ts";
import type { StandardSchema } from "../types/schema.ts";
import { createLookup } from "./lookup.ts";
import type { Provider, ProviderOptions } from "./provider.ts";
import type { ProviderData, VendorClient } from "./record.ts";

/** A factory's options, their types worn off. */
export interface RuntimeOptions extends ProviderOptions {
  fields?: Partial<Record<CommonField, string>>;
  encode?: boolean;
  schema?: StandardSchema;
}

/** Puts a record and the caller's options together. Throws `ConvoError`, `invalid`, for options that are missing or collide. */
export function configure(data: ProviderData, given: RuntimeOptions = {}): Provider {
  const inPath = [...data.update.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}`);
  const client = data.client(
    Object(given) === given ? clientOptions(given, inPath) : (given as ClientOptions),
  );
  const { fields: mapped, encode = false, schema, ...options } = given;
  const { vendor } = client;
  const metadata = data.metadata && "field" in data.metadata ? data.metadata : null;
  const path: Record<string, string> = {};
  for (const name of inPath) {
    const value = (options as Record<string, unknown>)[name];
    if (name === data.id) continue;
    if (typeof value !== "string" || value.trim() === "")
      throw invalid(vendor.name, name, `the option ${name} is required`);
    path[name] = value;
  }
  const fields = {} as Record<CommonField, string | null>;
  for (const [name, answer] of Object.entries({ ...data.fields, ...mapped })) {
    const target = typeof answer === "string" ? answer : null;
    if (target && Object.values(fields).includes(target))
      throw invalid(vendor.name, "fields", `two fields are mapped to ${target}`);
    if (target?.startsWith("metadata.") && !metadata)
      throw invalid(vendor.name, "fields", `${target}: ${vendor.name} has no metadata`);
    fields[name as CommonField] = target;
  }
  const operation = Object.values(vendor.operations).find(({ route }) => route === data.update);
  const { createdAt, updatedAt } = data.timestamps;
  const named = [...Object.values(fields), metadata?.field, data.idField, createdAt, updatedAt];
  return {
    name: vendor.name,
    data,
    client,
    options,
    fields,
    metadata,
    encode,
    path,
    nested: named.filter((name) => name?.includes(".") && !name.startsWith("metadata.")) as string[],
    resend: operation?.fields ?? data.resend ?? [],
    limits: operation?.limits ?? {},
    scope: JSON.stringify([vendor.name, baseUrlOf(client, options), options.account, path]),
    ...(schema && { schema }),
    ...(options.observe && { observe: options.observe }),
    lookup: data.lookup && createLookup(client, data.lookup, data),
  };
}

/** What is left without core's own options and those that go into the path: the client refuses what it does not know. */
function clientOptions(given: RuntimeOptions, inPath: readonly string[]): ClientOptions {
  const { fields, encode, schema, account, lock, observe, ...rest } = given;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !inPath.includes(name)));
}

/** The server a client talks to, by the same precedence as the client itself. */
export const baseUrlOf = (
  { vendor }: VendorClient,
  { baseUrl, server }: Pick<ClientOptions, "baseUrl" | "server">,
): string => {
  const own = vendor.baseUrl.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(server?.[name] ?? vendor.variables?.[name]),
  );
  return (baseUrl ?? readEnv(vendor.env.baseUrl) ?? own).replace(/\/+$/, "");
};
