import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { bytes, type Case } from "./requests.ts";

const CONNECTIONS = 16;

/** What one round of load did. */
export interface Load {
  readonly perSecond: number;
  readonly answers: number;
}

/**
 * Sends one request over and over on 16 connections, each as soon as the last is answered, over bare sockets: a client
 * of HTTP would be the bottleneck. Rejects when an answer is not 200.
 */
export async function load(origin: string, one: Case, ms: number): Promise<Load> {
  const { hostname, port, host } = new URL(origin);
  const request = bytes(one, host);
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(Number(port), hostname));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  const start = performance.now();
  const end = start + ms;
  const counts = await Promise.all(sockets.map((socket) => drive(socket, request, end)));
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return { perSecond: answers / seconds, answers };
}

/** Requests on one connection until the time is over; resolves with the number of answers. */
function drive(socket: Socket, request: string, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let text = "";
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`closed after ${answers} answers`)));
    socket.on("data", (chunk: unknown) => {
      text += String(chunk);
      const length = lengthOf(text);
      if (text.length < length) return;
      if (!text.startsWith("HTTP/1.1 200 ")) reject(new Error(text.slice(0, 1000)));
      text = text.slice(length);
      answers += 1;
      if (performance.now() < end) socket.write(request);
      else resolve(answers);
    });
    socket.write(request);
  });
}

/** Where the first answer in `text` ends, in bytes; Infinity while its head is not whole. */
function lengthOf(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return Infinity;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length !== undefined) return head + 4 + Number(length);
  const last = text.indexOf("\r\n0\r\n\r\n", head);
  return last < 0 ? Infinity : last + 7;
}
