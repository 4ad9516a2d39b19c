import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { context, DiagLogLevel, diag, type Link, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agentsight, createConvo, openai } from "../src/index.ts";
import { otel } from "../src/observe/otel.ts";

const OPEN = "conv_sandbox0001";
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("test");
let sandbox: Sandbox;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());
afterEach(async () => {
  exporter.reset();
  await sandbox.close();
});

/** A sandbox on a port, since addresses are part of what is traced. */
async function start() {
  sandbox = createSandbox();
  await sandbox.listen();
  const env = sandbox.env();
  return (vendor: "openai" | "agentsight") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: env[`${vendor.toUpperCase()}_API_KEY`] ?? null,
  });
}

const spans = (name: string | RegExp): ReadableSpan[] =>
  exporter.getFinishedSpans().filter((span) => span.name.match(name));
const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId;
const linksOf = ({ links }: { links: Link[] }): string[] => links.map(({ context: { spanId } }) => spanId);

describe("every verb", () => {
  it("is a span of its own name that ends, with an event per step", async () => {
    const at = await start();
    const convo = createConvo(
      { openai: openai(at("openai")), agentsight: agentsight(at("agentsight")) },
      {
        observe: otel({ tracer }),
      },
    );
    const { id } = await convo.openai.create({});
    await convo.openai.exists(id as string);
    await convo.openai.addMessage(id as string, { role: "user", text: "hello" });
    for await (const _ of convo.openai.messages(id as string));
    await convo.openai.import(await convo.openai.export(id as string));
    for await (const _ of convo.agentsight.list({ limit: 1 }));
    await convo.openai.delete(id as string);
    await convo.all.erase({ openai: OPEN });
    const names = spans(/^convo\./).map(({ name }) => name);
    expect(names).toEqual(
      [
        "create",
        "exists",
        "add_message",
        "messages",
        "export",
        "import",
        "list",
        "delete",
        "erase",
        "erase",
      ].map((name) => `convo.${name}`),
    );
    const [created] = spans("convo.create");
    expect(created?.attributes).toMatchObject({ "convo.http_requests": 1, "convo.outcome": "ok" });
    expect(created?.attributes).not.toHaveProperty("gen_ai.conversation.id");
    const erased = spans("convo.erase").at(-1);
    const sent = spans(/^(GET|DELETE) /).filter((span) => span.parentSpanContext?.spanId === idOf(erased));
    expect(erased?.attributes["convo.http_requests"]).toBe(sent.length);
    expect(erased?.events.length).toBe(sent.length);
  });
});

describe("one update", () => {
  it("is a span beneath the caller's, with a client span per HTTP request", async () => {
    const at = await start();
    const convo = createConvo({ openai: openai(at("openai")) }, { observe: otel({ tracer }) });
    sandbox.fault({ kind: "status", status: 503, operation: "getConversation" });
    await tracer.startActiveSpan("caller", async (caller) => {
      await convo.openai.update(OPEN, { metadata: { secret: "s3cret" } });
      caller.end();
    });
    const [[caller], [update], requests] = [spans(/^caller$/), spans(/^convo/), spans(/^(GET|POST) /)];
    expect(update).toMatchObject({ name: "convo.update", kind: SpanKind.INTERNAL, status: { code: 0 } });
    expect(update?.parentSpanContext?.spanId).toBe(idOf(caller));
    expect(update?.attributes).toEqual({
      "convo.provider": "openai",
      "gen_ai.conversation.id": OPEN,
      "convo.round": 1,
      "convo.http_requests": 3,
      "convo.outcome": "ok",
    });
    expect(update?.events.map(({ name }) => name)).toEqual([
      "convo.queue",
      "convo.read",
      "convo.merge",
      "convo.write",
    ]);
    expect(update?.events[1]?.attributes).toMatchObject({ "convo.http_requests": 2, "convo.callers": 1 });
    const { port } = new URL(sandbox.baseUrl("openai"));
    const common = {
      "server.address": "127.0.0.1",
      "server.port": Number(port),
      "url.full": `${sandbox.baseUrl("openai")}/conversations/${OPEN}`,
      "url.template": expect.stringMatching(/\/conversations\/\{conversation_id\}$/),
    };
    expect(requests.map(({ attributes }) => attributes)).toEqual([
      { ...common, "http.request.method": "GET", "http.response.status_code": 503, "error.type": "503" },
      {
        ...common,
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
      },
      { ...common, "http.request.method": "POST", "http.response.status_code": 200 },
    ]);
    for (const { kind, parentSpanContext, name, attributes } of requests) {
      expect([kind, parentSpanContext?.spanId]).toEqual([SpanKind.CLIENT, idOf(update)]);
      const { pathname } = new URL(attributes["url.full"] as string);
      expect(String(attributes["url.template"]).split("/")).toHaveLength(pathname.split("/").length);
      expect(name).toMatch(/^(GET|POST) \/conversations\/\{conversation_id\}$/);
    }
    expect(requests.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, 0, 0]);
  });

  it("that fails is marked with the kind of its error, and shows no secret, value or message", async () => {
    const at = await start();
    const apiKey = at("openai").apiKey as string;
    const convo = createConvo({ openai: openai(at("openai")) }, { observe: otel({ tracer }) });
    sandbox.fault({
      kind: "status",
      status: 400,
      body: { error: { message: "bad s3cret" } },
      operation: "updateConversation",
    });
    await expect(convo.openai.update(OPEN, { metadata: { key: "s3cret" } })).rejects.toThrow("s3cret");
    const [update] = spans("convo.update");
    expect(update?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(update?.attributes).toMatchObject({ "error.type": "invalid", "convo.outcome": "error" });
    const all = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events, links, status }) => ({ name, attributes, events, links, status }));
    expect(all).toHaveLength(3);
    expect(JSON.stringify(all)).not.toMatch(new RegExp(`s3cret|${apiKey}`));
  });

  it("whose request got no answer: the request's span ends with the kind of the error", async () => {
    const at = await start();
    const convo = createConvo(
      { openai: openai({ ...at("openai"), maxRetries: 1 }) },
      { observe: otel({ tracer }) },
    );
    sandbox.fault({ kind: "reset-before", operation: "getConversation", times: 2 });
    await expect(convo.openai.get(OPEN)).rejects.toMatchObject({ kind: "network" });
    expect(spans("GET").map(({ attributes }) => attributes["error.type"])).toEqual(["network", "network"]);
    expect(spans("convo.get")[0]?.attributes).toMatchObject({ "error.type": "network" });
  });
});

