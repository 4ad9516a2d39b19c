// Generated from specs/chatdash/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export interface paths {
    "/agents/{agentId}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the conversations of an agent
         * @description Returns a plain array. Left alone, the filters `record` and `interacted` act as true, so a bare call omits conversations that are not recorded or that no user took part in.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Create a conversation
         * @description Stores a new conversation for the agent and returns it; the vendor advises to fill many fields.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one conversation
         * @description The only operation that can also take the id of the source platform in the path.
         */
        get: operations["getConversation"];
        /**
         * Update a conversation
         * @description Sets the fields that are sent and answers with a message only; read the conversation again for its new state. The vendor's prose names five fields, its schema 34; the schema counts.
         */
        put: operations["updateConversation"];
        post?: never;
        /**
         * Delete a conversation
         * @description Removes the conversation with this `_id`.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description Returns all messages as a plain array; there is no paging.
         */
        get: operations["listConversationMessages"];
        /**
         * Replace the messages of a conversation
         * @description Overwrites the whole list of messages with the one sent.
         */
        put: operations["replaceConversationMessages"];
        /**
         * Add messages to a conversation
         * @description Appends one or more messages; sending the same call twice appends them twice.
         */
        post: operations["addConversationMessages"];
        /**
         * Delete the messages of a conversation
         * @description Removes every message of the conversation and keeps the conversation.
         */
        delete: operations["deleteConversationMessages"];
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
         * @description Fields of a conversation that can be changed. None may be null, and no lengths or ranges are published. `_id`, `agentId`, `campaignId`, `createdAt` and `updatedAt` cannot be changed.
         * @example {
         *       "read": true,
         *       "status": "human",
         *       "summary": "Asked for a refund of order 1042",
         *       "metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        UpdateConversationBody: {
            /** @description Id of the same conversation on the platform it came from. */
            platformId?: string | undefined;
            /** @description Id of the lead this conversation belongs to. */
            leadId?: string | undefined;
            /** @description Name of the end user who started the conversation (not a title). */
            name?: string | undefined;
            /** @description True once somebody has read the conversation. */
            read?: boolean | undefined;
            /**
             * Format: date-time
             * @description When the conversation ended.
             */
            endedAt?: string | undefined;
            /** @description Browser of the end user. */
            browser?: string | undefined;
            /** @description Device of the end user. */
            device?: string | undefined;
            /** @description Operating system of the end user. */
            os?: string | undefined;
            /** @description Country of the end user, two letters by ISO 3166-1 alpha-2; the vendor publishes no pattern. */
            countryCode?: string | undefined;
            /** @description IP address of the end user. */
            ipAddress?: string | undefined;
            /** @description Whether the conversation is kept on record. */
            record?: boolean | undefined;
            /** @description True once the end user has taken part. */
            interacted?: boolean | undefined;
            /** @description Channel the conversation runs on, for example Webchat, WhatsApp or Instagram; an open list. */
            channel?: string | undefined;
            /** @description Phone number of the caller - the FROM number on Retell, the customer's on Vapi and ElevenLabs. */
            phone?: string | undefined;
            /** @description The other phone number - the TO number on Retell, the agent's on Vapi and ElevenLabs. */
            phoneSecondary?: string | undefined;
            /** @description Instagram id of the end user. */
            instagramId?: string | undefined;
            /** @description Instagram user name of the end user. */
            instagramUsername?: string | undefined;
            /** @description Cost of a voice call; the currency is not stated. */
            cost?: number | undefined;
            /** @description Length of a voice call in minutes. */
            duration?: number | undefined;
            /** @description Address of the conversation, for voice calls that of the recording. */
            url?: string | undefined;
            /** @description Why a voice call ended. */
            endedReason?: string | undefined;
            /** @description True when a voice call was not answered. */
            noAnswer?: boolean | undefined;
            /**
             * @description Who handles the conversation now.
             * @enum {string}
             */
            status?: "ai" | "pending" | "human" | undefined;
            /** @description Name of the human agent in charge. */
            liveAgentName?: string | undefined;
            /** @description Id of the human agent in charge. */
            liveAgentId?: string | undefined;
            /** @description Whether the conversation is going on right now. */
            isLive?: boolean | undefined;
            /** @description Free note about the conversation. */
            note?: string | undefined;
            /** @description What the conversation is about. */
            topic?: string | undefined;
            /** @description Finer division of the topic. */
            subtopic?: string | undefined;
            /** @description Summary of the conversation. */
            summary?: string | undefined;
            evaluation?: components["schemas"]["EvaluationInput"] | undefined;
            /** @description Questions the agent did not understand; the misspelt key is the vendor's name on the wire. */
            mistunderstoodQueries?: readonly components["schemas"]["MisunderstoodQueryInput"][] | undefined;
            /** @description Analysis results imported from a voice platform. */
            customAnalysis?: {
                [key: string]: unknown;
            } | undefined;
            /** @description Free-form data about the conversation, such as custom fields of the source platform. */
            metadata?: {
                [key: string]: unknown;
            } | undefined;
        };
        /**
         * @description Fields of a new conversation, the same ones an update takes.
         * @example {
         *       "platformId": "call_123",
         *       "name": "Ada Example",
         *       "channel": "Webchat",
         *       "interacted": true,
         *       "metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        CreateConversationBody: {
            /** @description Id of the same conversation on the platform it came from. */
            platformId?: string | undefined;
            /** @description Id of the lead this conversation belongs to. */
            leadId?: string | undefined;
            /** @description Name of the end user who started the conversation (not a title). */
            name?: string | undefined;
            /** @description True once somebody has read the conversation. */
            read?: boolean | undefined;
            /**
             * Format: date-time
             * @description When the conversation ended.
             */
            endedAt?: string | undefined;
            /** @description Browser of the end user. */
            browser?: string | undefined;
            /** @description Device of the end user. */
            device?: string | undefined;
            /** @description Operating system of the end user. */
            os?: string | undefined;
            /** @description Country of the end user, two letters by ISO 3166-1 alpha-2; the vendor publishes no pattern. */
            countryCode?: string | undefined;
            /** @description IP address of the end user. */
            ipAddress?: string | undefined;
            /** @description Whether the conversation is kept on record. */
            record?: boolean | undefined;
            /** @description True once the end user has taken part. */
            interacted?: boolean | undefined;
            /** @description Channel the conversation runs on, for example Webchat, WhatsApp or Instagram; an open list. */
            channel?: string | undefined;
            /** @description Phone number of the caller - the FROM number on Retell, the customer's on Vapi and ElevenLabs. */
            phone?: string | undefined;
            /** @description The other phone number - the TO number on Retell, the agent's on Vapi and ElevenLabs. */
            phoneSecondary?: string | undefined;
            /** @description Instagram id of the end user. */
            instagramId?: string | undefined;
            /** @description Instagram user name of the end user. */
            instagramUsername?: string | undefined;
            /** @description Cost of a voice call; the currency is not stated. */
            cost?: number | undefined;
            /** @description Length of a voice call in minutes. */
            duration?: number | undefined;
            /** @description Address of the conversation, for voice calls that of the recording. */
            url?: string | undefined;
            /** @description Why a voice call ended. */
            endedReason?: string | undefined;
            /** @description True when a voice call was not answered. */
            noAnswer?: boolean | undefined;
            /**
             * @description Who handles the conversation now.
             * @enum {string}
             */
            status?: "ai" | "pending" | "human" | undefined;
            /** @description Name of the human agent in charge. */
            liveAgentName?: string | undefined;
            /** @description Id of the human agent in charge. */
            liveAgentId?: string | undefined;
            /** @description Whether the conversation is going on right now. */
            isLive?: boolean | undefined;
            /** @description Free note about the conversation. */
            note?: string | undefined;
            /** @description What the conversation is about. */
            topic?: string | undefined;
            /** @description Finer division of the topic. */
            subtopic?: string | undefined;
            /** @description Summary of the conversation. */
            summary?: string | undefined;
            evaluation?: components["schemas"]["EvaluationInput"] | undefined;
            /** @description Questions the agent did not understand; the misspelt key is the vendor's name on the wire. */
            mistunderstoodQueries?: readonly components["schemas"]["MisunderstoodQueryInput"][] | undefined;
            /** @description Analysis results imported from a voice platform. */
            customAnalysis?: {
                [key: string]: unknown;
            } | undefined;
            /** @description Free-form data about the conversation, such as custom fields of the source platform. */
            metadata?: {
                [key: string]: unknown;
            } | undefined;
        };
        /**
         * @description A conversation of an end user with an agent.
         * @example {
         *       "_id": "65f0c0ffee65f0c0ffee65f1",
         *       "agentId": "65f0c0ffee65f0c0ffee65f0",
         *       "createdAt": "2026-01-05T09:30:00.000Z",
         *       "updatedAt": "2026-01-05T09:41:12.000Z",
         *       "platformId": "call_123",
         *       "name": "Ada Example",
         *       "read": true,
         *       "record": true,
         *       "interacted": true,
         *       "channel": "Webchat",
         *       "status": "human",
         *       "evaluation": {
         *         "isSuccess": true,
         *         "reason": "The question was answered"
         *       },
         *       "mistunderstoodQueries": [
         *         {
         *           "question": "What about the other order?"
         *         }
         *       ],
         *       "metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        Conversation: {
            /** @description Id of the conversation. */
            _id?: string | undefined;
            /** @description Id of the agent that owns the conversation. */
            agentId?: string | null | undefined;
            /** @description Id of the campaign the conversation belongs to; read-only. */
            campaignId?: string | null | undefined;
            /**
             * Format: date-time
             * @description When the conversation was created.
             */
            createdAt?: string | null | undefined;
            /**
             * Format: date-time
             * @description When the conversation was last changed.
             */
            updatedAt?: string | null | undefined;
            /** @description Id of the same conversation on the platform it came from. */
            platformId?: string | null | undefined;
            /** @description Id of the lead this conversation belongs to. */
            leadId?: string | null | undefined;
            /** @description Name of the end user who started the conversation (not a title). */
            name?: string | null | undefined;
            /** @description True once somebody has read the conversation. */
            read?: boolean | null | undefined;
            /**
             * Format: date-time
             * @description When the conversation ended.
             */
            endedAt?: string | null | undefined;
            /** @description Browser of the end user. */
            browser?: string | null | undefined;
            /** @description Device of the end user. */
            device?: string | null | undefined;
            /** @description Operating system of the end user. */
            os?: string | null | undefined;
            /** @description Country of the end user, two letters by ISO 3166-1 alpha-2; the vendor publishes no pattern. */
            countryCode?: string | null | undefined;
            /** @description IP address of the end user. */
            ipAddress?: string | null | undefined;
            /** @description Whether the conversation is kept on record. */
            record?: boolean | null | undefined;
            /** @description True once the end user has taken part. */
            interacted?: boolean | null | undefined;
            /** @description Channel the conversation runs on, for example Webchat, WhatsApp or Instagram; an open list. */
            channel?: string | null | undefined;
            /** @description Phone number of the caller - the FROM number on Retell, the customer's on Vapi and ElevenLabs. */
            phone?: string | null | undefined;
            /** @description The other phone number - the TO number on Retell, the agent's on Vapi and ElevenLabs. */
            phoneSecondary?: string | null | undefined;
            /** @description Instagram id of the end user. */
            instagramId?: string | null | undefined;
            /** @description Instagram user name of the end user. */
            instagramUsername?: string | null | undefined;
            /** @description Cost of a voice call; the currency is not stated. */
            cost?: number | null | undefined;
            /** @description Length of a voice call in minutes. */
            duration?: number | null | undefined;
            /** @description Address of the conversation, for voice calls that of the recording. */
            url?: string | null | undefined;
            /** @description Why a voice call ended. */
            endedReason?: string | null | undefined;
            /** @description True when a voice call was not answered. */
            noAnswer?: boolean | null | undefined;
            /** @description Who handles the conversation now. */
            status?: components["schemas"]["ConversationStatus"] | null | undefined;
            /** @description Name of the human agent in charge. */
            liveAgentName?: string | null | undefined;
            /** @description Id of the human agent in charge. */
            liveAgentId?: string | null | undefined;
            /** @description Whether the conversation is going on right now. */
            isLive?: boolean | null | undefined;
            /** @description Free note about the conversation. */
            note?: string | null | undefined;
            /** @description What the conversation is about. */
            topic?: string | null | undefined;
            /** @description Finer division of the topic. */
            subtopic?: string | null | undefined;
            /** @description Summary of the conversation. */
            summary?: string | null | undefined;
            evaluation?: components["schemas"]["Evaluation"] | null | undefined;
            /** @description Questions the agent did not understand; the misspelt key is the vendor's name on the wire. */
            mistunderstoodQueries?: components["schemas"]["MisunderstoodQuery"][] | null | undefined;
            /** @description Analysis results imported from a voice platform. */
            customAnalysis?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Free-form data about the conversation, such as custom fields of the source platform. */
            metadata?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /** @description Conversations, without an envelope. */
        ConversationList: components["schemas"]["Conversation"][];
        /**
         * @description Answer to a creation.
         * @example {
         *       "message": "Conversation stored",
         *       "conversation": {
         *         "_id": "65f0c0ffee65f0c0ffee65f1",
         *         "platformId": "call_123"
         *       }
         *     }
         */
        CreateConversationResponse: {
            /** @description Sentence that says what was done. */
            message?: string | undefined;
            conversation?: components["schemas"]["Conversation"] | undefined;
        };
        /** @description Who handles the conversation - the AI, nobody yet, or a human. */
        ConversationStatus: "ai" | "pending" | "human" | (string & {});
        /** @description How well the conversation went. */
        EvaluationInput: {
            /** @description Whether the conversation reached its goal. */
            isSuccess?: boolean | undefined;
            /** @description Grounds for the verdict. */
            reason?: string | undefined;
        };
        /** @description How well the conversation went. */
        Evaluation: {
            /** @description Whether the conversation reached its goal. */
            isSuccess?: boolean | null | undefined;
            /** @description Grounds for the verdict. */
            reason?: string | null | undefined;
        };
        /** @description One question the agent did not understand. */
        MisunderstoodQueryInput: {
            /** @description The question as asked. */
            question?: string | undefined;
        };
        /** @description One question the agent did not understand. */
        MisunderstoodQuery: {
            /** @description The question as asked. */
            question?: string | null | undefined;
        };
        /**
         * @description Who wrote the message.
         * @enum {string}
         */
        MessageSender: "user" | "bot" | "agent";
        /** @description Content of a text message. */
        TextContent: {
            /** @description The text. */
            text: string;
        };
        /** @description Content of a message that is not plain text; its keys depend on the type. */
        MessageContent: {
            [key: string]: unknown;
        };
        /** @description Data about a message, for example the model used and the tokens it took. */
        MessageMetadata: {
            /** @description Name of the model that wrote the message. */
            model?: string | undefined;
            /** @description Tokens used. */
            total?: number | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description A text message to append. */
        NewTextMessage: {
            sender: components["schemas"]["MessageSender"];
            /** @constant */
            type: "text";
            content: components["schemas"]["TextContent"];
            metadata?: components["schemas"]["MessageMetadata"] | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | undefined;
        };
        /** @description A message of any other kind to append; the vendor has eleven besides text. */
        NewGenericMessage: {
            sender: components["schemas"]["MessageSender"];
            /** @description Kind of message. */
            type: string;
            content: components["schemas"]["MessageContent"];
            metadata?: components["schemas"]["MessageMetadata"] | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | undefined;
        };
        /** @description A message to append, text or any other kind. */
        NewMessage: components["schemas"]["NewTextMessage"] | components["schemas"]["NewGenericMessage"];
        /** @description A text message of the new list. */
        ReplacementTextMessage: {
            sender?: components["schemas"]["MessageSender"] | undefined;
            /** @constant */
            type: "text";
            content: components["schemas"]["TextContent"];
            metadata?: components["schemas"]["MessageMetadata"] | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | undefined;
        };
        /** @description A message of any other kind of the new list. */
        ReplacementGenericMessage: {
            sender?: components["schemas"]["MessageSender"] | undefined;
            /** @description Kind of message. */
            type: string;
            content: components["schemas"]["MessageContent"];
            metadata?: components["schemas"]["MessageMetadata"] | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | undefined;
        };
        /** @description A message of the new list; `sender` is optional here, as in the vendor's newest sample. */
        ReplacementMessage: components["schemas"]["ReplacementTextMessage"] | components["schemas"]["ReplacementGenericMessage"];
        /**
         * @description Messages to append.
         * @example {
         *       "messages": [
         *         {
         *           "sender": "user",
         *           "type": "text",
         *           "content": {
         *             "text": "Where is my order?"
         *           }
         *         }
         *       ]
         *     }
         */
        AddConversationMessagesBody: {
            /** @description One or more messages, oldest first. */
            messages: readonly components["schemas"]["NewMessage"][];
        };
        /**
         * @description The new list of messages.
         * @example {
         *       "messages": [
         *         {
         *           "sender": "bot",
         *           "type": "text",
         *           "content": {
         *             "text": "It arrives tomorrow."
         *           },
         *           "metadata": {
         *             "model": "example-model",
         *             "total": 42
         *           }
         *         }
         *       ]
         *     }
         */
        ReplaceConversationMessagesBody: {
            /** @description Every message the conversation shall have, oldest first. */
            messages: readonly components["schemas"]["ReplacementMessage"][];
        };
        /** @description Who wrote the message. */
        MessageSenderValue: "user" | "bot" | "agent" | (string & {});
        /** @description A text message. */
        TextMessage: {
            sender?: components["schemas"]["MessageSenderValue"] | undefined;
            /** @constant */
            type: "text";
            content: components["schemas"]["TextContent"];
            metadata?: components["schemas"]["MessageMetadata"] | null | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | null | undefined;
        };
        /** @description A message of any other kind. The vendor names image, button, choice, card, carousel, debug, file, location, transition, extension and path messages, and publishes the tag and content of none. */
        UnknownMessage: {
            sender?: components["schemas"]["MessageSenderValue"] | undefined;
            /** @description Kind of message. */
            type: `(unknown) ${string}`;
            content?: components["schemas"]["MessageContent"] | undefined;
            metadata?: components["schemas"]["MessageMetadata"] | null | undefined;
            /** @description When the message was written; the vendor shows no format. */
            createdAt?: string | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A message as stored, text or any other kind.
         * @example {
         *       "sender": "user",
         *       "type": "text",
         *       "content": {
         *         "text": "Where is my order?"
         *       },
         *       "createdAt": "2026-01-05T09:30:00.000Z"
         *     }
         */
        Message: components["schemas"]["TextMessage"] | components["schemas"]["UnknownMessage"];
        /** @description Messages, without an envelope. */
        MessageList: components["schemas"]["Message"][];
        /**
         * @description Answer to a write that returns no resource.
         * @example {
         *       "message": "Conversation changed"
         *     }
         */
        MessageResponse: {
            /** @description Sentence that says what was done; do not rely on its wording. */
            message?: string | undefined;
        };
        /**
         * @description Body of status 500.
         * @example {
         *       "error": "Something failed"
         *     }
         */
        InternalServerError: {
            /** @description What went wrong. */
            error?: string | undefined;
        };
        /**
         * @description Body of any other failure, read tolerantly.
         * @example {
         *       "error": "Something failed"
         *     }
         */
        ErrorResponse: {
            /** @description What went wrong. */
            error?: string | undefined;
            /** @description What went wrong, under the other key seen. */
            message?: string | undefined;
        };
    };
    responses: {
        /** @description The server failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalServerError"];
            };
        };
        /** @description Any other failure; the vendor documents neither statuses nor bodies. */
        UnexpectedError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description The `_id` of the agent.
         * @example agent_1
         */
        AgentId: string;
        /**
         * @description The `_id` of the conversation.
         * @example 66f0c0ffee0000000000cd01
         */
        ConversationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConversations: {
        parameters: {
            query?: {
                /**
                 * @description Only conversations from this time on; ISO 8601 with milliseconds and Z.
                 * @example 2026-01-01T00:00:00.000Z
                 */
                startDate?: string | undefined;
                /**
                 * @description Only conversations up to this time; ISO 8601 with milliseconds and Z.
                 * @example 2026-02-01T00:00:00.000Z
                 */
                endDate?: string | undefined;
                /** @description Only conversations whose `record` has this value; acts as true when left out. */
                record?: boolean | undefined;
                /** @description Only conversations whose `interacted` has this value; acts as true when left out. */
                interacted?: boolean | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversations found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        /** @description Fields of the new conversation, all optional. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        };
        responses: {
            /** @description The conversation was stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateConversationResponse"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    getConversation: {
        parameters: {
            query?: {
                /** @description True when the id in the path is the `platformId` and not the `_id`. */
                isPlatformId?: boolean | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The fields to set, all optional. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationBody"];
            };
        };
        responses: {
            /** @description The conversation was updated. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation was deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    replaceConversationMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The messages the conversation has afterwards. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceConversationMessagesBody"];
            };
        };
        responses: {
            /** @description The messages were replaced. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    addConversationMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The messages to append. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddConversationMessagesBody"];
            };
        };
        responses: {
            /** @description The messages were added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteConversationMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `_id` of the agent.
                 * @example agent_1
                 */
                agentId: components["parameters"]["AgentId"];
                /**
                 * @description The `_id` of the conversation.
                 * @example 66f0c0ffee0000000000cd01
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages were deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
}
