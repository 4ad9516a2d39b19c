import type { Target } from "./endpoint.ts";
import { errorFactory } from "./errors.ts";
import type { Http } from "./http.ts";
import { createLazyHttp } from "./lazy-http.ts";
import { createMethod } from "./methods.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { createRequest, type SendRoute } from "./request.ts";
import { createTransport } from "./transport.ts";
import type { Operation, Vendor } from "./vendor.ts";

/** What every client has, whatever its vendor. */
export interface AnyClient {
  readonly vendor: Vendor;
  /** Sends one request by its route and returns data, status, headers, request id and what it took. */
  readonly request: SendRoute;
  /**
   * Where a call with these options would go, and as whom. A promise only if the key has to be asked for. Throws or
   * rejects as the call itself would: kind `invalid` or `auth`.
   */
  readonly resolveTarget: (options?: CallOptions) => Target | Promise<Target>;
}

/** A client: one method per operation (declared by the generated interface) over one transport. */
export interface Client<Paths extends {}> extends AnyClient {
  /**
   * openapi-fetch on the same transport: returns `{ data, error, response }`, throws only where there is no response.
   * It is loaded at its first call.
   */
  readonly http: Http<Paths>;
}

/**
 * Makes a client from a vendor's generated data, with one method per operation.
 * Throws ConvoError kind `invalid` or `auth` for invalid options; the environment is read at the first call.
 */
export function createClient<C extends AnyClient>(vendor: Vendor, options: ClientOptions = {}): C {
  const createError = errorFactory(vendor.name);
  const transport = createTransport(vendor, options, createError);
  const { send, resolveTarget } = transport;
  const sendInput = createRequest(send, createError);
  const request: SendRoute = async (route, input, options) => {
    const misplaced = Object(options).query !== undefined;
    const problem = "takes its query beside path and body";
    return sendInput(route, misplaced ? { ...input, problem } : input, options);
  };
  const client: Record<string, unknown> = {
    vendor,
    request,
    resolveTarget,
    http: createLazyHttp(transport, options.http, createError),
  };
  for (const name in vendor.operations) {
    const operation = vendor.operations[name] as Operation;
    client[name] = createMethod(
      operation,
      (input, options) => sendInput(operation.route, input, options),
      createError,
    );
  }
  return client as unknown as C;
}
