import { failure } from "./errors.ts";
import type { Http } from "./http.ts";
import { createLazyHttp } from "./lazy-http.ts";
import { createMethod } from "./methods.ts";
import type { ClientOptions } from "./options.ts";
import { createRequest, type SendRoute } from "./request.ts";
import { createTransport } from "./transport.ts";
import type { Operation, Vendor } from "./vendor.ts";

/** What every client has, whatever its vendor. */
export interface AnyClient {
  readonly vendor: Vendor;
  /** Sends one request by its route and returns data, status, headers, request id and attempts. */
  readonly request: SendRoute;
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
 * Throws ConvoError kind `invalid` or `auth` for options that cannot be meant; the environment is read at the first call.
 */
export function createClient<C extends AnyClient>(vendor: Vendor, options: ClientOptions = {}): C {
  const fail = failure(vendor.name);
  const send = createTransport(vendor, options, fail);
  const request = createRequest(send, fail);
  const client: Record<string, unknown> = { vendor, request, http: createLazyHttp(send, fail) };
  for (const name in vendor.operations) {
    client[name] = createMethod(vendor.operations[name] as Operation, request, fail);
  }
  return client as unknown as C;
}
