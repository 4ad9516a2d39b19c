// Compiled, never run: metadata under a schema. Any library's schema will do; here one that is only declared.
import {
  agentsight,
  type ConversationError,
  createConvo,
  letta,
  type Merge,
  type Metadata,
  openai,
  type SchemaIssue,
  type StandardSchema,
  type UpdateOptions,
} from "@convo/core";
import { expectTypeOf } from "expect-type";

interface Input {
  status: "open" | "done";
  due?: string;
}
interface Output {
  status: "open" | "done";
  due: Date;
}
declare const schema: StandardSchema<Input, Output>;
declare const stage: StandardSchema<{ stage: string }>;

const convo = createConvo(
  { agentsight: agentsight({ schema }), openai: openai(), letta: letta() },
  { schema: stage },
);

const read = await convo.agentsight.get(42);
expectTypeOf(read.parsedMetadata).toEqualTypeOf<Output>();
expectTypeOf(read.conversation.metadata).toEqualTypeOf<Metadata | undefined>();
expectTypeOf((await convo.openai.get("c")).parsedMetadata).toEqualTypeOf<{ stage: string }>();
expectTypeOf((await convo.letta.get("c")).parsedMetadata).toEqualTypeOf<undefined>();

const result = await convo.agentsight.update(42, { metadata: { due: "2026-11-21" } });
expectTypeOf(result.parsedMetadata).toEqualTypeOf<Output | undefined>();
await convo.agentsight.update(42, { metadata: { status: "open" } }, { merge: "replace" });
await convo.agentsight.update(42, { metadata: { due: null } }, { merge: "deep" });
await convo.openai.update("c", { metadata: { stage: "s" } });
// @ts-expect-error not a status
await convo.agentsight.update(42, { metadata: { status: "gone" } });
// @ts-expect-error a replacement is whole
await convo.agentsight.update(42, { metadata: { due: "x" } }, { merge: "replace" });
// @ts-expect-error of another type
await convo.openai.update("c", { metadata: { stage: 1 } });
// @ts-expect-error Letta has no metadata
letta({ schema });

expectTypeOf<Merge>().toEqualTypeOf<"shallow" | "deep" | "replace">();
expectTypeOf<UpdateOptions<"skip", "deep">["merge"]>().toEqualTypeOf<"deep" | undefined>();
expectTypeOf<SchemaIssue["message"]>().toEqualTypeOf<string>();
expectTypeOf<ConversationError["issues"]>().toEqualTypeOf<readonly SchemaIssue[] | undefined>();
expectTypeOf<NonNullable<ConversationError["result"]>>().toHaveProperty("conversation");
