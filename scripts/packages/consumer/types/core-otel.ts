// Compiled, never run: tracing with OpenTelemetry.
import { createConvo, type Listener, openai } from "@convo/core";
import { type OtelOptions, type OtelSpan, otel } from "@convo/core/otel";
import { type Context, type Span, type Tracer, trace } from "@opentelemetry/api";
import { expectTypeOf } from "expect-type";

const observe = otel({ tracer: trace.getTracer("mine"), http: false });
expectTypeOf(observe).toEqualTypeOf<Listener<OtelSpan>>();
expectTypeOf<OtelSpan>().toEqualTypeOf<{ readonly span: Span; readonly context: Context }>();
expectTypeOf<OtelOptions>().toEqualTypeOf<{ readonly tracer?: Tracer; readonly http?: boolean }>();

createConvo({ openai: openai({ observe }) });
createConvo({ openai: openai() }, { observe: otel() });
