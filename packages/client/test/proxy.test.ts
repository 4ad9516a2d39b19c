import { execFile } from "node:child_process";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { promisify } from "node:util";
import { EnvHttpProxyAgent, ProxyAgent, fetch as undiciOwnFetch } from "undici";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Fetch } from "../src/index.ts";
import { undiciFetch } from "../src/undici.ts";
import {
  conversation,
  failure,
  json,
  KEY,
  listen,
  makeClient,
  REFUSING_ORIGIN,
  startServer,
} from "./helpers.ts";

const LOGIN = `Basic ${Buffer.from("user:pass").toString("base64")}`;

/** A real proxy with a password: tunnels (CONNECT) and addresses in absolute form. It logs what it was asked for. */
async function startProxy(): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const refused = (headers: IncomingMessage["headers"]): boolean => headers["proxy-authorization"] !== LOGIN;
  const proxy = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = "", url = "", headers } = incoming;
    asked.push(`${method} ${url}`);
    if (refused(headers)) return void outgoing.writeHead(407).end();
    const { "proxy-authorization": _, ...rest } = headers;
    const onward = request(url, { method, headers: rest }, (answer) =>
      answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, answer.headers)),
    );
    incoming.pipe(onward);
  });
  const sockets = new Set<Socket>();
  proxy.on("connect", ({ url = "", headers }: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${url}`);
    if (refused(headers)) return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    for (const one of [socket, onward]) sockets.add(one.on("error", () => {}));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return { origin: await listen(proxy), asked };
}

describe("proxies", async () => {
  const server = await startServer();
  const { origin, asked } = await startProxy();
  const uri = origin.replace("//", "//user:pass@");
  const { host } = new URL(server.origin);
  const address = `POST ${server.baseUrl}/conversations/c`;
  beforeEach(() => {
    asked.length = 0;
    server.on((_request, response) => json(response, 200, conversation));
  });

  const over = (dispatcher: ProxyAgent): [Fetch, ProxyAgent] => [undiciFetch({ dispatcher }), dispatcher];
  test.each<[string, () => [Fetch, { close(): Promise<void> }], string]>([
    ["undiciFetch, tunnelled", () => over(new ProxyAgent({ uri, proxyTunnel: true })), `CONNECT ${host}`],
    ["undiciFetch, not tunnelled", () => over(new ProxyAgent({ uri, proxyTunnel: false })), address],
    [
      "undiciFetch and the environment's variables",
      () => {
        const dispatcher = new EnvHttpProxyAgent({ httpProxy: uri, noProxy: "" });
        return [undiciFetch({ dispatcher }), dispatcher];
      },
      address,
    ],
    [
      "your own fetch",
      () => {
        const dispatcher = new ProxyAgent({ uri, proxyTunnel: true });
        return [(url, init) => undiciOwnFetch(url, { ...init, dispatcher }), dispatcher];
      },
      `CONNECT ${host}`,
    ],
  ])("%s: the call goes through the proxy, whole and once", async (_name, make, asks) => {
    const [fetch, dispatcher] = make();
    const client = makeClient(server.baseUrl, { fetch });
    expect(await client.updateConversation("c", { a: 1 })).toEqual(conversation);
    expect(asked).toEqual([asks]);
    expect(server.seen).toMatchObject([{ body: '{"a":1}', headers: { authorization: `Bearer ${KEY}` } }]);
    expect(server.seen[0]?.headers["proxy-authorization"]).toBeUndefined();
    await dispatcher.close();
  });

  test("undiciFetch takes the dispatcher of the client's or the call's fetch options, as Node's fetch does", async () => {
    const dispatcher = new ProxyAgent({ uri, proxyTunnel: false });
    const fetch = undiciFetch();
    const fetchOptions = { dispatcher };
    await makeClient(server.baseUrl, { fetch, fetchOptions }).updateConversation("c", {});
    await makeClient(server.baseUrl, { fetch }).updateConversation("c", {}, { fetchOptions });
    expect(asked).toEqual([address, address]);
    await dispatcher.close();
  });

  test("what the environment exempts goes straight to the server", async () => {
    const dispatcher = new EnvHttpProxyAgent({ httpProxy: uri, noProxy: "127.0.0.1" });
    const client = makeClient(server.baseUrl, { fetch: undiciFetch({ dispatcher }) });
    expect(await client.getConversation("c")).toEqual(conversation);
    expect(asked).toEqual([]);
    await dispatcher.close();
  });

  test.each([true, false])(
    "a proxy that is not there (tunnel: %s): nothing was sent, and no password shows",
    async (proxyTunnel) => {
      const nowhere = REFUSING_ORIGIN.replace("//", "//user:pass@");
      const dispatcher = new ProxyAgent({ uri: nowhere, proxyTunnel });
      const client = makeClient(server.baseUrl, { fetch: undiciFetch({ dispatcher }), retry: "never" });
      const error = await failure(client.updateConversation("c", {}));
      expect(error).toMatchObject({ kind: "network", retryable: true });
      expect(error.outcome).toBeUndefined();
      expect(`${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain("pass");
      expect(server.seen).toEqual([]);
      await dispatcher.close();
    },
  );

  test.each([true, false])(
    "a proxy that refuses us (tunnel: %s): a typed error, and nothing was sent",
    async (proxyTunnel) => {
      const dispatcher = new ProxyAgent({ uri: origin, proxyTunnel });
      const client = makeClient(server.baseUrl, { fetch: undiciFetch({ dispatcher }), retry: "never" });
      const error = await failure(client.updateConversation("c", {}));

      expect(error.kind).toBe("network");
      expect(error.message).toContain("407");
      expect(error.outcome).toBeUndefined();
      expect(server.seen).toEqual([]);
      await dispatcher.close();
    },
  );

  test.skipIf(Number(process.versions.node.split(".")[0]) < 24)(
    "NODE_USE_ENV_PROXY: Node's own fetch goes through the proxy without a line of code",
    async () => {
      const entry = new URL("../src/index.ts", import.meta.url).href;
      const code = `
        const { createClient } = await import(${JSON.stringify(entry)});
        const vendor = { name: "v", baseUrl: ${JSON.stringify(server.baseUrl)}, auth: { header: "Authorization", prefix: "" },
          env: { apiKey: "K" }, requestId: [], operations: {} };
        const { data } = await createClient(vendor, { apiKey: "k" }).request("POST /conversations/c", { body: { a: 1 } });
        console.log(JSON.stringify(data));`;
      const env = { PATH: process.env.PATH, NODE_USE_ENV_PROXY: "1", HTTP_PROXY: uri, NO_PROXY: "" };
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
        env,
      });
      expect(JSON.parse(stdout)).toEqual(conversation);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toContain(host);
    },
  );
});
