import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createClient, type Fetch, type StreamPromise } from "../src/index.ts";
import { conversation, failure, json, KEY, makeClient, openai, startServer } from "./helpers.ts";

/** A `fetch` whose bodies are Node streams, and which leaves it to the client to close them. */
const overNode =
  (agent: Agent): Fetch =>
  (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const answered = (response: IncomingMessage): void =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(response.headers as Record<string, string>),
          body: response,
        });
      request(url, { method, headers, agent }, answered)
        .on("error", reject)
        .end(typeof body === "object" ? Buffer.from(body) : body);
    });

interface Streaming {
  watch(id: string, body?: undefined, options?: object): StreamPromise<number>;
}
const streaming = {
  ...openai,
  operations: { watch: { route: "POST /c/{id}/stream", kind: "read", body: "optional", stream: {} } },
} as const;

const server = await startServer();
const fetch = overNode(new Agent());
const client = createClient<Streaming & ReturnType<typeof makeClient>>(streaming, {
  apiKey: KEY,
  baseUrl: server.origin,
  fetch,
  retry: "never",
});
const socketsClosed = async (): Promise<void> => {
  while (server.sockets.size) await sleep(5);
};

/** Answers with one event and then nothing. */
const silent = (_request: unknown, response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
};

test("a stream of events that falls silent ends in time", async () => {
  server.on(silent);
  const error = await failure(
    (async () => {
      for await (const _event of client.watch("c", undefined, { timeoutMs: 300 }));
    })(),
  );
  expect(error).toMatchObject({ kind: "timeout", events: [1] });
  await socketsClosed();
});

test("abort, leaving the loop and cancel close the connection of a stream, whether it is read or not", async () => {
  server.on(silent);
  for (const leave of ["abort", "break", "cancel", "abort unread", "cancel unread"]) {
    const aborts = new AbortController();
    const stream = await client.watch("c", undefined, { signal: aborts.signal });
    const end = (): void => void (leave.startsWith("abort") ? aborts.abort() : stream.cancel());
    if (leave.endsWith("unread")) end();
    else {
      const reading = (async () => {
        for await (const _event of stream) {
          if (leave === "break") break;
          // Once the next read waits.
          setImmediate(end);
        }
      })();
      if (leave === "abort") expect(await failure(reading)).toMatchObject({ kind: "aborted", events: [1] });
      else await reading;
    }
    await socketsClosed();
  }
});

test("the body of a redirect, and what is over the limit, hold no connection", async () => {
  server.on(({ url }, response) =>
    url.includes("moved")
      ? json(response, 200, conversation, { connection: "close" })
      : response.writeHead(302, { location: "/moved" }).write("its end never comes"),
  );
  expect(await makeClient(server.origin, { fetch }).getConversation("c")).toEqual(conversation);
  await socketsClosed();
  server.on((_request, response) => void response.writeHead(200).write("x".repeat(2000)));
  const small = makeClient(server.origin, { fetch, maxResponseBytes: 1000 });
  expect(await failure(small.getConversation("c"))).toMatchObject({ kind: "bad_response" });
  await socketsClosed();
});

test("one connection serves many calls", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const length = String(JSON.stringify(conversation).length);
  server.on((_request, response) => json(response, 200, conversation, { "content-length": length }));
  const kept = makeClient(server.baseUrl, { fetch: overNode(agent) });
  for (let n = 0; n < 3; n++) expect(await kept.getConversation("c")).toEqual(conversation);
  agent.destroy();
});
