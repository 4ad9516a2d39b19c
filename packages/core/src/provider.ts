import type { ClientOptions, FieldLimits } from "@convo/client";
import type { CheckedData, FieldsOf, MetadataOf } from "./check-data.ts";
import type { CommonField } from "./conversation.ts";
import { invalid } from "./errors.ts";
import { createLookup, type Lookup } from "./lookup.ts";
import type { MetadataRules, ProviderData, VendorClient } from "./provider-data.ts";
import type { Shape, ShapeOf, UserFields } from "./shape.ts";
import type { PathOf } from "./spec-types.ts";

/** Anything that lets one holder at a time in: a mutex, a Postgres advisory lock, a Redis lock. */
export interface Lock {
  /**
   * Runs `fn` while nobody else holds `key`, and settles as `fn` does.
   * @param signal aborted when no caller waits for the result any more
   */
  withLock<T>(key: string, fn: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** One step of an update, told when it is over. It never holds metadata. */
export interface Step {
  readonly step: "lookup" | "read" | "merge" | "write" | "verify" | "wait" | "retry";
  readonly provider: string;
  readonly id: string | number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** How many callers' changes it was for. */
  readonly callers: number;
}

/** Options that every provider takes, beside those of its client. */
export interface ProviderOptions extends ClientOptions {
  /** Tells accounts apart whose conversations may share ids. Updates are queued per vendor, server, account and conversation. */
  account?: string;
  /** Held from the read to the last check of every update: with it, nothing is lost across processes either. */
  lock?: Lock;
  /** Called after every step of an update; what it throws is ignored. */
  steps?: (step: Step) => void;
}

/** A configured provider: a record, a client, and what the caller chose. `createConvo` takes it. */
export interface Provider<S extends Shape = Shape> {
  readonly name: string;
  readonly data: ProviderData;
  readonly client: S["client"];
  readonly options: ProviderOptions;
  /** Where each common field goes on the wire: a field, `metadata.<key>`, or nowhere. */
  readonly fields: Readonly<Record<CommonField, string | null>>;
  readonly metadata: MetadataRules | null;
  /** Whether any JSON value may be kept where the vendor holds strings only. */
  readonly encode: boolean;
  /** Path parameters besides the id. */
  readonly path: Readonly<Record<string, string>>;
  /** Limits of the fields of the update's body, from the spec. */
  readonly limits: Readonly<Record<string, FieldLimits>>;
  /** What tells this provider's conversations from those of any other. */
  readonly scope: string;
  readonly lookup: Lookup | undefined;
  /** Only for the type checker; not there at run time. */
  readonly shape?: S;
}

type None = Record<never, never>;

type PathOptions<Paths, U extends string, Id> = Omit<PathOf<Paths, U>, Id & PropertyKey>;

/** Everything a provider's factory takes; path parameters other than the id are required. */
export type FactoryOptions<Rest, UF, Encode> = ProviderOptions & {
  /** Puts a common field where this vendor has none of its own: `{ name: "metadata.title" }`, or into another of its fields. */
  fields?: UF;
  /** Keeps any JSON value in metadata that holds only strings, with `encodeMetadata`; reads give the values back. Default false. */
  encode?: Encode;
} & { readonly [K in keyof Rest]: Rest[K] };

/** Makes configured providers of one vendor. `data` is the record, for docs and capability tables. */
export interface ProviderFactory<Paths, C, R extends string, U extends string, Id extends string, F, M, L> {
  <const UF extends UserFields<Paths, U, M, Encode> = None, const Encode extends boolean = false>(
    ...options: None extends PathOptions<Paths, U, Id>
      ? [options?: FactoryOptions<None, UF, Encode>]
      : [options: FactoryOptions<PathOptions<Paths, U, Id>, UF, Encode>]
  ): Provider<ShapeOf<Paths, C, R, U, Id, F, M, L, UF, Encode>>;
  readonly data: ProviderData;
}

/**
 * Checks a provider record against a vendor's generated `paths` and makes the provider's factory of it.
 * A route, key or value type that the spec does not have is a compile error on the line that names it, and so is a
 * common field without an answer.
 */
export function defineProvider<Paths>() {
  return <
    C extends VendorClient,
    const R extends string,
    const U extends string,
    const Id extends string,
    const Self extends string,
    const F extends FieldsOf<Paths, R, U>,
    const M extends MetadataOf<Paths, R, U>,
    const L extends string = never,
    const Rows extends string = never,
  >(
    data: CheckedData<Paths, R, U, Id, Self, L, Rows> & {
      readonly client: (options?: ClientOptions) => C;
      readonly fields: F;
      readonly metadata: M;
    },
  ): ProviderFactory<Paths, C, R, U, Id, F, M, L> => {
    const create = (options?: RuntimeOptions): Provider =>
      configure(data as unknown as ProviderData, options);
    return Object.assign(create, { data }) as never;
  };
}

interface RuntimeOptions extends ProviderOptions {
  fields?: Partial<Record<CommonField, string>>;
  encode?: boolean;
}

function configure(
  data: ProviderData,
  { fields: mapped, encode = false, ...options }: RuntimeOptions = {},
): Provider {
  const client = data.client(options);
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
