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
    const [, id = "", topic = ""] = new URL(request.url).pathname.split("/");
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
      return Response.json({ error: error.kind }, { status: error.status ?? 502 });
    }
  },
};
