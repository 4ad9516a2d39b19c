import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Step } from "./scenario.ts";

/** Does the steps on a socket; returns early when the peer has gone. */
export async function play(socket: Socket, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if ("send" in step) await write(socket, step.send);
    else if ("wait" in step) await sleep(step.wait);
    else if ("flood" in step) await flood(socket, step);
    else if ("hang" in step) await gone(socket);
    else await end(socket, step.end);
  }
}

const closed = new WeakMap<Socket, Promise<unknown>>();

/** Resolves when the socket is closed; one listener per socket, however often it is asked. */
function gone(socket: Socket): Promise<unknown> {
  const known = closed.get(socket) ?? new Promise((resolve) => socket.once("close", resolve));
  closed.set(socket, known);
  return socket.destroyed ? Promise.resolve() : known;
}

async function write(socket: Socket, data: string | Uint8Array): Promise<void> {
  if (data.length === 0 || socket.write(data)) return;
  await Promise.race([once(socket, "drain"), gone(socket)]);
}

async function flood(socket: Socket, step: Extract<Step, { flood: unknown }>): Promise<void> {
  const data = Buffer.from(step.flood as string);
  for (let left = step.bytes; left > 0 && !socket.destroyed; left -= data.length) {
    await write(socket, data.subarray(0, left));
    if (step.everyMs) await sleep(step.everyMs);
  }
}

/** Closes: `fin` in an orderly way, `reset` with a TCP RST, after what was sent has had time to arrive. */
async function end(socket: Socket, how: "fin" | "reset"): Promise<void> {
  await sleep(10);
  if (how === "fin") socket.end();
  else if (!("encrypted" in socket)) socket.resetAndDestroy();
  else socket.destroy();
  await gone(socket);
}
