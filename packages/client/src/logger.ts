import type { CallEvent, ClientListener } from "./observe.ts";

/** Where lines go: the global `console`, or anything with its four methods. */
export interface LogSink {
  /** Takes the line of a request. */
  debug(line: string): unknown;
  /** Takes the line of a response. */
  info(line: string): unknown;
  /** Takes the line of a retry. */
  warn(line: string): unknown;
  /** Takes the line of a failed call. */
  error(line: string): unknown;
}

/** How much is logged: requests (`debug`), responses (`info`), retries (`warn`), failed calls (`error`). */
export type LogLevel = "debug" | "info" | "warn" | "error";

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/**
 * A listener that logs one line per event: `createOpenAIClient({ observe: logger(console) })`. No header, no query, no
 * credential is ever in it; bodies only with `bodies: true`.
 *
 * @param options.level the least that is logged; default `"info"`
 * @param options.bodies whether request and response bodies are logged too, at their event's level; default false
 */
export function logger(
  sink: LogSink,
  options: { readonly level?: LogLevel | undefined; readonly bodies?: boolean | undefined } = {},
): ClientListener {
  const { level = "info", bodies = false } = options;
  const log = (at: LogLevel, event: CallEvent, text: string): void => {
    if (LEVELS.indexOf(at) < LEVELS.indexOf(level)) return;
    const body = event.body === undefined ? "" : ` ${event.body}`;
    sink[at](`[${event.provider}] ${event.route} ${text}${body}`);
  };
  return {
    bodies,
    onRequest: (event) => log("debug", event, `attempt ${event.attempt}`),
    onResponse: (event) => {
      const { status, ms, requestId } = event;
      log("info", event, `${status} in ${Math.round(ms)} ms${requestId ? ` (request ${requestId})` : ""}`);
    },
    onRetry: (event) => log("warn", event, `again in ${event.waitMs} ms after ${event.error.kind}`),
    // The message names provider and route itself.
    onError: ({ error }) => void sink.error(error.message),
  };
}
