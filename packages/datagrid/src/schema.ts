// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export interface paths {
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Returns one page of the conversations of the teamspace.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Create a conversation
         * @description Creates an empty conversation; sending the call twice creates two.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one conversation
         * @description Returns the conversation with this id.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * @description Removes the conversation and answers without a body.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        /**
         * Update a conversation
         * @description Changes the name or the assigned agents and returns the whole conversation.
         */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/conversations/{conversation_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description Returns one page of messages; the order cannot be chosen.
         */
        get: operations["listConversationMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one message
         * @description Returns one message of the conversation.
         */
        get: operations["getConversationMessage"];
        put?: never;
        post?: never;
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
        /**
         * @description Fields of a conversation that can be changed; none may be null.
         * @example {
         *       "name": "Invoice review",
         *       "agent_ids": [
         *         "agent_123"
         *       ]
         *     }
         */
        UpdateConversationBody: {
            /** @description New name; no length limit is published, nor a way to clear it. */
            name?: string | undefined;
            /** @description The agents to assign instead of the present ones; an empty list removes all of them. */
            agent_ids?: readonly string[] | undefined;
        };
        /**
         * @description A new conversation.
         * @example {
         *       "name": "Invoice review"
         *     }
         */
        CreateConversationBody: {
            /** @description Name of the conversation; may be null here, unlike in an update. */
            name?: string | null | undefined;
        };
        /**
         * @description A conversation with one or more agents.
         * @example {
         *       "object": "conversation",
         *       "id": "conv_123",
         *       "name": "Invoice review",
         *       "created_at": "2026-01-05T09:30:00.000Z",
         *       "updated_at": "2026-01-05T09:41:12.000Z",
         *       "agent_ids": [
         *         "agent_123"
         *       ],
         *       "participated_agent_ids": [
         *         "agent_123",
         *         "agent_456"
         *       ]
         *     }
         */
        Conversation: {
            /**
             * @description Kind of this object.
             * @constant
             */
            object: "conversation";
            /** @description Id of the conversation, used in paths. */
            id: string;
            /** @description Name of the conversation, absent when it has none. */
            name?: string | null | undefined;
            /**
             * Format: date-time
             * @description When the conversation was created.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the conversation was last changed.
             */
            updated_at: string;
            /** @description Ids of the agents assigned now. */
            agent_ids?: string[] | undefined;
            /** @description Ids of all agents that ever replied here; assigning others removes none of them. */
            participated_agent_ids?: string[] | undefined;
        };
        /**
         * @description Field that conversations can be ordered by.
         * @enum {string}
         */
        ConversationSortField: "created_at" | "updated_at";
        /**
         * @description One page of conversations.
         * @example {
         *       "object": "list",
         *       "data": [
         *         {
         *           "object": "conversation",
         *           "id": "conv_123",
         *           "created_at": "2026-01-05T09:30:00.000Z",
         *           "updated_at": "2026-01-05T09:41:12.000Z"
         *         }
         *       ],
         *       "has_more": false
         *     }
         */
        ConversationList: {
            /**
             * @description Kind of this object.
             * @constant
             */
            object: "list";
            /** @description The conversations. */
            data: components["schemas"]["Conversation"][];
            /** @description False on the last page; when absent, go on until a page is empty. */
            has_more?: boolean | undefined;
        };
        /** @description One page of messages. */
        MessageList: {
            /**
             * @description Kind of this object.
             * @constant
             */
            object: "list";
            /** @description The messages. */
            data: components["schemas"]["Message"][];
            /** @description False on the last page; when absent, go on until a page is empty. */
            has_more?: boolean | undefined;
        };
        /**
         * @description A message in a conversation.
         * @example {
         *       "object": "conversation.message",
         *       "id": "msg_123",
         *       "agent_id": "agent_123",
         *       "conversation_id": "conv_123",
         *       "role": "agent",
         *       "created_at": "2026-01-05T09:31:00.000Z",
         *       "content": [
         *         {
         *           "type": "text",
         *           "text": "The invoice is due on Friday."
         *         }
         *       ],
         *       "citations": [
         *         {
         *           "citation": "Due date",
         *           "sources": [
         *             {
         *               "type": "pdf_page",
         *               "source_name": "invoice.pdf",
         *               "confirmations": [
         *                 "Page 1"
         *               ]
         *             }
         *           ]
         *         }
         *       ],
         *       "credits": null
         *     }
         */
        Message: {
            /**
             * @description Kind of this object.
             * @constant
             */
            object: "conversation.message";
            /** @description Id of the message. */
            id: string;
            /** @description Id of the agent the message was exchanged with. */
            agent_id: string;
            /** @description Id of the conversation the message belongs to. */
            conversation_id: string;
            role: components["schemas"]["ParticipantRole"];
            /**
             * Format: date-time
             * @description When the message was created.
             */
            created_at: string;
            /** @description Parts of the message, in order. */
            content: components["schemas"]["MessageContent"][];
            /** @description Sources the agent relied on. */
            citations: components["schemas"]["Citation"][] | null;
            /** @description What the message cost; null for messages of users and for all messages read later. */
            credits: components["schemas"]["MessageCredits"] | null;
        };
        /** @description Who speaks, a user or an agent. */
        ParticipantRole: "user" | "agent" | (string & {});
        /** @description Credits spent on a message. */
        MessageCredits: {
            /** @description Number of credits. */
            consumed: number;
        };
        /** @description One part of a message. */
        MessageContent: components["schemas"]["TextContent"] | components["schemas"]["VoiceContent"] | components["schemas"]["InputFileContent"] | components["schemas"]["UnknownContent"];
        /** @description Written text. */
        TextContent: {
            /** @constant */
            type: "text";
            /** @description The text. */
            text: string;
        };
        /** @description A spoken exchange. */
        VoiceContent: {
            /** @constant */
            type: "voice";
            /** @description What was said. */
            transcript: string;
            /** @description Recordings of the exchange. */
            audio_clips: components["schemas"]["AudioClip"][];
            /** @description Length in milliseconds. */
            duration_ms: number | null;
            /** @description What the agent said. */
            agent_transcript?: string | null | undefined;
            /** @description What happened during the exchange. */
            timeline_events?: components["schemas"]["TimelineEvent"][] | undefined;
        };
        /** @description A file the user handed in. */
        InputFileContent: {
            /** @constant */
            type: "input_file";
            /** @description Id of the file. */
            file_id: string;
        };
        /** @description A part of a kind that this document does not know yet. */
        UnknownContent: {
            /** @description Kind of the part. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A piece of recorded speech. */
        AudioClip: {
            /** @description Id of the clip. */
            id: string;
            /** @description Address of the recording. */
            audio_uri: string;
            /** @description Length in milliseconds. */
            duration_ms: number;
            /** @description Start within the exchange, in milliseconds. */
            start_time_ms: number;
            participant: components["schemas"]["AudioParticipant"];
        };
        /** @description Who speaks in a clip. */
        AudioParticipant: {
            /** @description Id of the speaker. */
            id: string;
            type: components["schemas"]["ParticipantRole"];
        };
        /** @description Something that happened during a spoken exchange. */
        TimelineEvent: {
            /** @description Moment within the exchange, in milliseconds. */
            timestamp_ms: number;
            /** @description What happened. */
            type: "transcript" | "citation" | "tool_call_status" | (string & {});
            /** @description Sources, for a citation. */
            citations?: components["schemas"]["Citation"][] | undefined;
            role?: components["schemas"]["ParticipantRole"] | undefined;
            /** @description State of a tool call. */
            status?: "started" | "completed" | "failed" | (string & {}) | undefined;
            /** @description Text of the event. */
            text?: string | undefined;
            /** @description Name of the tool called. */
            tool_name?: string | undefined;
        };
        /** @description A statement with the sources that support it. */
        Citation: {
            /** @description The statement. */
            citation: string;
            /** @description Its sources. */
            sources: components["schemas"]["CitationSource"][];
        };
        /** @description One source of a statement. */
        CitationSource: {
            /** @description Kind of source. */
            type: "image" | "pdf_page" | "record" | "web_search" | "sql_query_result" | "action" | (string & {});
            /** @description Name of the source. */
            source_name: string;
            /** @description Passages of the source that support the statement. */
            confirmations: string[];
            /** @description Id of the source. */
            source_id?: string | undefined;
            /** @description Address of the source. */
            source_uri?: string | undefined;
        };
        /**
         * @description Body of status 429; calls are counted per teamspace, path and method over 60 seconds.
         * @example {
         *       "status_code": 429,
         *       "statusCode": 429,
         *       "error": "rate_limit_exceeded",
         *       "message": "Too many calls",
         *       "retryable": true,
         *       "details": {
         *         "reason": "200 calls in the last minute"
         *       }
         *     }
         */
        RateLimitError: {
            /** @description The status, 429. */
            status_code: number;
            /**
             * @deprecated
             * @description Older spelling of `status_code`.
             */
            statusCode?: number | undefined;
            /**
             * @description Code of this error.
             * @constant
             */
            error: "rate_limit_exceeded";
            /** @description What happened, for people. */
            message: string;
            /** @description What to do about it. */
            mitigation?: string | undefined;
            /** @description Whether the call may be sent again after a while. */
            retryable: boolean;
            /** @description More about the error. */
            details?: {
                /** @description Why the limit was reached. */
                reason?: string | undefined;
            } | undefined;
        };
        /**
         * @description Body of any other failure, read tolerantly.
         * @example {
         *       "statusCode": 400,
         *       "error": "Bad Request",
         *       "message": [
         *         "property colour is not expected"
         *       ]
         *     }
         */
        ErrorResponse: {
            /** @description The status. */
            status_code?: number | undefined;
            /** @description The status, under its older spelling. */
            statusCode?: number | undefined;
            /** @description Code or name of the error. */
            error?: string | undefined;
            /** @description What happened, in one sentence or several. */
            message?: string | string[] | undefined;
            /** @description What to do about it. */
            mitigation?: string | undefined;
            /** @description Whether the call may be sent again after a while. */
            retryable?: boolean | undefined;
            /** @description More about the error. */
            details?: {
                [key: string]: unknown;
            } | undefined;
        };
    };
    responses: {
        /** @description The conversation was deleted; there is no body. */
        Deleted: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Too many calls on this endpoint; wait as long as `Retry-After` says. */
        RateLimited: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RateLimitError"];
            };
        };
        /** @description Any other failure, such as a bad request, a missing key or an unknown id. */
        UnexpectedError: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description Id of the conversation, an opaque string.
         * @example cnv_sandbox_0001
         */
        ConversationId: string;
        /**
         * @description Id of the message, an opaque string.
         * @example msg_123
         */
        MessageId: string;
        /** @description Most items on one page, 20 when left out. */
        Limit: number;
        /** @description Id of an item; the page starts behind it. Using it together with `before` is not described. */
        After: string;
        /** @description Id of an item; the page ends ahead of it. Going back, pass the id of the first item of the last page. */
        Before: string;
        /**
         * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
         * @example teamspace_123
         */
        Teamspace: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Calls allowed in one window on this endpoint.
         * @example 200
         */
        "X-RateLimit-Limit": number;
        /**
         * @description Calls left in the current window.
         * @example 199
         */
        "X-RateLimit-Remaining": number;
        /**
         * @description When the window ends, in seconds since the Unix epoch.
         * @example 1767605400
         */
        "X-RateLimit-Reset": number;
        /**
         * @description Seconds to wait; sent only when no calls are left, and so with every 429.
         * @example 12
         */
        "Retry-After": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConversations: {
        parameters: {
            query?: {
                /** @description Most items on one page, 20 when left out. */
                limit?: components["parameters"]["Limit"] | undefined;
                /** @description Id of an item; the page starts behind it. Using it together with `before` is not described. */
                after?: components["parameters"]["After"] | undefined;
                /** @description Id of an item; the page ends ahead of it. Going back, pass the id of the first item of the last page. */
                before?: components["parameters"]["Before"] | undefined;
                /** @description Direction of the order; the vendor does not say which one it uses by itself. */
                direction?: "asc" | "desc" | undefined;
                /** @description Field to order by; the vendor does not say which one it uses by itself. */
                sort?: components["schemas"]["ConversationSortField"] | undefined;
            } | undefined;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of conversations. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /** @description The new conversation; an empty object will do. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        };
        responses: {
            /** @description The conversation was created. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation, an opaque string.
                 * @example cnv_sandbox_0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation, an opaque string.
                 * @example cnv_sandbox_0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Deleted"];
            204: components["responses"]["Deleted"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation, an opaque string.
                 * @example cnv_sandbox_0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The fields to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationBody"];
            };
        };
        responses: {
            /** @description The conversation after the change. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description Most items on one page, 20 when left out. */
                limit?: components["parameters"]["Limit"] | undefined;
                /** @description Id of an item; the page starts behind it. Using it together with `before` is not described. */
                after?: components["parameters"]["After"] | undefined;
                /** @description Id of an item; the page ends ahead of it. Going back, pass the id of the first item of the last page. */
                before?: components["parameters"]["Before"] | undefined;
            } | undefined;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation, an opaque string.
                 * @example cnv_sandbox_0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of messages. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getConversationMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Id of the teamspace to work in. It counts only for keys of account scope and for members who sign in with a JWT; other keys always work in their home teamspace. A teamspace outside the account answers 404.
                 * @example teamspace_123
                 */
                "Datagrid-Teamspace"?: components["parameters"]["Teamspace"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation, an opaque string.
                 * @example cnv_sandbox_0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description Id of the message, an opaque string.
                 * @example msg_123
                 */
                message_id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            429: components["responses"]["RateLimited"];
            default: components["responses"]["UnexpectedError"];
        };
    };
}
