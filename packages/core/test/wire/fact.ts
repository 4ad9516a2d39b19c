import type { ClientOptions, PagePromise } from "@convo/client";
import type { Scripted } from "./recorder.ts";

/** What a vendor documents about one operation, as one call and what has to arrive. Written from its documentation. */
export interface Fact<Args extends readonly unknown[] = readonly unknown[]> {
  /** The arguments of the client's method. */
  readonly args: Args;
  /** Verb, path and query as they go over the wire, after the base URL. */
  readonly sends: string;
  /** The JSON body that arrives; absent: none, and no content type either. */
  readonly body?: unknown;
  /** What the vendor answers, and the method returns: a JSON body. */
  readonly answer?: unknown;
  /** The events the vendor streams in place of an answer, and the method gives when iterated. */
  readonly events?: readonly unknown[];
  /** Statuses without any body; the method returns undefined. */
  readonly empty?: readonly number[];
  /** The status of `answer` where it is not 200. */
  readonly status?: number;
  /** Other answers seen of this vendor, which the method returns as well. */
  readonly also?: readonly Scripted[];
  /** Why the client does not do this yet. */
  readonly broken?: string;
}

type Method = (...args: never[]) => PromiseLike<unknown> | PagePromise<unknown, unknown>;
type Operations<C> = Omit<C, "vendor" | "request" | "resolveTarget" | "http">;

/** A fact for every operation of a client; the compiler asks for the missing ones and refuses the unknown ones. */
export type Facts<C> = {
  readonly [Name in keyof Operations<C>]: Operations<C>[Name] extends Method
    ? Fact<Parameters<Operations<C>[Name]>>
    : never;
};

/** A vendor as its documentation describes it. */
export interface VendorFacts<C = unknown> {
  readonly name: string;
  readonly create: (options?: ClientOptions) => C;
  /** The production base URL. */
  readonly baseUrl: string;
  readonly key: string;
  /** The header that carries the key, in lower case; left out where it is `authorization`. */
  readonly keyHeader?: string;
  /** The whole value of that header for that key. */
  readonly authorization: string;
  readonly env: {
    readonly apiKey: string;
    readonly baseUrl: string;
    /** Request header in lower case -> environment variable. */
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly operations: Facts<C>;
}
