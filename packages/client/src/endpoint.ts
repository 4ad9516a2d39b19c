import { type CreateError, isConvoError } from "./errors.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { isCredential, safeCause } from "./redact.ts";
import { type Checked, type CheckedHeaders, checkBaseUrl, checkHeaders } from "./resolve-options.ts";
import { safely } from "./safely.ts";
import type { Vendor } from "./vendor.ts";

/** Where a request goes and what it carries whatever the operation. */
export interface Endpoint {
  readonly baseUrl: string;
  /** Names in lower case; a key that is text is among them. */
  readonly headers: Record<string, string>;
  /** Gives the key's header for one attempt, if the key is a function. Rejects with kind `auth`. */
  readonly resolveKey: (() => Promise<string>) | undefined;
}

/** Where a call would go and as whom, with the key resolved. */
export interface Target {
  /** Canonical: two spellings of one URL are equal. */
  readonly baseUrl: string;
  /** Equal for two calls exactly when key and credential headers are. Compare it, never show it; not enumerable. */
  readonly credentials: string;
  /**
   * Options that send a call to exactly this target; frozen, and not enumerable. The client knows them again, also spread
   * into other options, and does not check them twice.
   */
  readonly callOptions: Readonly<Pick<CallOptions, "apiKey" | "baseUrl" | "headers">>;
}

type Overrides = Pick<Checked<CallOptions>, "apiKey" | "baseUrl" | "headers">;

/** The endpoints of one client's calls. */
export interface Endpoints {
  /** The header of the key, in lower case. */
  readonly keyHeader: string;
  /** The endpoint of a call with these options. Throws kind `invalid` or `auth`. */
  resolve(overrides?: Overrides): Endpoint;
  /** The target of a call with these options, a promise of it if the key has to be asked for. */
  target(overrides: Overrides): Target | Promise<Target>;
  /** Options of a target of this client, by their headers, which are checked already and frozen: nobody else can make them. */
  trusted(headers: unknown): Target["callOptions"] | undefined;
}

