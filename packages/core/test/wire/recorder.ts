import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One request exactly as it came: the URL undecoded, the body as text. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What the server says; without `body` nothing at all. */
export interface Scripted {
  readonly status?: number;
  readonly body?: unknown;
  /** A stream of events in place of the body; `[DONE]` ends it. */
  readonly events?: readonly unknown[];
}

/** A server that writes down what arrives and answers what it is told. */
export interface Recorder {
  readonly baseUrl: string;
  readonly seen: Recorded[];
  /** Forgets what was seen, and answers so from now on. */
  answer(next: (request: Recorded) => Scripted): void;
  close(): Promise<void>;
}

/** Starts a recorder on a free port of this machine. */
export async function record(): Promise<Recorder> {
  const seen: Recorded[] = [];
  let answer: (request: Recorded) => Scripted = () => ({ status: 500, body: { message: "not scripted" } });
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, text };
    seen.push(one);
    const { status = 200, body, events } = answer(one);
    if (events) {
      const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
      return response
        .writeHead(status, { "content-type": "text/event-stream" })
        .end(`${text}data: [DONE]\n\n`);
    }
    if (body === undefined) return response.writeHead(status).end();
    return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer(next) {
      seen.length = 0;
      answer = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
