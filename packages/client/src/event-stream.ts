/** A response of server-sent events, as an async iterable of what the vendor's spec calls an event. */
import type { Call } from "./call.ts";
import type { ConvoError } from "./errors.ts";
import { createEventParser, type ServerSentEvent } from "./event-parser.ts";
import type { BodyReader } from "./options.ts";
import type { ReceivedResponse } from "./read-body.ts";
import type { EventStream } from "./results.ts";

/** Events that an error of a broken stream carries. */
const KEPT_EVENTS = 1_000;

/**
 * The stream of a response whose head has arrived. `timeoutMs` limits the silence between two chunks, `deadlineMs`, only
 * if this call was given one, the whole stream. The caller's signal closes the connection at any moment.
 */
export function createEventStream(call: Call, { reader, ...head }: ReceivedResponse): EventStream<unknown> {
  const source = reader as BodyReader;
  const signal = call.options.signal;
  const close = async (): Promise<void> => {
    signal?.removeEventListener("abort", abort);
    try {
      await source.cancel();
    } catch {}
  };
  const abort = (): void => void close();
  // Also while nobody reads: an aborted stream must not hold its socket.
  signal?.addEventListener("abort", abort);
  let iterated = false;
  let cancelled = false;
  const cancel = (): Promise<void> => {
    cancelled = true;
    return close();
  };
  const iterate = async function* (): AsyncGenerator<unknown, void> {
    if (iterated) throw call.error("invalid", "was streamed: its events can be iterated once");
    iterated = true;
    const events: unknown[] = [];
    try {
      for await (const event of readEvents(call, source)) {
        if (event === DONE) return;
        events.push(event);
        if (events.length > 2 * KEPT_EVENTS) events.splice(0, KEPT_EVENTS);
        yield event;
      }
      if (!cancelled)
        throw call.error("network", "was streamed and broke off before its end", undefined, {
          status: head.status,
          headers: head.headers,
        });
    } catch (error) {
      if (cancelled) return;
      const broken = withEvents(error as ConvoError, events.slice(-KEPT_EVENTS));
      call.emit("onError", { error: broken });
      throw broken;
    } finally {
      await close();
    }
  };
  return {
    cancel,
    [Symbol.asyncIterator]() {
      const events = iterate();
      return {
        next: () => events.next(),
        // A generator's own would wait for the next event, and close nothing where none was asked for yet.
        return: async () => {
          await cancel();
          return events.return();
        },
      };
    },
  };
}

const DONE: unique symbol = Symbol("done");

async function* readEvents(call: Call, reader: BodyReader): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  const parser = createEventParser(call.settings.maxResponseBytes);
  for (;;) {
    const value = await readChunk(call, reader);
    const parsed = parser.push(value ? decoder.decode(value, { stream: true }) : decoder.decode());
    for (const event of parsed) yield toData(call, event);
    if (parser.tooLarge)
      throw call.error(
        "bad_response",
        `was streamed an event over maxResponseBytes (${call.settings.maxResponseBytes})`,
        "Raise maxResponseBytes.",
      );
    if (!value) return;
  }
}

/** The next bytes; undefined at the end of the connection. */
async function readChunk(call: Call, reader: BodyReader): Promise<Uint8Array | undefined> {
  const { timeoutMs } = call.settings;
  const { signal, deadlineMs } = call.options;
  const left =
    deadlineMs === undefined ? Number.POSITIVE_INFINITY : call.begun + deadlineMs - performance.now();
  const end = (late: boolean): never => {
    if (!late)
      throw call.error("aborted", "was aborted by its signal while it streamed", "", {
        cause: signal?.reason,
      });
    throw call.error(
      "timeout",
      left < timeoutMs
        ? `was not streamed to its end within deadlineMs (${deadlineMs} ms)`
        : `was streamed, and then silent for timeoutMs (${timeoutMs} ms)`,
    );
  };
  try {
    const { value } = await call.within(Math.min(left, timeoutMs), end, async () => reader.read());
    return value;
  } catch (error) {
    throw call.networkError(error, true);
  }
}

/** What an event holds; vendors end a stream with a `[DONE]` that is not JSON, and one that fails with an event named `error`. */
function toData(call: Call, { event, data }: ServerSentEvent): unknown {
  if (data === "[DONE]") return DONE;
  if (event === "error") throw streamedError(call, data);
  try {
    return JSON.parse(data);
  } catch {
    const { excerpt } = call.readError(data);
    throw call.error("bad_response", `was streamed an event that is not JSON: ${excerpt}`);
  }
}

/** The stream was accepted and then failed at the vendor; what the vendor says of it is the error's `body`. */
function streamedError(call: Call, data: string): ConvoError {
  const { body, excerpt } = call.readError(data);
  return call.error("server", `was streamed an error: ${excerpt}`, undefined, { body });
}

function withEvents(error: ConvoError, events: readonly unknown[]): ConvoError {
  // A stream that was accepted is never asked for again by the client: the vendor may have its own way to go on.
  return Object.defineProperty(error, "events", { value: events, configurable: true });
}