/** The key is checked at once, the environment is read at the first call. Throws kind `auth`. */
export function createEndpoints(
  vendor: Vendor,
  client: Checked<ClientOptions>,
  createError: CreateError,
): Endpoints {
  const { auth, env } = vendor;
  const keyHeader = auth.header.toLowerCase();
  const targets = new WeakMap<object, Endpoint & Pick<Target, "callOptions">>();
  let environment: { readonly baseUrl: string; readonly headers: CheckedHeaders } | undefined;
  let usual: Endpoint | undefined;

  /** The header's value for a key. Throws kind `auth`. */
  const keyValue = (key: unknown): string => {
    const text = checkKey(key, env.apiKey, createError);
    return auth.prefix + (auth.encoding ? btoa(text) : text);
  };

  const askKey = async (apiKey: () => unknown): Promise<string> => {
    try {
      return keyValue(await apiKey());
    } catch (error) {
      if (isConvoError(error)) throw error;
      const cause = safeCause(error, []);
      throw createError("auth", "the apiKey function failed", "See the cause.", { cause });
    }
  };

  const make = (overrides: Overrides): Endpoint => {
    environment ??= readEnvironment(vendor, client, createError);
    const merged: CheckedHeaders = { ...environment.headers, ...client.headers };
    // A key of this call wins over a credential header of the client's.
    if (overrides.apiKey !== undefined) delete merged[keyHeader];
    Object.assign(merged, overrides.headers);
    const apiKey = overrides.apiKey === undefined ? client.apiKey : overrides.apiKey;
    const needsKey = apiKey !== null && merged[keyHeader] === undefined;
    const dynamic = needsKey && typeof apiKey === "function" ? apiKey : undefined;
    if (needsKey && !dynamic) merged[keyHeader] = keyValue(apiKey ?? readEnv(env.apiKey));
    const headers: Record<string, string> = {};
    for (const header in merged) {
      const value = merged[header];
      if (value != null) headers[header] = value;
    }
    return {
      baseUrl: overrides.baseUrl ?? environment.baseUrl,
      headers,
      resolveKey: dynamic && (() => askKey(dynamic)),
    };
  };

  const resolve = (overrides: Overrides = {}): Endpoint => {
    const { apiKey, baseUrl, headers } = overrides;
    if (apiKey === undefined && baseUrl === undefined && headers === undefined) {
      usual ??= make({});
      return usual;
    }
    const target = headers && targets.get(headers);
    return target && apiKey === null && baseUrl === target.baseUrl ? target : make(overrides);
  };

  const toTarget = (baseUrl: string, headers: Record<string, string>, overrides: Overrides): Target => {
    const accounts = Object.keys(env.headers ?? {}).map((header) => header.toLowerCase());
    const identity = Object.entries(headers)
      .filter(([name]) => name === keyHeader || accounts.includes(name) || isCredential(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const callOptions = Object.freeze({
      baseUrl,
      apiKey: null,
      headers: Object.freeze({ ...overrides.headers, ...Object.fromEntries(identity) }),
    });
    targets.set(callOptions.headers, { baseUrl, headers, resolveKey: undefined, callOptions });
    return Object.defineProperties({ baseUrl } as Target, {
      credentials: { value: JSON.stringify(identity) },
      callOptions: { value: callOptions },
    });
  };

  if (typeof client.apiKey !== "function" && client.apiKey != null) keyValue(client.apiKey);
  return {
    keyHeader,
    resolve,
    target: (overrides) => {
      const { baseUrl, headers, resolveKey } = resolve(overrides);
      if (!resolveKey) return toTarget(baseUrl, headers, overrides);
      return resolveKey().then((key) => toTarget(baseUrl, { ...headers, [keyHeader]: key }, overrides));
    },
    trusted: (headers) => targets.get(headers as object)?.callOptions,
  };
}

/** The base URL, and the headers of every request but the caller's. */
function readEnvironment(
  { env, headers: fixedHeaders, name, baseUrl: template, variables }: Vendor,
  client: Checked<ClientOptions>,
  createError: CreateError,
): { baseUrl: string; headers: CheckedHeaders } {
  const headers: CheckedHeaders = {
    accept: "application/json",
    ...checkHeaders(fixedHeaders ?? {}, "headers", createError),
  };
  if (isServer()) headers["user-agent"] = `convo-${name}`;
  for (const header in env.headers) {
    const value = readEnv(env.headers[header]);
    if (value === undefined) continue;
    Object.assign(headers, checkHeaders({ [header]: value }, `variable ${env.headers[header]}`, createError));
  }
  if (client.baseUrl !== undefined) return { headers, baseUrl: client.baseUrl };
  const url = readEnv(env.baseUrl) ?? fillServer(template, { ...variables, ...client.server }, createError);
  const option = env.baseUrl ? `${env.baseUrl} (baseUrl)` : "baseUrl";
  return { headers, baseUrl: checkBaseUrl(url, option, createError) };
}

/**
 * Fills the variables of the vendor's own base URL, once it is needed. A value is part of a host name or a path segment, never
 * more, so that the key cannot be sent to another host.
 */
function fillServer(
  template: string,
  variables: Readonly<Record<string, unknown>>,
  createError: CreateError,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (typeof value === "string" && /^[\w-]+(\.[\w-]+)*$/.test(value)) return value;
    throw createError("invalid", `server.${name} is ${value ? "malformed" : "missing"}`);
  });
}

/** Returns the trimmed key if it can be one. Throws kind `auth` with a message that does not contain it. */
function checkKey(key: unknown, variable: string, createError: CreateError): string {
  const text = typeof key === "string" ? key.trim() : key;
  if (typeof text === "string" && /^[!-~]+$/.test(text)) return text;
  throw key === undefined || text === ""
    ? createError("auth", "there is no API key", `Set ${variable} or pass apiKey; apiKey: null sends none.`)
    : createError(
        "auth",
        `the API key (${variable} or apiKey) is malformed`,
        'Give it without "Bearer " and without white space inside.',
      );
}

/** An environment variable, trimmed; undefined if empty, or where there are none or the runtime does not show them. */
export function readEnv(name = ""): string | undefined {
  return safely(() => (globalThis as { process?: NodeJS.Process }).process?.env?.[name]?.trim() || undefined);
}

/** Node, Bun, Deno and workers; a browser's preflight would have to allow a header that scripts need not send. */
function isServer(): boolean {
  const { document, process } = globalThis as { document?: unknown; process?: NodeJS.Process };
  return document === undefined && process?.versions?.node !== undefined;
}
