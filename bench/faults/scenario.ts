import type { ErrorKind } from "@convo/client";

/** One request as the fault server saw it. */
export interface Seen {
  readonly method: string;
  /** The whole request target. */
  readonly path: string;
  /** Request target with the key of the scenario cut off, `/v1/conversations/conv_1`. */
  readonly target: string;
  /** The decoded last segment. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds on the server's clock. */
  readonly at: number;
  /** Number of the TCP connection. */
  readonly socket: number;
  /** How many requests this connection had served before. */
  readonly reused: number;
  /** How many requests of this scenario came before. */
  readonly before: number;
  /** How many requests for the same id came before. */
  readonly sameId: number;
  /** Which of the server's origins it came to. */
  readonly origin: Origin;
}

/** What the server does with the socket, one after the other. After the last step it waits for the next request. */
export type Step =
  | { readonly send: string | Uint8Array }
  | { readonly wait: number }
  /** Sends the text again and again, at most `bytes`, as fast as the peer reads or one per `everyMs`. */
  | { readonly flood: string | Uint8Array; readonly bytes: number; readonly everyMs?: number }
  | { readonly hang: true }
  | { readonly end: "fin" | "reset" };

/** The server's side of one request. */
export type Answer = (seen: Seen, origins: Origins) => readonly Step[];

/** Where a client can be pointed: `main` plays scenarios, `other` is a stranger, the rest fail before HTTP begins. */
export type Origin = "main" | "other" | "refused" | "late" | "slam" | "tls" | "plainAsTls" | "tlsAsPlain";
export type Origins = Readonly<Record<Origin, string>>;

/** Options the scenario gives to every client, under each client's own names. */
export interface Limits {
  readonly timeoutMs?: number;
  /** Only ours has one; the others get the same wall. */
  readonly deadlineMs?: number;
  readonly maxRetries?: number;
}

/** What a careful client does. A kind is asked of ours; of the others any error of their own class with the same status. */
export interface Expect {
  /** `right`: the conversation as the server has it. Else the kinds of error that are right. */
  readonly result: "right" | readonly ErrorKind[];
  /** Both are fine: the error, or the right result (an id that is refused, or sent faithfully). */
  readonly orRight?: true;
  readonly status?: number;
  /** Whether ours must say that the write may have been applied. */
  readonly outcome?: "unknown" | "known";
  /** Milliseconds ours must report as the vendor's wish. */
  readonly retryAfterMs?: number;
  /** Requests of the whole scenario, least and most. */
  readonly requests?: readonly [number, number];
  /** The most writes that may reach the server. */
  readonly writes?: number;
  /** Least milliseconds between two requests. */
  readonly gapMs?: number;
  /** Least milliseconds between the first and the last of the retries of parallel calls. */
  readonly spreadMs?: number;
  /** Most milliseconds until the call settles. */
  readonly withinMs?: number;
  /** Most TCP connections. */
  readonly sockets?: number;
  /** Most abort listeners left on the signal. */
  readonly listeners?: number;
  /** The most memory the process may ever have had, in MB. */
  readonly peakMb?: number;
}

/** One fault: what is called, what the server does, what a careful client makes of it. */
export interface Scenario {
  readonly name: string;
  readonly group: string;
  readonly op: "read" | "update" | "create";
  /** Default `conv_1`. */
  readonly id?: unknown;
  /** Per request, the last one repeats. Default: a good answer. */
  readonly server?: readonly Answer[];
  readonly expect: Expect;
  readonly origin?: Origin;
  readonly limits?: Limits;
  /** Laid over the options of the client, under our names (`apiKey`, `baseUrl`, `timeoutMs`, ...). */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Calls at once (`parallel`), rounds of them (`rounds`); ids are numbered then. */
  readonly parallel?: number;
  readonly rounds?: number;
  /** Milliseconds until the caller aborts; 0 is before the call. */
  readonly abortMs?: number;
  /** Through the layer that knows what was asked for: `@convo/core` for ours, the bare client for the others. */
  readonly checked?: true;
  /** What is looked at for the key besides errors. */
  readonly inspect?: true;
  /** Runs in a process of its own, when little else runs. */
  readonly solo?: true;
}

/** The key every client is given. Seeing it anywhere but on the wire is a fault. */
export const KEY = "sk-bench-0123456789-SECRET";
/** A second secret, for base URLs with a password. */
export const PASSWORD = "hunter2-SECRET";

/** Names of one group are written once. */
export function group(name: string, scenarios: readonly Omit<Scenario, "group">[]): Scenario[] {
  return scenarios.map((scenario) => ({ group: name, ...scenario }));
}
