/** A Cloudflare Worker: `PUT /<conversation>/<topic>` sets the topic. The key is a secret of the Worker. */
import { createConvo, isConvoError } from "@convo/core";
import { openai } from "@convo/core/openai";

/** Bindings of the Worker. */
export interface Env {
  readonly OPENAI_API_KEY: string;
  /** Only in tests. */
  readonly OPENAI_BASE_URL?: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [id, topic] = pathOf(request);
    if (request.method !== "PUT" || !id || !topic) return new Response("PUT /<id>/<topic>", { status: 400 });
    const convo = createConvo({
      openai: openai({ apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL }),
    });
    try {
      // The request ends with the caller: nothing is sent for somebody who is gone.
      const { confirmed } = await convo.openai.update(
        id,
        { metadata: { topic } },
        { signal: request.signal },
      );
      return Response.json({ confirmed });
    } catch (error) {
      if (!isConvoError(error)) throw error;
      return Response.json({ error: error.kind }, { status: STATUS[error.kind] ?? 502 });
    }
  },
};

/** The caller's own mistakes. `error.status` would be the wrong answer: a login page at the vendor's address comes with 200. */
const STATUS: Readonly<Record<string, number>> = {
  not_found: 404,
  invalid: 400,
  limit: 422,
  rate_limited: 429,
};

/** The parts of the path, decoded; none where a `%` in it means nothing. */
function pathOf({ url }: Request): string[] {
  try {
    return new URL(url).pathname.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return [];
  }
}
