// A worker that updates one conversation per request. `convo` is shared by all requests, or made for each.
import { createConvo, openai } from "@convo/core";

/** Milliseconds of the timers that have run out, until something is sent: what core waits before a caller's turn. */
let waitedMs = 0;
let counting = false;
const { setTimeout } = globalThis;
globalThis.setTimeout = (work, ms, ...rest) =>
  setTimeout(
    () => {
      if (counting) waitedMs += ms;
      work(...rest);
    },
    ms,
    ...rest,
  );
const fetch = (url, init) => {
  counting = false;
  return globalThis.fetch(url, init);
};

let shared;
const make = (baseUrl) => createConvo({ openai: openai({ baseUrl, apiKey: "sk-turns", fetch }) });

export default {
  async fetch(request, { VENDOR }) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/count") {
      const counted = waitedMs;
      [waitedMs, counting] = [0, true];
      return Response.json(counted);
    }
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
