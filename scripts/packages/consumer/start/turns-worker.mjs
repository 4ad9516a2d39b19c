// A worker that updates one conversation per request. `convo` is shared by all requests, or made for each.
import { createConvo, openai } from "@convo/core";

let shared;
const make = (baseUrl) => createConvo({ openai: openai({ baseUrl, apiKey: "sk-turns" }) });

export default {
  async fetch(request, { VENDOR }) {
    const { pathname, searchParams } = new URL(request.url);
    const convo = (searchParams.has("shared") && shared) || make(VENDOR);
    if (searchParams.has("shared")) shared = convo;
    const update = convo.openai.update(searchParams.get("id"), {
      metadata: { [searchParams.get("key")]: "1" },
    });
    if (pathname === "/forget") {
      update.catch(() => {});
      return new Response("not awaited");
    }
    try {
      return Response.json((await update).conversation.metadata);
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
