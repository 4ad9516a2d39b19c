/** The fault server, a process of its own. Speaks raw TCP so that it can do what no HTTP library lets it. */
import { createServer as createControl } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { answer, head } from "./answers.ts";
import { selfSigned } from "./certificate.ts";
import { play } from "./play.ts";
import type { Origin, Origins, Seen } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";
import { type RawRequest, takeRequest } from "./wire.ts";

/** What is known of one scenario of one client. */
export interface State {
  readonly seen: readonly Seen[];
  /** Connections on which an answer is still being given. */
  readonly busy: number;
}

const log = new Map<string, Seen[]>();
const busy = new Map<string, Set<Socket>>();
let sockets = 0;

/** Requests are told apart by the first path segment `<client>-<index>`, or where a client left it, by a header. */
function note(raw: RawRequest, origin: Origin, socket: number, reused: number): { key: string; seen: Seen } {
  const path = raw.path.replace(/^https?:\/\/[^/]+/, "");
  const [, inPath, rest] = /^\/([a-z-]+-\d+)(\/.*)$/.exec(path) ?? [];
  const key = inPath ?? raw.headers["x-bench"] ?? "stray-0";
  const target = rest ?? `OUTSIDE ${path}`;
  const id = decode(target.split(/[?#]/)[0]?.split("/").at(-1) ?? "");
  const past = log.get(key) ?? [];
  log.set(key, past);
  const sameId = past.filter((one) => one.id === id).length;
  const { method, headers, body } = raw;
  const at = performance.now();
  const seen = {
    method,
    headers,
    body,
    path,
    target,
    id,
    at,
    socket,
    reused,
    before: past.length,
    sameId,
    origin,
  };
  past.push(seen);
  return { key, seen };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const stranger = answer(200, { id: "conv_1", object: "conversation", metadata: { from: "another origin" } });

function serve(origin: Origin): (socket: Socket) => void {
  return async (socket) => {
    const number = ++sockets;
    let buffer = Buffer.alloc(0);
    let reused = 0;
    let running = Promise.resolve();
    socket.on("error", () => {});
    socket.setNoDelay(true);
    const one = async (raw: RawRequest): Promise<void> => {
      const { key, seen } = note(raw, origin, number, reused++);
      const scenario = scenarios[Number(key.split("-").at(-1))];
      const script = scenario?.server;
      const chosen =
        origin === "main" || origin === "late"
          ? script?.[Math.min(seen.before, script.length - 1)]
          : stranger;
      const active = busy.get(key) ?? new Set();
      busy.set(key, active.add(socket));
      await play(socket, (chosen ?? answer(200))(seen, origins));
      active.delete(socket);
    };
    socket.on("close", () => {
      for (const active of busy.values()) active.delete(socket);
    });
    socket.on("data", (data) => {
      buffer = Buffer.concat([buffer, data]);
      // As HTTP servers do with a TLS greeting.
      if (buffer[0] === 0x16) return void socket.end(head(400, { connection: "close" }));
      try {
        for (let taken = takeRequest(buffer); taken; taken = takeRequest(buffer)) {
          const { request, rest } = taken;
          buffer = Buffer.from(rest);
          running = running.then(() => one(request)).catch(() => void socket.destroy());
        }
      } catch {
        socket.destroy();
      }
    });
  };
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const control = createControl(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://control");
  const key = url.searchParams.get("key") ?? "";
  if (url.pathname === "/late") {
    const port = await freePort();
    setTimeout(() => listen(createServer(serve("late")), port), 150);
    response.end(`http://127.0.0.1:${port}`);
    return;
  }
  const state: State = { seen: log.get(key) ?? [], busy: busy.get(key)?.size ?? 0 };
  response.end(JSON.stringify(state));
});

const secure = createTlsServer(selfSigned(), serve("tls"));
secure.on("tlsClientError", () => {});
const ports = {
  main: await listen(createServer(serve("main"))),
  other: await listen(createServer(serve("other"))),
  slam: await listen(createServer((socket) => void socket.on("error", () => {}).resetAndDestroy())),
  tls: await listen(secure),
  refused: await freePort(),
};
const at = (scheme: string, port: number): string => `${scheme}://127.0.0.1:${port}`;
const origins: Origins = {
  main: at("http", ports.main),
  late: "",
  other: at("http", ports.other),
  slam: at("http", ports.slam),
  refused: at("http", ports.refused),
  tls: at("https", ports.tls),
  plainAsTls: at("https", ports.main),
  tlsAsPlain: at("http", ports.tls),
};
process.send?.({ origins, control: `http://127.0.0.1:${await listen(control)}` });
process.on("disconnect", () => process.exit());
