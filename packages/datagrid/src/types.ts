// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { components } from "./schema.ts";

export type UpdateConversationBody = components["schemas"]["UpdateConversationBody"];
export type CreateConversationBody = components["schemas"]["CreateConversationBody"];
export type Conversation = components["schemas"]["Conversation"];
export type ConversationSortField = components["schemas"]["ConversationSortField"];
export type ConversationList = components["schemas"]["ConversationList"];
export type MessageList = components["schemas"]["MessageList"];
export type Message = components["schemas"]["Message"];
export type ParticipantRole = components["schemas"]["ParticipantRole"];
export type MessageCredits = components["schemas"]["MessageCredits"];
export type MessageContent = components["schemas"]["MessageContent"];
export type TextContent = components["schemas"]["TextContent"];
export type VoiceContent = components["schemas"]["VoiceContent"];
export type InputFileContent = components["schemas"]["InputFileContent"];
export type UnknownContent = components["schemas"]["UnknownContent"];
export type AudioClip = components["schemas"]["AudioClip"];
export type AudioParticipant = components["schemas"]["AudioParticipant"];
export type TimelineEvent = components["schemas"]["TimelineEvent"];
export type Citation = components["schemas"]["Citation"];
export type CitationSource = components["schemas"]["CitationSource"];
export type RateLimitError = components["schemas"]["RateLimitError"];
export type ErrorResponse = components["schemas"]["ErrorResponse"];
