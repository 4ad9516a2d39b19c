import { pause } from "./pause.ts";
import type { StreamEvent } from "./types.ts";

/** What a fault does to a stream once `after` of its events are sent. */
export interface StreamFault {
  readonly kind: "break-stream" | "stall-stream";
  readonly after: number;
}

/** How the events of a reply go out. */
export interface StreamPlan {
  /** Milliseconds between one event and the next. */
  readonly intervalMs: number;
  /** What follows the last event. */
  readonly end: string;
  /** Ends a pause: the caller is gone, or the sandbox closes. */
  readonly signals: readonly AbortSignal[];
  readonly fault?: StreamFault;
}

/**
 * The frames of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), one
 * after the other in real time. A stream that a fault breaks off just ends early; one that stalls waits until it is
 * aborted, and then throws the reason.
 */
export async function* frames(
  events: readonly StreamEvent[],
  { intervalMs, end, signals, fault }: StreamPlan,
): AsyncGenerator<string, void> {
  for (const [sent, { event, data }] of events.entries()) {
    if (fault && sent >= fault.after) {
      if (fault.kind === "stall-stream") await pause(undefined, signals);
      return;
    }
    if (sent > 0) await pause(intervalMs, signals);
    yield `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
  }
  if (end !== "") yield end;
}

/**
 * A body that is pulled chunk by chunk. A reader who leaves, and a sandbox that closes, end it quietly.
 * @param leave tells the source that its reader left
 */
export function toStream(
  chunks: AsyncGenerator<Uint8Array, void>,
  { closing, leave = () => undefined }: { readonly closing?: AbortSignal; leave?(): void } = {},
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (closing?.aborted) controller.close();
        else controller.error(error);
      }
    },
    async cancel() {
      leave();
      // It may be in the middle of a pause, which the leaving ends by throwing.
      await chunks.return().catch(() => undefined);
    },
  });
}
