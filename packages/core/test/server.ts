import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: Record<string, unknown>;
}

/** An answer; `drop` closes the connection instead. */
export type Answer =
  | {
      status?: number;
      type?: string;
      headers?: Readonly<Record<string, string>>;
      body?: unknown;
      text?: string;
    }
  | "drop";

/** A vendor that answers as a test wants it, over real HTTP. */
export interface TestServer {
  readonly baseUrl: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** Starts a server on a free port; close it when the test is over. */
export async function serve(
  answer: (seen: Seen, count: number) => Answer | Promise<Answer>,
): Promise<TestServer> {
  const seen: Seen[] = [];
  const server: Server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const one = { method: request.method ?? "", url: request.url ?? "", body: text ? JSON.parse(text) : {} };
    seen.push(one);
    const reply = await answer(one, seen.length);
    if (reply === "drop") return request.socket.destroy();
    response.writeHead(reply.status ?? 200, {
      "content-type": reply.type ?? "application/json",
      ...reply.headers,
    });
    return response.end(reply.text ?? JSON.stringify(reply.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Something to wait for until a test lets it go on. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
