// Compiled, never run: what @convo/core/probe takes and gives.
import { createConvo, openai } from "@convo/core";
import {
  type Finding,
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
expectTypeOf<ProbeReport["facts"]>().toEqualTypeOf<readonly Finding[]>();
expectTypeOf<ProbeReport["scratch"][number]>().toEqualTypeOf<ScratchConversation>();
expectTypeOf<"metadata_write">().toMatchTypeOf<Finding["name"]>();
expectTypeOf<Finding["expected"]>().toEqualTypeOf<string | undefined>();
