import type { CallEvent, ClientListener } from "@convo/client";
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { Listener, OperationEvent, StepEvent } from "./listener.ts";

/** Options of the OpenTelemetry observer. */
export interface OtelOptions {
  /** Default: `@convo/core` of the global tracer provider. */
  readonly tracer?: Tracer;
  /** A span per HTTP request. `false` where the application's own HTTP instrumentation makes them. Default true. */
  readonly http?: boolean;
}

/** An operation's span, and the context in which its work is done. */
export interface OtelSpan {
  /** The span of the operation. */
  readonly span: Span;
  /** The context with that span active. */
  readonly context: Context;
}

/**
 * Traces with OpenTelemetry: `createConvo(providers, { observe: otel() })`.
 *
 * A span `convo.<operation>` (`convo.update`, `convo.get`, `convo.erase`) per operation, child of the caller's active span, with an event per step and its time;
 * beneath it a client span per HTTP request, retries included, with the attributes of
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/. Updates that share requests share their spans: those are children of the
 * first, with links to the others and back.
 *
 * Attributes hold no metadata, no body, no header and no query; they do hold the conversation's id (`gen_ai.conversation.id`,
 * `url.full`). Errors show as `error.type`, never with their message, which may quote the vendor.
 */
export function otel({
  tracer = trace.getTracer("@convo/core"),
  http = true,
}: OtelOptions = {}): Listener<OtelSpan> {
  return {
    onOperation({ operation, provider, id }) {
      const parent = context.active();
      const attributes = {
        "convo.provider": provider,
        // A create and a list are about no conversation yet.
        ...(id !== "" && { "gen_ai.conversation.id": String(id) }),
      };
      const span = tracer.startSpan(`convo.${operation}`, { kind: SpanKind.INTERNAL, attributes }, parent);
      return { span, context: trace.setSpan(parent, span) };
    },
    runInContext: (span, work) => context.with(span.context, work),
    forRequests: (spans) => (http ? requestSpans(tracer, spans) : {}),
    onStep(step, spans) {
      for (const { span } of spans) addStep(span, step, spans[0]?.span);
    },
  };
}

/** Steps within an operation; any other is the end of one. */
const PARTS = {
  lookup: true,
  queue: true,
  lock: true,
  read: true,
  merge: true,
  write: true,
  verify: true,
  wait: true,
  retry: true,
} as const satisfies Record<Exclude<StepEvent["step"], OperationEvent["operation"]>, true>;

const isPart = (step: StepEvent["step"]): boolean => Object.hasOwn(PARTS, step);

/** One step as an event of an operation's span; the last of them ends it. */
function addStep(span: Span, step: StepEvent, first: Span | undefined): void {
  const failed = step.outcome !== "ok";
  const type = failed && { "error.type": step.error ?? "_OTHER" };
  const facts = {
    "convo.round": step.round,
    "convo.http_requests": step.httpRequests,
    "convo.outcome": step.outcome,
    ...type,
  };
  if (!isPart(step.step)) {
    span.setAttributes(facts);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    // A caller who gave up is told nothing more of what others went on with.
  } else if (span.isRecording()) {
    span.addEvent(`convo.${step.step}`, { ...facts, "convo.ms": step.ms, "convo.callers": step.callers });
    if (first && first !== span && step.step === "queue") span.addLink({ context: first.spanContext() });
  }
}

/** Listeners that make a client span of every HTTP request of one call. */
function requestSpans(tracer: Tracer, [first, ...others]: readonly OtelSpan[]): ClientListener {
  let span: Span | undefined;
  const end = (type?: string): void => {
    if (type) span?.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    span = undefined;
  };
  return {
    onRequest(event) {
      const links = others.map((other) => ({ context: other.span.spanContext() }));
      const options = { kind: SpanKind.CLIENT, attributes: attributesOf(event), links };
      span = tracer.startSpan(event.route, options, first?.context);
    },
    onResponse({ status }) {
      span?.setAttribute("http.response.status_code", status);
      end(status >= 400 ? String(status) : undefined);
    },
    onRetry: ({ error }) => end(error.kind),
    onError: ({ error }) => end(error.kind),
  };
}

function attributesOf({ route, url, attempt }: CallEvent): Attributes {
  const [method = "", template = ""] = route.split(" ");
  const { hostname, port, protocol, pathname } = new URL(url);
  const base = pathname.split("/").slice(0, 1 - template.split("/").length);
  return {
    "http.request.method": method,
    "server.address": hostname,
    "server.port": Number(port) || (protocol === "https:" ? 443 : 80),
    "url.full": url,
    "url.template": base.join("/") + template,
    ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
  };
}
