// Compiled, never run: the verbs by their names, and the parts of a probe's report.
import type {
  AddMessageVerb,
  ArchiveVerb,
  CreateVerb,
  DeleteVerb,
  Finding,
  ImportVerb,
  LettaShape,
  ListVerb,
  MessagesVerb,
  OpenAIShape,
  ProbeReport,
  ScratchConversation,
  VerbHandle,
} from "@convo/core";
import { expectTypeOf } from "expect-type";

type OpenAI = VerbHandle<OpenAIShape>;
expectTypeOf<OpenAI>().toMatchTypeOf<CreateVerb<OpenAIShape> & DeleteVerb<OpenAIShape>>();
expectTypeOf<OpenAI>().toMatchTypeOf<AddMessageVerb<OpenAIShape> & ImportVerb<OpenAIShape>>();
expectTypeOf<OpenAI>().toMatchTypeOf<MessagesVerb<OpenAIShape>>();
expectTypeOf<VerbHandle<LettaShape>>().toMatchTypeOf<ArchiveVerb<LettaShape> & ListVerb<LettaShape>>();
expectTypeOf<ProbeReport["facts"]>().toEqualTypeOf<readonly Finding[]>();
expectTypeOf<ProbeReport["scratch"]>().toEqualTypeOf<readonly ScratchConversation[]>();
