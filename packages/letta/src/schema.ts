// Generated from specs/letta/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export interface paths {
    "/v1/conversations/": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description List conversations, newest first in the base era. The answer is a bare array; a page shorter than `limit` is the last. An unknown `after` id gives 404 on the open-source server.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Create a conversation
         * @description Start a conversation on an agent. The trailing slash of the path matters: without it servers redirect.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description Read one conversation; the only operation that fills `in_context_message_ids` on every server.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * @description Soft delete: the conversation and the messages no live fork shares are hidden, isolated blocks are gone for good. Reading, updating or deleting it again gives 404.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        /**
         * Update a conversation
         * @description Change the fields that are present and not null; all else stays. Null is ignored by the open-source servers, so it does not clear a field. Unknown fields are ignored. `{}` is valid and may still move `updated_at`.
         */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/fork": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fork a conversation
         * @description Make a new conversation on the same agent that shares the messages in context. The fork has a fresh system message, copies the model overrides and starts with a null `summary`.
         */
        post: operations["forkConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel the active runs
         * @description Stop what runs in the conversation. Nothing running gives 409; run tracking switched off gives 400.
         */
        post: operations["cancelConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/recompile": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recompile the system prompt
         * @description Compile the conversation's system prompt again, store it, and answer with its text.
         */
        post: operations["recompileConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/messages": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * @description List all messages, not only those in context, as a bare array. On the open-source server `before` always means older and `after` newer, whatever `order` says, so page with `order=desc&before=` or `order=asc&after=`. An unknown conversation gives `[]`, an unknown cursor is ignored.
         */
        get: operations["listConversationMessages"];
        put?: never;
        /**
         * Send messages
         * @description Give the agent new input and run it. With `streaming` true, which is what leaving it out means, the answer is a stream of server-sent events; with false it is one JSON object. One request may be active per conversation, a second gets 409. From E2 on, `otid` on the input de-duplicates a repeated send.
         */
        post: operations["sendConversationMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/messages/preview-raw-payload": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview the model request
         * @description Build the request the model provider would get for this input, and answer with it instead of sending it.
         */
        post: operations["previewConversationModelRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/stream": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a stream
         * @description Follow a run again from a sequence number. The run must have been sent with `background` true and be younger than three hours (else 410); without an active run the answer is 400. From E2 on the run is found by `run_id`, then `otid`, then the latest active one.
         */
        post: operations["retrieveConversationStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/compact": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compact the context
         * @description Summarise the messages in context to make room. Nothing to compact, or a summary that does not shrink the context, gives 400.
         */
        post: operations["compactConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One conversation on an agent. */
        Conversation: {
            /** @description `conv-` plus a UUID v4, 41 characters. */
            id: string;
            /** @description The agent it belongs to. */
            agent_id: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            created_at?: string | null | undefined;
            /**
             * Format: date-time
             * @description When it was last written.
             */
            updated_at?: string | null | undefined;
            /** @description The user who created it. */
            created_by_id?: string | null | undefined;
            /** @description The user who wrote it last. */
            last_updated_by_id?: string | null | undefined;
            /** @description What the conversation is about. */
            summary?: string | null | undefined;
            /** @description Messages in the agent's context. Filled when the conversation is read by id; elsewhere empty, or null (not loaded) on the hosted API. */
            in_context_message_ids?: string[] | null | undefined;
            /** @description Memory blocks of this conversation alone, in place of the agent's. Gone from E3. */
            isolated_block_ids?: string[] | undefined;
            /** @description Model that overrides the agent's, as `provider/model-name`. */
            model?: string | null | undefined;
            /** @description Model settings that override the agent's. */
            model_settings?: components["schemas"]["ConversationModelSettings"] | null | undefined;
            /**
             * Format: date-time
             * @description When a message was last sent.
             */
            last_message_at?: string | null | undefined;
            /** @description Whether it is archived. */
            archived?: boolean | undefined;
            /**
             * Format: date-time
             * @description When it was archived.
             */
            archived_at?: string | null | undefined;
            /** @description Size of the context window in tokens that overrides the agent's. */
            context_window_limit?: number | null | undefined;
            /** @description A longer text about the conversation. */
            description?: string | null | undefined;
        };
        /** @description One page of conversations. */
        ConversationList: components["schemas"]["Conversation"][];
        /** @description Fields to change; null and missing fields stay as they are on the open-source servers. */
        UpdateConversationBody: {
            /** @description What the conversation is about; no length limit is published. An empty string empties it. */
            summary?: string | null | undefined;
            /** @description Model as `provider/model-name`, with text on both sides of the slash, else 400. */
            model?: string | null | undefined;
            /** @description Model settings, replaced as a whole. */
            model_settings?: components["schemas"]["ModelSettings"] | null | undefined;
            /**
             * Format: date-time
             * @description When a message was last sent.
             */
            last_message_at?: string | null | undefined;
            /** @description Archive (true) or bring back (false). */
            archived?: boolean | null | undefined;
            /** @description Size of the context window in tokens. */
            context_window_limit?: number | null | undefined;
            /** @description A longer text about the conversation. */
            description?: string | null | undefined;
        };
        /** @description First settings of a conversation. */
        CreateConversationBody: {
            /** @description What the conversation is about. */
            summary?: string | null | undefined;
            /** @description Labels of agent blocks to copy for this conversation alone; an unknown one gives 400. Gone from E3. */
            isolated_block_labels?: readonly string[] | null | undefined;
            /** @description Model as `provider/model-name`. */
            model?: string | null | undefined;
            /** @description Model settings that override the agent's. */
            model_settings?: components["schemas"]["ModelSettings"] | null | undefined;
            /** @description Size of the context window in tokens. */
            context_window_limit?: number | null | undefined;
            /** @description A longer text about the conversation. */
            description?: string | null | undefined;
            /** @description Keep the conversation out of the usual listings. */
            hidden?: boolean | undefined;
        };
        /** @description Not specified by the vendor; null on the open-source server, an empty object in the documentation. */
        DeleteConversationResult: null | {
            [key: string]: unknown;
        };
        /** @description What became of each run, by run id; the vendor types it as a free map. */
        CancelConversationResult: {
            [key: string]: components["schemas"]["RunCancelOutcome"];
        };
        /** @description What became of one run. */
        RunCancelOutcome: "cancelled" | "failed" | (string & {});
        /** @description Optional input of a recompilation. */
        RecompileConversationBody: {
            /** @description The agent, when the path says `default`. */
            agent_id?: string | null | undefined;
            /** @description Accepted, but unused by the E2 server. */
            compaction_settings?: components["schemas"]["CompactionSettings"] | null | undefined;
        };
        /** @description The compiled system prompt. */
        CompiledSystemPrompt: string;
        /** @description The request as the model provider would get it. */
        RawModelRequest: {
            [key: string]: unknown;
        };
        /** @description Optional input of a compaction. */
        CompactConversationBody: {
            /** @description How to compact; the agent's own settings when left out. */
            compaction_settings?: components["schemas"]["CompactionSettings"] | null | undefined;
            /** @description The agent, when the path says `default`. */
            agent_id?: string | null | undefined;
        };
        /** @description How messages are summarised. */
        CompactionSettings: {
            /** @description Model that writes the summary. A required string in E1; optional and nullable from E2 on. */
            model?: string | null | undefined;
            /** @description Settings of that model; E1 knows fewer providers. */
            model_settings?: components["schemas"]["ModelSettings"] | null | undefined;
            /** @description Instruction for the summary. The server has a long text of its own; null is allowed from E2 on. */
            prompt?: string | null | undefined;
            /** @description Whether the model acknowledges the instruction first. */
            prompt_acknowledgement?: boolean | undefined;
            /** @description Longest summary in characters; null means no limit. */
            clip_chars?: number | null | undefined;
            /**
             * @description What to summarise; the two `self_compact` modes came with E2.
             * @enum {string}
             */
            mode?: "all" | "sliding_window" | "self_compact_all" | "self_compact_sliding_window" | undefined;
            /** @description Share of the context that stays in a sliding window; the server has a setting of its own. */
            sliding_window_percentage?: number | undefined;
        };
        /** @description What a compaction did. */
        CompactionResponse: {
            /** @description The summary. */
            summary: string;
            /** @description Messages in context before. */
            num_messages_before: number;
            /** @description Messages in context after. */
            num_messages_after: number;
        };
        /** @description Which run to follow, and from where. */
        RetrieveConversationStreamBody: {
            /** @description Sequence number after which to go on. */
            starting_after?: number | undefined;
            /** @description Send keep-alive pings. */
            include_pings?: boolean | null | undefined;
            /** @description Seconds between two looks at the run. */
            poll_interval?: number | null | undefined;
            /** @description Most events read at once. */
            batch_size?: number | null | undefined;
            /** @description The agent, when the path says `default`. */
            agent_id?: string | null | undefined;
            /** @description The run to follow; looked at first. */
            run_id?: string | null | undefined;
            /** @description The client's own message id of the send whose run to follow; looked at second. */
            otid?: string | null | undefined;
        };
        /** @description New input for the agent. Give exactly one of `messages` and `input`; both or neither is refused. */
        SendConversationMessageBody: {
            /** @description The messages to send; an empty list gives 422. */
            messages?: readonly components["schemas"]["SendInput"][] | null | undefined;
            /** @description Short form of one user message. */
            input?: string | readonly components["schemas"]["InputContentPart"][] | null | undefined;
            /** @description Stream the answer as server-sent events (true), or answer with one JSON object (false). */
            streaming?: boolean | undefined;
            /** @description Stream single tokens instead of whole messages. */
            stream_tokens?: boolean | undefined;
            /** @description Send keep-alive pings in the stream. */
            include_pings?: boolean | undefined;
            /** @description Run apart from the request, so that the stream can be resumed later. */
            background?: boolean | undefined;
            /** @description Most steps the agent may take. */
            max_steps?: number | undefined;
            /** @description Answer only with these kinds of message; all when left out. */
            include_return_message_types?: readonly components["schemas"]["MessageType"][] | null | undefined;
            /** @description Tools that the caller runs itself. */
            client_tools?: readonly components["schemas"]["ClientTool"][] | null | undefined;
            /** @description Model for this send only, as `provider/model-name`. */
            override_model?: string | null | undefined;
            /** @description Also answer with `summary_message` and `event_message`. In the E1 SDK, but not in the E1 server's spec. */
            include_compaction_messages?: boolean | undefined;
            /** @description The agent, when the path says `default`. */
            agent_id?: string | null | undefined;
            /** @description Skills that the caller offers. */
            client_skills?: readonly components["schemas"]["ClientSkill"][] | null | undefined;
            /** @description System prompt for this send only; the server also reads it under the name `system`. */
            override_system?: string | null | undefined;
            /** @description Answer with log probabilities of the tokens. */
            return_logprobs?: boolean | undefined;
            /** @description How many alternatives per token; the vendor states the bounds in words. */
            top_logprobs?: number | null | undefined;
            /** @description Answer with token ids of each turn. */
            return_token_ids?: boolean | undefined;
            /**
             * @deprecated
             * @description Show the send-message tool as assistant messages.
             */
            use_assistant_message?: boolean | undefined;
            /**
             * @deprecated
             * @description Name of the send-message tool.
             */
            assistant_message_tool_name?: string | undefined;
            /**
             * @deprecated
             * @description Argument of the send-message tool that holds the text.
             */
            assistant_message_tool_kwarg?: string | undefined;
            /**
             * @deprecated
             * @description Let the model reason first. The vendor types it as a string, yet gives the boolean true as its default.
             */
            enable_thinking?: string | undefined;
        };
        /** @description One input message. */
        SendInput: components["schemas"]["MessageCreate"] | components["schemas"]["ApprovalCreate"] | components["schemas"]["ToolReturnCreate"];
        /** @description A message to the agent. */
        MessageCreate: {
            /** @description The kind of input; may be left out. */
            type?: "message" | null | undefined;
            /**
             * @description Who speaks.
             * @enum {string}
             */
            role: "user" | "system" | "assistant";
            /** @description Text, or parts. */
            content: string | readonly components["schemas"]["ContentPart"][];
            /** @description Name of the speaker. */
            name?: string | null | undefined;
            /** @description The client's own message id; from E2 on it de-duplicates a repeated send. */
            otid?: string | null | undefined;
            /** @description Id of the sender. */
            sender_id?: string | null | undefined;
            /** @description Id of the batch item the message came from. */
            batch_item_id?: string | null | undefined;
            /** @description Group the message belongs to. */
            group_id?: string | null | undefined;
        };
        /** @description An answer to an approval request. Whatever names a role is taken for a message instead. */
        ApprovalCreate: {
            /**
             * @description The kind of input; the vendor lets it be left out.
             * @constant
             */
            type?: "approval" | undefined;
            /** @description One decision or tool result per tool call. */
            approvals?: readonly components["schemas"]["ApprovalInput"][] | null | undefined;
            /** @description Group the message belongs to. */
            group_id?: string | null | undefined;
            /** @description The client's own message id. */
            otid?: string | null | undefined;
            /**
             * @deprecated
             * @description One decision for all; use `approvals`.
             */
            approve?: boolean | null | undefined;
            /**
             * @deprecated
             * @description The request this answers; use `approvals`.
             */
            approval_request_id?: string | null | undefined;
            /**
             * @deprecated
             * @description Why; use `approvals`.
             */
            reason?: string | null | undefined;
        };
        /** @description Results of tools that the caller ran. */
        ToolReturnCreate: {
            /**
             * @description The kind of input; the vendor lets it be left out.
             * @constant
             */
            type?: "tool_return" | undefined;
            /** @description One result per tool call. */
            tool_returns: readonly components["schemas"]["ToolReturnInput"][];
            /** @description The client's own message id. */
            otid?: string | null | undefined;
            /** @description Group the message belongs to. */
            group_id?: string | null | undefined;
        };
        /** @description A decision on a tool call, or its result. */
        ApprovalInput: components["schemas"]["ApprovalReturn"] | components["schemas"]["ToolReturnInput"];
        /** @description A decision on one tool call. */
        ApprovalReturn: {
            /**
             * @description The kind of entry.
             * @constant
             */
            type?: "approval" | undefined;
            /** @description The tool call decided on. */
            tool_call_id: string;
            /** @description Whether it may run. */
            approve: boolean;
            /** @description Why. */
            reason?: string | null | undefined;
        };
        /** @description Result of one tool call, as sent. */
        ToolReturnInput: {
            /**
             * @description The kind of entry.
             * @constant
             */
            type?: "tool" | undefined;
            /** @description Text, or parts. */
            tool_return: string | readonly components["schemas"]["ToolReturnInputPart"][];
            /**
             * @description Whether the tool succeeded.
             * @enum {string}
             */
            status: "success" | "error";
            /** @description The tool call answered. */
            tool_call_id: string;
            /** @description Lines of standard output. */
            stdout?: readonly string[] | null | undefined;
            /** @description Lines of standard error. */
            stderr?: readonly string[] | null | undefined;
        };
        /** @description One part of a tool result, as sent. */
        ToolReturnInputPart: components["schemas"]["TextContent"] | components["schemas"]["ImageContentInput"];
        /** @description Result of one tool call, as stored. */
        ToolReturn: {
            /**
             * @description The kind of entry.
             * @constant
             */
            type?: "tool" | undefined;
            /** @description Text, or parts. */
            tool_return: string | components["schemas"]["TextOrImagePart"][];
            status: components["schemas"]["ToolReturnStatus"];
            /** @description The tool call answered. */
            tool_call_id: string;
            /** @description Lines of standard output. */
            stdout?: string[] | null | undefined;
            /** @description Lines of standard error. */
            stderr?: string[] | null | undefined;
        };
        /** @description Whether a tool succeeded. */
        ToolReturnStatus: "success" | "error" | (string & {});
        /** @description A tool that the caller runs. */
        ClientTool: {
            /** @description Name of the tool. */
            name: string;
            /** @description What the tool does. */
            description?: string | null | undefined;
            /** @description JSON Schema of its arguments. */
            parameters?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /** @description A skill that the caller offers. */
        ClientSkill: {
            /** @description Name of the skill. */
            name: string;
            /** @description What it is for. */
            description: string;
            /** @description Where it is found. */
            location: string;
        };
        /** @description One part of a message, as sent. */
        ContentPart: components["schemas"]["TextContent"] | components["schemas"]["ImageContentInput"] | components["schemas"]["ToolCallContent"] | components["schemas"]["ToolReturnContent"] | components["schemas"]["ReasoningContent"] | components["schemas"]["RedactedReasoningContent"] | components["schemas"]["OmittedReasoningContent"];
        /** @description One part of the short form `input`; it also knows summarised reasoning. */
        InputContentPart: components["schemas"]["ContentPart"] | components["schemas"]["SummarizedReasoningContent"];
        /** @description Text. */
        TextContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "text" | undefined;
            /** @description The text. */
            text: string;
            /** @description Opaque proof of origin from the model provider. */
            signature?: string | null | undefined;
        };
        /** @description An image, as sent. */
        ImageContentInput: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "image" | undefined;
            /** @description Where the image is. */
            source: components["schemas"]["UrlImage"] | components["schemas"]["Base64Image"] | components["schemas"]["LettaImage"];
        };
        /** @description An image, as stored. */
        ImageContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "image" | undefined;
            /** @description Where the image is. */
            source: components["schemas"]["UrlImage"] | components["schemas"]["Base64Image"] | components["schemas"]["LettaImage"] | components["schemas"]["UnknownImageSource"];
        };
        /** @description An image on the web. */
        UrlImage: {
            /**
             * @description The kind of source.
             * @constant
             */
            type?: "url" | undefined;
            /** @description Address of the image. */
            url: string;
        };
        /** @description An image in the message itself. */
        Base64Image: {
            /**
             * @description The kind of source.
             * @constant
             */
            type?: "base64" | undefined;
            /** @description Media type of the image. */
            media_type: string;
            /** @description The image in base64. */
            data: string;
            /** @description How closely the model looks. */
            detail?: string | null | undefined;
        };
        /** @description An image stored by Letta. */
        LettaImage: {
            /**
             * @description The kind of source.
             * @constant
             */
            type?: "letta" | undefined;
            /** @description Id of the file. */
            file_id: string;
            /** @description Media type of the image. */
            media_type?: string | null | undefined;
            /** @description The image in base64. */
            data?: string | null | undefined;
            /** @description How closely the model looks. */
            detail?: string | null | undefined;
        };
        /** @description An image source newer than this document. */
        UnknownImageSource: {
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A tool call inside a message. */
        ToolCallContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "tool_call" | undefined;
            /** @description Id of the call. */
            id: string;
            /** @description Name of the tool. */
            name: string;
            /** @description Its arguments. */
            input: {
                [key: string]: unknown;
            };
            /** @description Opaque proof of origin from the model provider. */
            signature?: string | null | undefined;
        };
        /** @description A tool result inside a message. */
        ToolReturnContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "tool_return" | undefined;
            /** @description The call answered. */
            tool_call_id: string;
            /** @description The result. */
            content: string;
            /** @description Whether the tool failed. */
            is_error: boolean;
        };
        /** @description Reasoning inside a message. */
        ReasoningContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "reasoning" | undefined;
            /** @description Whether a reasoning model wrote it. */
            is_native: boolean;
            /** @description The text. */
            reasoning: string;
            /** @description Opaque proof of origin from the model provider. */
            signature?: string | null | undefined;
        };
        /** @description Reasoning the provider redacted. */
        RedactedReasoningContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "redacted_reasoning" | undefined;
            /** @description The opaque remains. */
            data: string;
        };
        /** @description Reasoning the provider left out. */
        OmittedReasoningContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "omitted_reasoning" | undefined;
            /** @description Opaque proof of origin from the model provider. */
            signature?: string | null | undefined;
        };
        /** @description Reasoning in summarised form. */
        SummarizedReasoningContent: {
            /**
             * @description The kind of part.
             * @constant
             */
            type?: "summarized_reasoning" | undefined;
            /** @description Id of the reasoning. */
            id: string;
            /** @description The summary, part by part. */
            summary: readonly components["schemas"]["SummarizedReasoningContentPart"][];
            /** @description The reasoning itself, encrypted. */
            encrypted_content?: string | undefined;
        };
        /** @description One part of a reasoning summary. */
        SummarizedReasoningContentPart: {
            /** @description Its place. */
            index: number;
            /** @description Its text. */
            text: string;
        };
        /** @description One part of a stored message or tool result. */
        TextOrImagePart: components["schemas"]["TextContent"] | components["schemas"]["ImageContent"] | components["schemas"]["UnknownTextOrImagePart"];
        /** @description A part newer than this document. */
        UnknownTextOrImagePart: {
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description One part of an assistant message. */
        AssistantPart: components["schemas"]["TextContent"] | components["schemas"]["UnknownAssistantPart"];
        /** @description A part newer than this document. */
        UnknownAssistantPart: {
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A whole tool call. */
        ToolCall: {
            /** @description Name of the tool. */
            name: string;
            /** @description Its arguments as JSON text. */
            arguments: string;
            /** @description Id of the call. */
            tool_call_id: string;
        };
        /** @description A piece of a tool call while tokens are streamed. */
        ToolCallDelta: {
            /** @description Piece of the name. */
            name?: string | null | undefined;
            /** @description Piece of the arguments. */
            arguments?: string | null | undefined;
            /** @description Id of the call. */
            tool_call_id?: string | null | undefined;
        };
        /** @description A tool call, or a piece of one. */
        ToolCallOrDelta: components["schemas"]["ToolCall"] | components["schemas"]["ToolCallDelta"];
        /** @description Tool calls, a piece of one, or nothing. */
        ToolCallsOrDelta: components["schemas"]["ToolCall"][] | components["schemas"]["ToolCallDelta"] | null;
        /**
         * @description A kind of message to ask for; the last two came with E2.
         * @enum {string}
         */
        MessageType: "system_message" | "user_message" | "assistant_message" | "reasoning_message" | "hidden_reasoning_message" | "tool_call_message" | "tool_return_message" | "approval_request_message" | "approval_response_message" | "summary_message" | "event_message";
        /** @description One message, told apart by `message_type`. */
        LettaMessage: components["schemas"]["SystemMessage"] | components["schemas"]["UserMessage"] | components["schemas"]["AssistantMessage"] | components["schemas"]["ReasoningMessage"] | components["schemas"]["HiddenReasoningMessage"] | components["schemas"]["ToolCallMessage"] | components["schemas"]["ToolReturnMessage"] | components["schemas"]["ApprovalRequestMessage"] | components["schemas"]["ApprovalResponseMessage"] | components["schemas"]["SummaryMessage"] | components["schemas"]["EventMessage"] | components["schemas"]["UnknownMessage"];
        /** @description One page of messages. */
        LettaMessageList: components["schemas"]["LettaMessage"][];
        /** @description What every message has. */
        LettaMessageBase: {
            /** @description `message-` plus a UUID v4; several messages made from one stored row share it. */
            id: string;
            /**
             * Format: date-time
             * @description When the message was made.
             */
            date: string;
            /** @description Name of the speaker. */
            name?: string | null | undefined;
            /** @description The client's own message id. */
            otid?: string | null | undefined;
            /** @description Id of the sender. */
            sender_id?: string | null | undefined;
            /** @description Step of the run. */
            step_id?: string | null | undefined;
            /** @description Run that made it. */
            run_id?: string | null | undefined;
            /** @description Whether it stems from a failed step. */
            is_err?: boolean | null | undefined;
            /** @description Its number in the stream. */
            seq_id?: number | null | undefined;
        };
        /** @description A system message. */
        SystemMessage: {
            /** @constant */
            message_type: "system_message";
            /** @description The text. */
            content: string;
        } & components["schemas"]["LettaMessageBase"];
        /** @description A message of the user. */
        UserMessage: {
            /** @constant */
            message_type: "user_message";
            /** @description Text, or parts. */
            content: string | components["schemas"]["TextOrImagePart"][];
        } & components["schemas"]["LettaMessageBase"];
        /** @description A message of the agent. */
        AssistantMessage: {
            /** @constant */
            message_type: "assistant_message";
            /** @description Text, or parts. */
            content: string | components["schemas"]["AssistantPart"][];
        } & components["schemas"]["LettaMessageBase"];
        /** @description What the agent thought. */
        ReasoningMessage: {
            /** @constant */
            message_type: "reasoning_message";
            /** @description The text. */
            reasoning: string;
            /** @description Whether a reasoning model wrote it. */
            source?: "reasoner_model" | "non_reasoner_model" | (string & {}) | undefined;
            /** @description Opaque proof of origin from the model provider. */
            signature?: string | null | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description Thought whose text is not shown. */
        HiddenReasoningMessage: {
            /** @constant */
            message_type: "hidden_reasoning_message";
            /** @description Why it is not shown. */
            state: "redacted" | "omitted" | (string & {});
            /** @description The opaque remains. */
            hidden_reasoning?: string | null | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description The agent calls tools. */
        ToolCallMessage: {
            /** @constant */
            message_type: "tool_call_message";
            /**
             * @deprecated
             * @description The first call; use `tool_calls`. Still always present.
             */
            tool_call: components["schemas"]["ToolCallOrDelta"];
            /** @description The calls. */
            tool_calls?: components["schemas"]["ToolCallsOrDelta"] | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description Results of tools. */
        ToolReturnMessage: {
            /** @constant */
            message_type: "tool_return_message";
            /**
             * @deprecated
             * @description The first result; use `tool_returns`. Still always present.
             */
            tool_return: string;
            /**
             * @deprecated
             * @description State of the first result; use `tool_returns`. Still always present.
             */
            status: components["schemas"]["ToolReturnStatus"];
            /**
             * @deprecated
             * @description Call of the first result; use `tool_returns`. Still always present.
             */
            tool_call_id: string;
            /**
             * @deprecated
             * @description Lines of standard output of the first result; use `tool_returns`.
             */
            stdout?: string[] | null | undefined;
            /**
             * @deprecated
             * @description Lines of standard error of the first result; use `tool_returns`.
             */
            stderr?: string[] | null | undefined;
            /** @description The results. */
            tool_returns?: components["schemas"]["ToolReturn"][] | null | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description The agent asks whether tools may run. */
        ApprovalRequestMessage: {
            /** @constant */
            message_type: "approval_request_message";
            /**
             * @deprecated
             * @description The first call; use `tool_calls`. Still always present.
             */
            tool_call: components["schemas"]["ToolCallOrDelta"];
            /** @description The calls asked about. */
            tool_calls?: components["schemas"]["ToolCallsOrDelta"] | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description An answer to an approval request. */
        ApprovalResponseMessage: {
            /** @constant */
            message_type: "approval_response_message";
            /** @description The decisions and results. */
            approvals?: components["schemas"]["ApprovalEntry"][] | null | undefined;
            /**
             * @deprecated
             * @description One decision for all; use `approvals`.
             */
            approve?: boolean | null | undefined;
            /**
             * @deprecated
             * @description The request answered; use `approvals`.
             */
            approval_request_id?: string | null | undefined;
            /**
             * @deprecated
             * @description Why; use `approvals`.
             */
            reason?: string | null | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description A decision on a tool call, or its result, as stored. */
        ApprovalEntry: components["schemas"]["ApprovalReturn"] | components["schemas"]["ToolReturn"] | components["schemas"]["UnknownApprovalEntry"];
        /** @description An entry newer than this document. */
        UnknownApprovalEntry: {
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The summary a compaction left. E1's spec misprints the tag as `summary`; the wire has it as here. */
        SummaryMessage: {
            /** @constant */
            message_type: "summary_message";
            /** @description The summary. */
            summary: string;
            /** @description Numbers of the compaction. */
            compaction_stats?: components["schemas"]["CompactionStats"] | null | undefined;
        } & components["schemas"]["LettaMessageBase"];
        /** @description Numbers of a compaction. */
        CompactionStats: {
            /** @description What set it off. */
            trigger: string;
            /** @description Size of the context window in tokens. */
            context_window: number;
            /** @description Messages before. */
            messages_count_before: number;
            /** @description Messages after. */
            messages_count_after: number;
            /** @description Tokens before. */
            context_tokens_before?: number | null | undefined;
            /** @description Tokens after. */
            context_tokens_after?: number | null | undefined;
        };
        /** @description Something happened to the conversation. E1's spec misprints the tag as `event`; the wire has it as here. */
        EventMessage: {
            /** @constant */
            message_type: "event_message";
            /** @description What happened. */
            event_type: "compaction" | (string & {});
            /** @description Details of the event. */
            event_data: {
                [key: string]: unknown;
            };
        } & components["schemas"]["LettaMessageBase"];
        /** @description A message newer than this document. */
        UnknownMessage: {
            message_type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The answer to a send that does not stream. */
        LettaResponse: {
            /** @description What the agent said and did. */
            messages: components["schemas"]["LettaMessage"][];
            stop_reason: components["schemas"]["LettaStopReason"];
            usage: components["schemas"]["LettaUsageStatistics"];
            /** @description Log probabilities, when asked for. */
            logprobs?: components["schemas"]["ChoiceLogprobs"] | null | undefined;
            /** @description Token data of each turn, when asked for. */
            turns?: components["schemas"]["TurnTokenData"][] | null | undefined;
        };
        /** @description Log probabilities of an answer. */
        ChoiceLogprobs: {
            /** @description Of the text. */
            content?: components["schemas"]["TokenLogprob"][] | null | undefined;
            /** @description Of a refusal. */
            refusal?: components["schemas"]["TokenLogprob"][] | null | undefined;
        };
        /** @description Log probability of one token. */
        TokenLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes?: number[] | null | undefined;
            /** @description The likeliest tokens in its place. */
            top_logprobs: components["schemas"]["TopLogprob"][];
        };
        /** @description One alternative token. */
        TopLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes?: number[] | null | undefined;
        };
        /** @description Token data of one turn. */
        TurnTokenData: {
            /** @description Whose turn it was. */
            role: "assistant" | "tool" | (string & {});
            /** @description Token ids. */
            output_ids?: number[] | null | undefined;
            /** @description One short list per token. */
            output_token_logprobs?: (number | string | null)[][] | null | undefined;
            /** @description The text. */
            content?: string | null | undefined;
            /** @description The tool. */
            tool_name?: string | null | undefined;
        };
        /** @description One event of a stream: the JSON after `data:`. Errors also carry `event: error`, cancellation may carry `event: cancelled`; the last line is `data: [DONE]`, which is not JSON. */
        LettaStreamEvent: components["schemas"]["SystemMessage"] | components["schemas"]["UserMessage"] | components["schemas"]["AssistantMessage"] | components["schemas"]["ReasoningMessage"] | components["schemas"]["HiddenReasoningMessage"] | components["schemas"]["ToolCallMessage"] | components["schemas"]["ToolReturnMessage"] | components["schemas"]["ApprovalRequestMessage"] | components["schemas"]["ApprovalResponseMessage"] | components["schemas"]["SummaryMessage"] | components["schemas"]["EventMessage"] | components["schemas"]["LettaPing"] | components["schemas"]["LettaErrorMessage"] | components["schemas"]["LettaStopReason"] | components["schemas"]["LettaUsageStatistics"] | components["schemas"]["UnknownStreamEvent"];
        /** @description Keeps the connection alive. */
        LettaPing: {
            /** @constant */
            message_type: "ping";
        } & components["schemas"]["LettaMessageBase"];
        /** @description The run failed. */
        LettaErrorMessage: {
            /** @constant */
            message_type: "error_message";
            /** @description The run. */
            run_id: string;
            /** @description The kind of error. */
            error_type: string;
            /** @description What happened. */
            message: string;
            /** @description More about it. */
            detail?: string | undefined;
            /** @description Its number in the stream. */
            seq_id?: number | undefined;
        };
        /** @description Why the agent stopped. */
        LettaStopReason: {
            /** @constant */
            message_type: "stop_reason";
            stop_reason: components["schemas"]["StopReasonType"];
        };
        /** @description Why a run ended; `insufficient_credits` came with E2. */
        StopReasonType: "end_turn" | "error" | "llm_api_error" | "invalid_llm_response" | "invalid_tool_call" | "max_steps" | "max_tokens_exceeded" | "no_tool_call" | "tool_rule" | "cancelled" | "insufficient_credits" | "requires_approval" | "context_window_overflow_in_system_prompt" | (string & {});
        /** @description What the run used, in tokens and steps. */
        LettaUsageStatistics: {
            /** @constant */
            message_type: "usage_statistics";
            /** @description Tokens written. */
            completion_tokens?: number | undefined;
            /** @description Tokens read. */
            prompt_tokens?: number | undefined;
            /** @description Both together. */
            total_tokens?: number | undefined;
            /** @description Steps taken. */
            step_count?: number | undefined;
            /** @description The runs counted. */
            run_ids?: string[] | null | undefined;
            /** @description Tokens read from the provider's cache. */
            cached_input_tokens?: number | null | undefined;
            /** @description Tokens written to the provider's cache. */
            cache_write_tokens?: number | null | undefined;
            /** @description Tokens spent on reasoning. */
            reasoning_tokens?: number | null | undefined;
            /** @description Tokens in the context. */
            context_tokens?: number | null | undefined;
        };
        /** @description An event newer than this document. */
        UnknownStreamEvent: {
            message_type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description Settings of a model, told apart by `provider_type`; always send it, although the vendor prints it as optional. */
        ModelSettings: components["schemas"]["OpenAIModelSettings"] | components["schemas"]["SGLangModelSettings"] | components["schemas"]["AnthropicModelSettings"] | components["schemas"]["GoogleAIModelSettings"] | components["schemas"]["GoogleVertexModelSettings"] | components["schemas"]["AzureModelSettings"] | components["schemas"]["XAIModelSettings"] | components["schemas"]["ZAIModelSettings"] | components["schemas"]["GroqModelSettings"] | components["schemas"]["DeepseekModelSettings"] | components["schemas"]["TogetherModelSettings"] | components["schemas"]["BedrockModelSettings"] | components["schemas"]["OpenRouterModelSettings"] | components["schemas"]["ChatGPTOAuthModelSettings"] | components["schemas"]["BasetenModelSettings"] | components["schemas"]["MoonshotModelSettings"] | components["schemas"]["MoonshotCodingModelSettings"];
        /** @description Settings of a model, as stored. */
        ConversationModelSettings: components["schemas"]["ModelSettings"] | components["schemas"]["UnknownModelSettings"];
        /** @description Settings of a provider newer than this document. */
        UnknownModelSettings: {
            provider_type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description What the settings of every provider have. */
        ModelSettingsBase: {
            /** @description Most tokens per answer. The server has 4096 (65536 for Google) and stores it only when the caller sets it. */
            max_output_tokens?: number | undefined;
            /** @description Whether the model may call several tools at once; false was the E1 default. */
            parallel_tool_calls?: boolean | undefined;
            /** @description Sampling temperature; the server has 0.7 (1 for Anthropic). */
            temperature?: number | undefined;
        };
        /** @description Settings of an OpenAI model. */
        OpenAIModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "openai" | undefined;
            /** @description How much to reason. */
            reasoning?: components["schemas"]["OpenAIReasoning"] | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description Whether tool arguments must match their schema exactly. */
            strict?: boolean | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a SGLang server model. */
        SGLangModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "sglang" | undefined;
            /** @description How much to reason. */
            reasoning?: components["schemas"]["OpenAIReasoning"] | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description Whether tool arguments must match their schema exactly. */
            strict?: boolean | undefined;
            /** @description Name of the parser for tool calls. */
            tool_call_parser?: string | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of an Anthropic model. */
        AnthropicModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "anthropic" | undefined;
            /** @description Whether and how much to think. */
            thinking?: components["schemas"]["AnthropicThinking"] | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description How long the answer is. */
            verbosity?: "low" | "medium" | "high" | (string & {}) | null | undefined;
            /** @description How hard to try; `max` came with E2, `xhigh` with E3. */
            effort?: "low" | "medium" | "high" | "xhigh" | "max" | (string & {}) | null | undefined;
            /** @description Whether tool arguments must match their schema exactly. */
            strict?: boolean | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Google AI model. */
        GoogleAIModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "google_ai" | undefined;
            /** @description Whether and how much to think. */
            thinking_config?: components["schemas"]["GeminiThinkingConfig"] | undefined;
            /** @description Form of the answer. */
            response_schema?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Google Vertex AI model. */
        GoogleVertexModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "google_vertex" | undefined;
            /** @description Whether and how much to think. */
            thinking_config?: components["schemas"]["GeminiThinkingConfig"] | undefined;
            /** @description Form of the answer. */
            response_schema?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of an Azure OpenAI model. */
        AzureModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "azure" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of an xAI model. */
        XAIModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "xai" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Z.ai model. */
        ZAIModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "zai" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description Whether and how to think. */
            thinking?: components["schemas"]["ZAIThinking"] | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Groq model. */
        GroqModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "groq" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a DeepSeek model. */
        DeepseekModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "deepseek" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Together AI model. */
        TogetherModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "together" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of an Amazon Bedrock model. */
        BedrockModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "bedrock" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of an OpenRouter model. */
        OpenRouterModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "openrouter" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a ChatGPT account model. */
        ChatGPTOAuthModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "chatgpt_oauth" | undefined;
            /** @description How much to reason. */
            reasoning?: components["schemas"]["ChatGPTOAuthReasoning"] | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Baseten model. */
        BasetenModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "baseten" | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Moonshot model. */
        MoonshotModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "moonshot" | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description Whether tool arguments must match their schema exactly. */
            strict?: boolean | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Settings of a Moonshot coding model. */
        MoonshotCodingModelSettings: {
            /**
             * @description The provider.
             * @constant
             */
            provider_type?: "moonshot_coding" | undefined;
            /** @description How hard to try. */
            effort?: "low" | "medium" | "high" | "xhigh" | "max" | (string & {}) | null | undefined;
            /** @description Whether and how much to think. */
            thinking?: components["schemas"]["AnthropicThinking"] | undefined;
            /** @description Form of the answer. */
            response_format?: components["schemas"]["ResponseFormat"] | null | undefined;
            /** @description Whether tool arguments must match their schema exactly. */
            strict?: boolean | undefined;
            /** @description How long the answer is. */
            verbosity?: "low" | "medium" | "high" | (string & {}) | null | undefined;
        } & components["schemas"]["ModelSettingsBase"];
        /** @description Reasoning of an OpenAI model. */
        OpenAIReasoning: {
            /** @description How much to reason. */
            reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | (string & {}) | undefined;
        };
        /** @description Reasoning of a ChatGPT account's model. */
        ChatGPTOAuthReasoning: {
            /** @description How much to reason. */
            reasoning_effort?: "none" | "low" | "medium" | "high" | "xhigh" | (string & {}) | undefined;
        };
        /** @description Thinking of an Anthropic or Moonshot coding model. */
        AnthropicThinking: {
            /** @description Whether to think. */
            type?: "enabled" | "disabled" | (string & {}) | undefined;
            /** @description Most tokens to spend on it. */
            budget_tokens?: number | undefined;
        };
        /** @description Thinking of a Z.ai model. */
        ZAIThinking: {
            /** @description Whether to think. */
            type?: "enabled" | "disabled" | (string & {}) | undefined;
            /** @description Whether to drop earlier thoughts. */
            clear_thinking?: boolean | undefined;
        };
        /** @description Thinking of a Google model. */
        GeminiThinkingConfig: {
            /** @description Whether to show the thoughts. */
            include_thoughts?: boolean | undefined;
            /** @description Most tokens to spend on it. */
            thinking_budget?: number | undefined;
        };
        /** @description Form of the model's answer. */
        ResponseFormat: components["schemas"]["TextResponseFormat"] | components["schemas"]["JsonSchemaResponseFormat"] | components["schemas"]["JsonObjectResponseFormat"] | components["schemas"]["UnknownResponseFormat"];
        /** @description Plain text. */
        TextResponseFormat: {
            /**
             * @description The kind of format.
             * @constant
             */
            type?: "text" | undefined;
        };
        /** @description JSON that matches a schema. */
        JsonSchemaResponseFormat: {
            /**
             * @description The kind of format.
             * @constant
             */
            type?: "json_schema" | undefined;
            /** @description The schema. */
            json_schema: {
                [key: string]: unknown;
            };
        };
        /** @description Any JSON object. */
        JsonObjectResponseFormat: {
            /**
             * @description The kind of format.
             * @constant
             */
            type?: "json_object" | undefined;
        };
        /** @description A format newer than this document. */
        UnknownResponseFormat: {
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The server's own error. */
        DetailError: {
            /** @description What went wrong. */
            detail: string;
        };
        /** @description Something else is going on in the conversation. */
        ConflictError: {
            /** @description What is in the way. */
            detail: string;
            /** @description The run that is in the way. */
            run_id?: string | undefined;
        };
        /** @description An error of the model provider. */
        ModelProviderError: {
            error: components["schemas"]["ModelProviderErrorInfo"];
        };
        /** @description What the model provider answered. */
        ModelProviderErrorInfo: {
            /** @description The kind of error. */
            type: "llm_authentication" | "llm_insufficient_credits" | "llm_rate_limit" | "llm_error" | "llm_timeout" | (string & {});
            /** @description What went wrong. */
            message?: string | undefined;
            /** @description The provider's own words. */
            detail?: string | undefined;
        };
        /** @description One of the two error families, `detail` or `error`. */
        DetailOrProviderError: components["schemas"]["DetailError"] | components["schemas"]["ModelProviderError"];
        /** @description A refused request. The vendor documents `detail` as a list; its server sends one text, with a `trace_id`. */
        HTTPValidationError: {
            detail?: components["schemas"]["ErrorDetail"] | undefined;
            /** @description Id of the request in the server's traces. */
            trace_id?: string | undefined;
            /** @description Valid ids, when the path id was malformed. */
            examples?: string[] | undefined;
        };
        /** @description A text, or the list of what is wrong. */
        ErrorDetail: string | components["schemas"]["ValidationError"][];
        /** @description One thing wrong with a request. */
        ValidationError: {
            /** @description Where it is. */
            loc: (string | number)[];
            /** @description What is wrong. */
            msg: string;
            /** @description The kind of mistake. */
            type: string;
        };
        /** @description Any error body; every field is optional. Bodies of the hosted API may hold quota reasons. */
        ApiError: {
            detail?: components["schemas"]["ErrorDetail"] | undefined;
            error?: components["schemas"]["ApiErrorInfo"] | undefined;
            /** @description What went wrong; the SDK looks for it. */
            message?: string | undefined;
            /** @description The run concerned. */
            run_id?: string | undefined;
            /** @description Id of the request in the server's traces. */
            trace_id?: string | undefined;
            /** @description Valid ids, when the path id was malformed. */
            examples?: string[] | undefined;
            /** @description Why the hosted API refused; these are not worth a retry. */
            reasons?: components["schemas"]["QuotaReason"][] | undefined;
            /** @description The reasons as a sentence. */
            reason_text?: string | undefined;
            /** @description Milliseconds until the quota starts anew, with `exceeded-quota`. */
            timeToQuotaResetMs?: number | undefined;
        };
        /** @description The nested error, or just its text. */
        ApiErrorInfo: {
            /** @description The kind of error. */
            type?: string | undefined;
            /** @description What went wrong. */
            message?: string | undefined;
            /** @description More about it. */
            detail?: string | undefined;
            /** @description Why the hosted API refused. */
            reasons?: components["schemas"]["QuotaReason"][] | undefined;
            /** @description The reasons as a sentence. */
            reason_text?: string | undefined;
        } | string;
        /** @description Why the hosted API refused. */
        QuotaReason: "not-enough-credits" | "exceeded-quota" | "agents-limit-exceeded" | "model-unknown" | "free-usage-exceeded" | "basic-usage-exceeded" | "standard-usage-exceeded" | "premium-usage-exceeded" | "byok-not-available-on-free-tier" | "context-window-size-not-supported" | (string & {});
    };
    responses: {
        /** @description The conversation as it is now. */
        ConversationFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "conv-7b1f0c1e-3a52-4c8e-9d47-5f2a6b8c9d10",
                 *       "agent_id": "agent-0c5de7e2-18b4-4f6f-8a3b-64d1b9a7e2c3",
                 *       "created_at": "2026-02-10T09:28:11.402Z",
                 *       "updated_at": "2026-02-10T09:41:50.117Z",
                 *       "created_by_id": "user-9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d",
                 *       "last_updated_by_id": "user-9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d",
                 *       "summary": "The offsite is booked for October",
                 *       "in_context_message_ids": [
                 *         "message-1d2c3b4a-5f6e-4a7b-8c9d-0e1f2a3b4c5d"
                 *       ],
                 *       "isolated_block_ids": []
                 *     }
                 */
                "application/json": components["schemas"]["Conversation"];
            };
        };
        /** @description An argument is not valid: a bad model handle, an unknown block label, no active or no background run, nothing to compact, run tracking switched off, a malformed `user_id` header. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description The key or password is missing or wrong. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Unauthorized"
                 *     }
                 */
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description The key is missing or wrong (`detail`), or the model provider refused its own key (`error`). */
        UnauthorizedOrProvider: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailOrProviderError"];
            };
        };
        /** @description The model provider's credits are used up (from E2 on). */
        InsufficientCredits: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ModelProviderError"];
            };
        };
        /** @description This kind of agent cannot be compacted (E1). */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description No such conversation, agent, run or cursor: unknown, deleted, or in another organisation. E1 servers answer 404 for `default`. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description The tool server did not answer in time. */
        ToolTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description The conversation is busy or waits for an approval, nothing runs that could be cancelled, someone else wrote at the same time, or the database was locked (then with `Retry-After`). */
        Conflict: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConflictError"];
            };
        };
        /** @description The run is older than three hours. */
        RunExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description The request does not match the schema, the path id is malformed, or the message list is empty. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPValidationError"];
            };
        };
        /** @description The model provider's limit (`error`), or a hosted quota with `reasons`. */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The client went away before the answer. */
        ClientClosed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailError"];
            };
        };
        /** @description Unhandled error (`detail`) or model error (`error`). */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailOrProviderError"];
            };
        };
        /** @description The model provider or the tool server failed. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailOrProviderError"];
            };
        };
        /** @description Database, Redis or tool server is unavailable, or the model provider is overloaded. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailOrProviderError"];
            };
        };
        /** @description The model provider took too long. */
        UpstreamTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DetailOrProviderError"];
            };
        };
        /** @description Any other error. The hosted edge network may also answer 52x with an HTML page. */
        OtherError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
    };
    parameters: {
        /**
         * @description The word `default`, or `conv-` plus a lowercase UUID v4. From E2 on `default` needs an `agent_id` and names the agent's own history; E1 servers hold no such conversation. Other ids are refused with 422.
         * @example conv-00000000-0000-4000-8000-000000000001
         */
        ConversationId: string;
        /**
         * @description A stored conversation, `conv-` plus a lowercase UUID v4; `default` is not accepted here.
         * @example conv-00000000-0000-4000-8000-000000000001
         */
        StoredConversationId: string;
        /**
         * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
         * @example conv-00000000-0000-4000-8000-000000000001
         */
        ConversationOrAgentId: string;
        /** @description The agent, when the path says `default`. */
        AgentForDefault: string;
        /** @description Id of the project to work in. */
        ProjectId: string;
        /** @description Slug or name of the project to work in. */
        Project: string;
    };
    requestBodies: never;
    headers: {
        /** @description Seconds, or an HTTP date, to wait. 1 on a database lock or deadlock from E2 on; on a hosted 429 per Letta's CLI. */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConversations: {
        parameters: {
            query?: {
                /** @description List this agent's conversations. Required in E1, optional from E2 on, where leaving it out lists those of every agent of the organisation. */
                agent_id?: string | undefined;
                /** @description How many conversations a page holds; no bounds are published. */
                limit?: number | undefined;
                /** @description Id of the last conversation of the page before. */
                after?: string | undefined;
                /** @description Text to find inside summaries; conversations without a summary never match. */
                summary_search?: string | undefined;
                /** @description Sort direction. */
                order?: "asc" | "desc" | undefined;
                /** @description What to sort by; conversations without the time come last. */
                order_by?: "created_at" | "last_run_completion" | "last_message_at" | undefined;
                /** @description Which conversations to list by their archived state; the default is not published. */
                archive_status?: "unarchived" | "archived" | "all" | undefined;
            } | undefined;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of conversations, as a bare array. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "conv-7b1f0c1e-3a52-4c8e-9d47-5f2a6b8c9d10",
                     *         "agent_id": "agent-0c5de7e2-18b4-4f6f-8a3b-64d1b9a7e2c3",
                     *         "summary": "Planning the autumn offsite",
                     *         "in_context_message_ids": [],
                     *         "isolated_block_ids": []
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    createConversation: {
        parameters: {
            query: {
                /**
                 * @description The agent the conversation belongs to, `agent-` plus a UUID v4.
                 * @example agent-0c5de7e2-18b4-4f6f-8a3b-64d1b9a7e2c3
                 */
                agent_id: string;
            };
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /** @description Optional first settings of the conversation. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "summary": "Planning the autumn offsite",
                 *       "isolated_block_labels": [
                 *         "scratchpad"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        } | undefined;
        responses: {
            200: components["responses"]["ConversationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description The word `default`, or `conv-` plus a lowercase UUID v4. From E2 on `default` needs an `agent_id` and names the agent's own history; E1 servers hold no such conversation. Other ids are refused with 422.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ConversationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description A stored conversation, `conv-` plus a lowercase UUID v4; `default` is not accepted here.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["StoredConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. The body is not specified, null on the open-source server. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example null */
                    "application/json": components["schemas"]["DeleteConversationResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description The word `default`, or `conv-` plus a lowercase UUID v4. From E2 on `default` needs an `agent_id` and names the agent's own history; E1 servers hold no such conversation. Other ids are refused with 422.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The fields to change. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "summary": "The offsite is booked for October"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateConversationBody"];
            };
        };
        responses: {
            200: components["responses"]["ConversationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    forkConversation: {
        parameters: {
            query?: {
                /** @description The agent, when the path says `default`. */
                agent_id?: components["parameters"]["AgentForDefault"] | undefined;
                /** @description Keep the fork out of the usual listings; the default is not published. */
                hidden?: boolean | undefined;
                /** @description Copy the messages in context up to and including this one, `message-` plus a UUID v4. */
                message_id?: string | undefined;
            } | undefined;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ConversationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    cancelConversation: {
        parameters: {
            query?: {
                /** @description The agent, when the path says `default`. */
                agent_id?: components["parameters"]["AgentForDefault"] | undefined;
            } | undefined;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of each run, by run id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "run-5e0f7d7a-6c1b-4b52-8f39-2b9a4cf0d611": "cancelled"
                     *     }
                     */
                    "application/json": components["schemas"]["CancelConversationResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    recompileConversation: {
        parameters: {
            query?: {
                /** @description Compute the prompt without storing it. */
                dry_run?: boolean | undefined;
            } | undefined;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        /** @description The agent, when the path says `default`. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "agent_id": "agent-0c5de7e2-18b4-4f6f-8a3b-64d1b9a7e2c3"
                 *     }
                 */
                "application/json": components["schemas"]["RecompileConversationBody"];
            };
        } | undefined;
        responses: {
            /** @description The compiled system prompt, a JSON string. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example You are the planner of a small team. */
                    "application/json": components["schemas"]["CompiledSystemPrompt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description The agent, when the path says `default`. */
                agent_id?: components["parameters"]["AgentForDefault"] | undefined;
                /** @description Message id; list messages older than it. */
                before?: string | undefined;
                /** @description Message id; list messages newer than it. */
                after?: string | undefined;
                /** @description How many stored messages a page is made from; no bounds are published. */
                limit?: number | undefined;
                /** @description Oldest first (`asc`) or newest first (`desc`). */
                order?: "asc" | "desc" | undefined;
                /** @description What to sort by; there is one choice. */
                order_by?: "created_at" | undefined;
                /** @description Only messages of this group. */
                group_id?: string | undefined;
                /** @description Also show error messages and error states, for debugging. */
                include_err?: boolean | undefined;
                /** @description Only these kinds of message; all when left out. Repeat the key for each kind. */
                include_return_message_types?: readonly components["schemas"]["MessageType"][] | undefined;
            } | undefined;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of messages, as a bare array. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "message_type": "user_message",
                     *         "id": "message-1d2c3b4a-5f6e-4a7b-8c9d-0e1f2a3b4c5d",
                     *         "date": "2026-02-10T09:30:00Z",
                     *         "content": "Which week suits everyone?"
                     *       },
                     *       {
                     *         "message_type": "assistant_message",
                     *         "id": "message-2e3d4c5b-6a7f-4b8c-9d0e-1f2a3b4c5d6e",
                     *         "date": "2026-02-10T09:30:04Z",
                     *         "content": "The second week of October."
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["LettaMessageList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    sendConversationMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        /** @description The input and how to run it. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Which week suits everyone?"
                 *         }
                 *       ],
                 *       "streaming": false,
                 *       "max_steps": 10
                 *     }
                 */
                "application/json": components["schemas"]["SendConversationMessageBody"];
            };
        };
        responses: {
            /** @description The agent's messages, streamed or whole as `streaming` asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messages": [
                     *         {
                     *           "message_type": "assistant_message",
                     *           "id": "message-2e3d4c5b-6a7f-4b8c-9d0e-1f2a3b4c5d6e",
                     *           "date": "2026-02-10T09:30:04Z",
                     *           "content": "The second week of October."
                     *         }
                     *       ],
                     *       "stop_reason": {
                     *         "message_type": "stop_reason",
                     *         "stop_reason": "end_turn"
                     *       },
                     *       "usage": {
                     *         "message_type": "usage_statistics",
                     *         "prompt_tokens": 812,
                     *         "completion_tokens": 9,
                     *         "total_tokens": 821
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LettaResponse"];
                    "text/event-stream": components["schemas"]["LettaStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["UnauthorizedOrProvider"];
            402: components["responses"]["InsufficientCredits"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["ToolTimeout"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            499: components["responses"]["ClientClosed"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
            default: components["responses"]["OtherError"];
        };
    };
    previewConversationModelRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        /** @description The same body as a send. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "Which week suits everyone?"
                 *     }
                 */
                "application/json": components["schemas"]["SendConversationMessageBody"];
            };
        };
        responses: {
            /** @description The raw provider request, whose shape depends on the provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "model": "example-model",
                     *       "messages": []
                     *     }
                     */
                    "application/json": components["schemas"]["RawModelRequest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    retrieveConversationStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        /** @description Which run, and from where. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "starting_after": 12,
                 *       "include_pings": false
                 *     }
                 */
                "application/json": components["schemas"]["RetrieveConversationStreamBody"];
            };
        } | undefined;
        responses: {
            /** @description The run's events from that point on; each `data:` line is one event, `[DONE]` ends the stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LettaStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["RunExpired"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    compactConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the project to work in. */
                "X-Project-Id"?: components["parameters"]["ProjectId"] | undefined;
                /** @description Slug or name of the project to work in. */
                "X-Project"?: components["parameters"]["Project"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description `conv-` plus a lowercase UUID v4, the word `default` together with an `agent_id`, or (deprecated) an agent id, `agent-` plus a lowercase UUID v4.
                 * @example conv-00000000-0000-4000-8000-000000000001
                 */
                conversation_id: components["parameters"]["ConversationOrAgentId"];
            };
            cookie?: never;
        };
        /** @description How to compact. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "compaction_settings": {
                 *         "model": "openai/gpt-5-mini",
                 *         "mode": "sliding_window",
                 *         "sliding_window_percentage": 0.3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CompactConversationBody"];
            };
        } | undefined;
        responses: {
            /** @description The summary and what it replaced. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": "The team agreed on the second week of October.",
                     *       "num_messages_before": 48,
                     *       "num_messages_after": 12
                     *     }
                     */
                    "application/json": components["schemas"]["CompactionResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["UnauthorizedOrProvider"];
            402: components["responses"]["InsufficientCredits"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
            default: components["responses"]["OtherError"];
        };
    };
}