it("requests are beneath their update also where no context is kept, as in a browser", async () => {
  const at = await start();
  const convo = createConvo({ openai: openai(at("openai")) }, { observe: otel({ tracer }) });
  context.disable();
  await convo.openai.get(OPEN);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const [[get], [request]] = [spans("convo.get"), spans(/^GET/)];
  expect(request?.parentSpanContext?.spanId).toBe(idOf(get));
});

describe("updates that share requests", () => {
  it("share their spans: children of the first, linked to the others and back", async () => {
    const at = await start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { observe: otel({ tracer }) });
    await Promise.all(["a", "b", "c"].map((key) => convo.agentsight.update(42, { metadata: { [key]: 1 } })));
    const [first, ...others] = spans("convo.update") as [ReadableSpan, ...ReadableSpan[]];
    const requests = spans(/^(GET|PATCH)/);
    expect([others.length, requests.length]).toEqual([2, 2]);
    for (const request of requests) {
      expect(request.parentSpanContext?.spanId).toBe(idOf(first));
      expect(linksOf(request)).toEqual(others.map(idOf));
    }
    for (const other of others) expect(linksOf(other)).toEqual([idOf(first)]);
    expect(new Set([first, ...others].map((span) => span.spanContext().traceId)).size).toBe(3);
  });

  it("do their work in their own callers' context, also those that had to wait", async () => {
    const at = await start();
    const seen: (string | undefined)[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      seen.push(trace.getActiveSpan()?.spanContext().spanId);
      return globalThis.fetch(url, init);
    };
    const options = { ...at("agentsight"), fetch: fetch as never };
    const convo = createConvo(
      { agentsight: agentsight(options) },
      { observe: otel({ tracer, http: false }) },
    );
    const first = convo.agentsight.update(42, { name: "a" });
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, convo.agentsight.update(42, { name: "b" })]);
    expect(seen).toEqual(spans("convo.update").map(idOf));
    expect(spans(/^(GET|PATCH)/)).toEqual([]);
  });

  it("leave a caller alone who gave up", async () => {
    const at = await start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { observe: otel({ tracer }) });
    sandbox.fault({ kind: "latency", ms: 50, operation: "getConversation" });
    const complaints: unknown[] = [];
    const log = (...args: unknown[]): void => void complaints.push(args);
    diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.WARN);
    complaints.length = 0;
    const signal = AbortSignal.timeout(10);
    const [gone] = await Promise.allSettled([
      convo.agentsight.update(42, { metadata: { a: 1 } }, { signal }),
      convo.agentsight.update(42, { metadata: { b: 1 } }),
    ]);
    expect(gone.status).toBe("rejected");
    const [aborted, done] = spans("convo.update");
    expect(aborted?.attributes).toMatchObject({ "error.type": "aborted" });
    expect(aborted?.events.map(({ name }) => name)).toEqual(["convo.queue"]);
    expect(done?.events.map(({ name }) => name)).toContain("convo.write");
    expect(complaints, "an ended span is not written to").toEqual([]);
    diag.disable();
  });
});

describe("by default", () => {
  it("the global tracer is used, also one that is set later", async () => {
    const at = await start();
    const convo = createConvo({ openai: openai(at("openai")) }, { observe: otel() });
    trace.setGlobalTracerProvider(provider);
    await convo.openai.get(OPEN);
    trace.disable();
    expect(spans("convo.get")[0]?.instrumentationScope.name).toBe("@convo/core");
  });

  it("core does not load OpenTelemetry", async () => {
    sandbox = createSandbox();
    const loaded = async (entry: string): Promise<boolean> => {
      const url = new URL(entry, import.meta.url).href;
      const script = `import { registerHooks } from "node:module";
        let found = false;
        registerHooks({ resolve(name, context, next) { found ||= name.startsWith("@opentelemetry"); return next(name, context); } });
        await import(${JSON.stringify(url)});
        console.log(found);`;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
      return stdout.trim() === "true";
    };
    expect(await Promise.all([loaded("../src/index.ts"), loaded("../src/observe/otel.ts")])).toEqual([
      false,
      true,
    ]);
  });
});
