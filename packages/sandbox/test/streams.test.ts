import { afterEach, expect, test } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../src/index.ts";
import { credentials } from "./helpers.ts";

const AT = "/v1/conversations/conv-00000000-0000-4000-8000-000000000001/messages";
let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** A reader of the frames of one streamed answer, over a real connection or without one. */
async function stream(
  how: "http" | "fetch",
  options?: SandboxOptions,
  fault?: Parameters<Sandbox["fault"]>[0],
): Promise<{ next(): Promise<string | undefined>; stop(): void }> {
  sandbox = createSandbox(options);
  if (how === "http") await sandbox.listen();
  if (fault) sandbox.fault(fault);
  const ask = how === "http" ? fetch : sandbox.fetch;
  const stopped = new AbortController();
  const response = await ask(sandbox.baseUrl("letta") + AT, {
    method: "POST",
    headers: { ...credentials("letta"), "content-type": "application/json" },
    body: JSON.stringify({ input: "hello" }),
    signal: stopped.signal,
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => (await reader?.read())?.value,
    stop: () => stopped.abort(),
  };
}
const rest = async (next: () => Promise<string | undefined>): Promise<string> => {
  let text = "";
  for (let frame = await next(); frame !== undefined; frame = await next()) text += frame;
  return text;
};

test.each(["http", "fetch"] as const)("%s: events, then [DONE]", async (how) => {
  const { next } = await stream(how, { eventIntervalMs: 0 });
  const events = (await rest(next)).trim().split("\n\n");
  expect(events.map((event) => /"message_type":"(\w+)"|\[DONE\]/.exec(event)?.[1])).toEqual([
    "assistant_message",
    "stop_reason",
    "usage_statistics",
    undefined,
  ]);
  expect(events.at(-1)).toBe("data: [DONE]");
});

test.each(["http", "fetch"] as const)("%s: an event is there as soon as it is due", async (how) => {
  // The next one is due in an hour.
  const { next, stop } = await stream(how, { eventIntervalMs: 3_600_000 });
  expect(await next()).toContain("assistant_message");
  stop();
  await expect(next()).rejects.toThrow();
});

test.each(["http", "fetch"] as const)(
  "%s: break-stream drops the connection after so many events",
  async (how) => {
    const { next } = await stream(how, {}, { kind: "break-stream", after: 2 });
    let seen = "";
    const reading = (async () => {
      for (let frame = await next(); frame !== undefined; frame = await next()) seen += frame;
    })();
    await expect(reading).rejects.toThrow();
    expect(seen.match(/data: /g)).toHaveLength(2);
    // What the run said was kept anyway.
    expect(sandbox.requests().at(-1)).toMatchObject({ status: 200, faults: ["break-stream"] });
  },
);

test.each(["http", "fetch"] as const)(
  "%s: stall-stream sends nothing more, until the caller leaves",
  async (how) => {
    const { next, stop } = await stream(how, {}, { kind: "stall-stream", after: 1 });
    expect(await next()).toContain("assistant_message");
    const silent = next();
    const first = await Promise.race([
      silent.catch(() => "ended"),
      new Promise((go) => setTimeout(go, 50, "silent")),
    ]);
    expect(first).toBe("silent");
    stop();
    await expect(silent).rejects.toThrow();
  },
);

test("truncate breaks a stream off half-way; faults of streams leave other operations alone", async () => {
  const { next } = await stream("http", {}, { kind: "truncate" });
  await expect(rest(next)).rejects.toThrow();
  sandbox.fault({ kind: "break-stream" });
  const url = `${sandbox.baseUrl("openai")}/conversations/conv_sandbox0001`;
  expect((await fetch(url, { headers: credentials("openai") })).status).toBe(200);
});
