import type { Problem } from "./types.ts";

/** How deep JSON in a body may nest: what walks it must not run out of stack. */
const MAX_DEPTH = 500;

/** The text of a request's body, or what is wrong with it before anybody reads it. */
export interface Body {
  readonly text: string;
  readonly problem?: Problem;
}

/** Reads the body of a request, but no more than `limit` bytes of it. */
export async function readBody(request: Request, limit: number): Promise<Body> {
  const tooLarge: Body = { text: "", problem: { kind: "too_large", limit } };
  if (Number(request.headers.get("content-length") ?? 0) > limit) return tooLarge;
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return tooLarge;
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  if (!isDeeperThan(text, MAX_DEPTH)) return { text };
  return { text: `${text.slice(0, 1000)}…`, problem: { kind: "too_deep", limit: MAX_DEPTH } };
}

/** Whether brackets of a JSON text nest deeper than `most`. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === BRACE + 2 || code === BRACKET + 2) depth -= 1;
  }
  return false;
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `{` and `[`; their closing twins stand two further. */
const BRACE = 0x7b;
const BRACKET = 0x5b;
