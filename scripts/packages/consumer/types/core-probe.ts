// Compiled, never run: what @convo/core/probe takes and gives.
import { createConvo, openai } from "@convo/core";
import {
  type Fact,
  type ProbeOptions,
  type ProbeReport,
  probe,
  type ScratchConversation,
} from "@convo/core/probe";
import { expectTypeOf } from "expect-type";

const convo = createConvo({ openai: openai() });
expectTypeOf(convo.openai.probe).parameter(0).toEqualTypeOf<ProbeOptions | undefined>();
expectTypeOf(convo.openai.probe).returns.toEqualTypeOf<Promise<ProbeReport>>();
expectTypeOf(probe).toBeCallableWith(openai(), { id: "conv_123", timeoutMs: 1000 });
expectTypeOf(probe).returns.toEqualTypeOf<Promise<ProbeReport>>();
expectTypeOf<ProbeReport["facts"]>().toEqualTypeOf<readonly Fact[]>();
expectTypeOf<ProbeReport["scratch"][number]>().toEqualTypeOf<ScratchConversation>();
expectTypeOf<"metadataWrite">().toMatchTypeOf<Fact["name"]>();
expectTypeOf<Fact["expected"]>().toEqualTypeOf<string | undefined>();
