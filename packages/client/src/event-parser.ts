/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). */
export interface ServerSentEvent {
  /** Absent where the stream names none. */
  readonly event?: string;
  readonly data: string;
}

/** Parses text as it arrives, however it is cut. */
export interface EventParser {
  /** The events that this text completes. */
  push(text: string): ServerSentEvent[];
  /** Whether one event, complete or not, is larger than allowed; nothing more is parsed then. */
  readonly tooLarge: boolean;
}

/** A parser of events of at most `maxLength` characters. A text is looked at once, so a large event costs no more than its length. */
export function createEventParser(maxLength: number): EventParser {
  /** The line that has begun, in pieces. */
  let pieces: string[] = [];
  let data: string[] = [];
  let event: string | undefined;
  /** Characters of the event so far. */
  let length = 0;
  let endedWithCr = false;
  let tooLarge = false;

  const readField = (line: string): void => {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") data.push(value);
    if (name === "event") event = value;
  };

  const push = (text: string): ServerSentEvent[] => {
    const events: ServerSentEvent[] = [];
    let from = endedWithCr && text.startsWith("\n") ? 1 : 0;
    if (text) endedWithCr = text.endsWith("\r");
    let cr = text.indexOf("\r");
    let lf = text.indexOf("\n");
    while (!tooLarge) {
      if (cr >= 0 && cr < from) cr = text.indexOf("\r", from);
      if (lf >= 0 && lf < from) lf = text.indexOf("\n", from);
      const end = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
      const piece = end < 0 ? text.slice(from) : text.slice(from, end);
      length += piece.length;
      tooLarge = length > maxLength;
      if (piece) pieces.push(piece);
      if (end < 0) break;
      const line = pieces.length === 1 ? (pieces[0] as string) : pieces.join("");
      pieces = [];
      from = end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1);
      if (line) {
        if (line[0] !== ":") readField(line);
        continue;
      }
      if (data.length) events.push({ ...(event !== undefined && { event }), data: data.join("\n") });
      data = [];
      event = undefined;
      length = 0;
    }
    return events;
  };

  return {
    push,
    get tooLarge() {
      return tooLarge;
    },
  };
}
