// Generated from specs/agentsight/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export interface paths {
    "/api/conversations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Returns one page of conversations. With an API key each row carries its whole transcript unless `full` is false. To find the numeric id of a `conversation_id`, filter by it with `full=false`, `include_deleted=true` and `page_size=1`.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Create a conversation
         * @description Registers a conversation under your own id, or finds the one already there without changing it. Needs a write key. This route is outside the published contract, in which only the SDK records conversations.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/lookup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look up the numeric id of a conversation
         * @description Turns your id into the numeric one. Prefer the filtered list, which is published and also finds deleted conversations.
         */
        get: operations["lookupConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/metadata-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List metadata keys in use
         * @description Names the metadata keys of recent conversations, nested ones as dot paths; 200 at most.
         */
        get: operations["listConversationMetadataKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/metadata-values/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the values of a metadata key
         * @description Names the values that a metadata key has in recent conversations; 200 at most.
         */
        get: operations["listConversationMetadataValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/message-metadata-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List metadata keys of messages in use
         * @description Names the metadata keys of recent messages, nested ones as dot paths; 200 at most.
         */
        get: operations["listMessageMetadataKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one conversation
         * @description Returns the whole conversation with transcript, feedback, tickets and token usage, even when deleted.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/update/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a conversation
         * @description Changes the fields that are sent and echoes them. Needs a write key. `metadata` replaces the whole document. As long as a tracking process has the conversation open, its next event may undo all but `is_marked`.
         */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/api/conversations/{id}/rename/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a conversation
         * @description Sets the name only. Needs a write key.
         */
        patch: operations["renameConversation"];
        trace?: never;
    };
    "/api/conversations/{id}/mark/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark or unmark a conversation
         * @description Sets the mark only. Needs a write key.
         */
        post: operations["markConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * @description Hides the conversation from lists; it can still be read by its id. Needs a write key. There is no way back.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/attachments/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attachments of a conversation
         * @description Returns all attachments, with download addresses that end after one hour.
         */
        get: operations["listConversationAttachments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversation-feedbacks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave feedback on a conversation, the old way
         * @deprecated
         * @description Older form of `createFeedback`, which the vendor is going to remove. Needs a write key.
         */
        post: operations["createConversationFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedbacks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List feedback
         * @description Returns one page of feedback, newest first.
         */
        get: operations["listFeedbacks"];
        put?: never;
        /**
         * Leave feedback
         * @description Stores feedback on a conversation, a message or the agent. Needs a write key. A message holds one vote, so a second call for it changes the first and may be repeated safely; the other kinds are stored again each time.
         */
        post: operations["createFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedbacks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one piece of feedback
         * @description Returns the feedback with its ticket, or null where it has none.
         */
        get: operations["getFeedback"];
        put?: never;
        post?: never;
        /**
         * Delete feedback
         * @description Removes the feedback for good. Needs a write key.
         */
        delete: operations["deleteFeedback"];
        options?: never;
        head?: never;
        /**
         * Update feedback
         * @description Changes the fields that are sent and returns the whole feedback. Needs a write key.
         */
        patch: operations["updateFeedback"];
        trace?: never;
    };
    "/api/track/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one message
         * @description Returns the message with its attachments, action logs and vote.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the metadata of a message
         * @description Replaces the whole metadata document of the message. Needs a write key.
         */
        patch: operations["updateMessage"];
        trace?: never;
    };
    "/api/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what the API key is and may do
         * @description Returns the agent, role and environments of the key.
         */
        get: operations["getMe"];
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
         * @description Fields of a conversation that can be changed; at least one is needed. Fields left out keep their value. The vendor never sends null here and describes no way to clear a field.
         * @example {
         *       "name": "Resolved - account access",
         *       "is_marked": true,
         *       "metadata": {
         *         "resolution": "solved",
         *         "minutes": 5
         *       }
         *     }
         */
        UpdateConversationBody: {
            /** @description New name; the vendor trims it and refuses a blank one. */
            name?: string | undefined;
            /** @description Whether the conversation is marked as important. */
            is_marked?: boolean | undefined;
            /** @description Id of the customer. */
            customer_id?: string | undefined;
            /** @description Kind of device, such as desktop or mobile; not a closed list. */
            device?: string | undefined;
            /** @description Language code, such as en or es-ES. */
            language?: string | undefined;
            /** @description The new metadata document; keys left out are lost. */
            metadata?: {
                [key: string]: unknown;
            } | undefined;
        };
        /**
         * @description A new name.
         * @example {
         *       "name": "Resolved - account access"
         *     }
         */
        RenameConversationBody: {
            /** @description New name; surrounding space is cut off, and a blank name is refused. */
            name: string;
        };
        /**
         * @description A new state of the mark.
         * @example {
         *       "is_marked": true
         *     }
         */
        MarkConversationBody: {
            /** @description Whether the conversation is marked as important. */
            is_marked: boolean;
        };
        /**
         * @description A conversation to register; values for one that exists already are ignored.
         * @example {
         *       "conversation_id": "support-123",
         *       "name": "Account access",
         *       "environment": "production",
         *       "metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        CreateConversationBody: {
            /** @description Your own id of the conversation, unique for the agent. */
            conversation_id: string;
            /** @description Id of the customer. */
            customer_id?: string | null | undefined;
            /** @description IP address of the customer. */
            customer_ip_address?: string | null | undefined;
            /** @description Kind of device, desktop or mobile. */
            device?: string | null | undefined;
            /** @description Where the conversation comes from. */
            source?: string | null | undefined;
            /** @description Language code. */
            language?: string | null | undefined;
            /** @description Name of the conversation. */
            name?: string | null | undefined;
            /** @description Any data about the conversation. */
            metadata?: {
                [key: string]: unknown;
            } | null | undefined;
            /**
             * @description Environment to record it in; an unknown one is refused. The SDK sends development by itself.
             * @enum {string}
             */
            environment?: "production" | "development" | undefined;
            /** @description False for a page that was only opened, true for real use. */
            is_used?: boolean | undefined;
            /**
             * Format: date-time
             * @description When it began; the SDK sends the present time.
             */
            timestamp?: string | undefined;
        };
        /**
         * @description The conversation registered; more keys may be there.
         * @example {
         *       "id": 42,
         *       "conversation_id": "support-123"
         *     }
         */
        CreateConversationResponse: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description Both ids of a conversation; more keys may be there. */
        ConversationLookup: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The ids and the fields that were sent, not the whole conversation.
         * @example {
         *       "id": 42,
         *       "conversation_id": "support-123",
         *       "updated_fields": [
         *         "is_marked"
         *       ],
         *       "is_marked": true
         *     }
         */
        UpdateConversationResponse: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id: string;
            /** @description Names of the fields changed; older servers leave it out. */
            updated_fields?: string[] | undefined;
            /** @description Name as stored, if it was sent. */
            name?: string | undefined;
            /** @description Mark as stored, if it was sent. */
            is_marked?: boolean | undefined;
            /** @description Id of the customer, if it was sent. */
            customer_id?: string | undefined;
            /** @description Kind of device, if it was sent. */
            device?: string | undefined;
            /** @description Language code, if it was sent. */
            language?: string | undefined;
            /** @description Metadata as stored, if it was sent. */
            metadata?: {
                [key: string]: unknown;
            } | undefined;
        };
        /** @description The name as stored. */
        RenameConversationResponse: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id: string;
            /** @description Name as stored. */
            name: string;
        };
        /** @description The mark as stored. */
        MarkConversationResponse: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id: string;
            /** @description Whether the conversation is marked. */
            is_marked: boolean;
        };
        /** @description What was hidden, and when. */
        DeleteConversationResponse: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Your own id. */
            conversation_id: string;
            /**
             * @description Always true.
             * @constant
             */
            is_deleted: true;
            /**
             * Format: date-time
             * @description When the conversation was hidden.
             */
            deleted_at: string;
        };
        /**
         * @description A recorded conversation. Settings of the server can hide single fields, so only the ids are certain.
         * @example {
         *       "id": 42,
         *       "agent": 7,
         *       "conversation_id": "support-123",
         *       "name": "Account access",
         *       "customer_id": null,
         *       "customer_ip_address": null,
         *       "device": "desktop",
         *       "language": "en",
         *       "environment": "production",
         *       "environment_id": 3,
         *       "metadata": {
         *         "plan": "pro"
         *       },
         *       "started_at": "2026-01-05T09:30:00.123456Z",
         *       "ended_at": "2026-01-05T09:41:12.654321Z",
         *       "is_marked": false,
         *       "is_used": true,
         *       "is_deleted": false,
         *       "deleted_at": null,
         *       "geo_location": null,
         *       "messages": [
         *         {
         *           "id": 1001,
         *           "conversation": 42,
         *           "timestamp": "2026-01-05T09:30:00.123456Z",
         *           "sender": "end_user",
         *           "content": "I cannot sign in",
         *           "action_name": null,
         *           "metadata": null,
         *           "attachments": [],
         *           "action_logs": [],
         *           "button": null,
         *           "feedback": null
         *         }
         *       ],
         *       "feedbacks": [],
         *       "tickets": [],
         *       "token_usage": null
         *     }
         */
        Conversation: {
            /** @description Numeric id, used in paths. */
            id: number;
            /** @description Id of the agent. */
            agent?: number | undefined;
            /** @description Your own id. */
            conversation_id: string;
            /** @description Name of the conversation. */
            name?: string | null | undefined;
            /** @description Id of the customer. */
            customer_id?: string | null | undefined;
            /** @description IP address of the customer. */
            customer_ip_address?: string | null | undefined;
            /** @description Kind of device. */
            device?: string | null | undefined;
            /** @description Language code. */
            language?: string | null | undefined;
            /** @description Slug of the environment. */
            environment?: string | undefined;
            /** @description Id of the environment. */
            environment_id?: number | undefined;
            metadata?: components["schemas"]["StoredMetadata"] | undefined;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at?: string | undefined;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at?: string | null | undefined;
            /** @description Whether the conversation is marked as important. */
            is_marked?: boolean | undefined;
            /** @description Whether it saw real use. */
            is_used?: boolean | undefined;
            /** @description Whether it was deleted, that is hidden. */
            is_deleted?: boolean | undefined;
            /**
             * Format: date-time
             * @description When it was deleted.
             */
            deleted_at?: string | null | undefined;
            geo_location?: components["schemas"]["GeoLocation"] | null | undefined;
            /** @description Number of messages, in lean rows only. */
            message_count?: number | undefined;
            /** @description Number of pieces of feedback, in lean rows only. */
            feedback_count?: number | undefined;
            /** @description The transcript in order of time, missing in lean rows. */
            messages?: components["schemas"]["Message"][] | undefined;
            /** @description The feedback, missing in lean rows. */
            feedbacks?: components["schemas"]["Feedback"][] | undefined;
            /** @description The tickets, newest first; in a list only with `include_tickets`. */
            tickets?: components["schemas"]["Ticket"][] | undefined;
            token_usage?: components["schemas"]["TokenUsage"] | null | undefined;
        };
        /** @description Data about the conversation; rows written by old SDKs hold it as a string of JSON. */
        StoredMetadata: {
            [key: string]: unknown;
        } | string | null;
        /**
         * @description One page of conversations.
         * @example {
         *       "count": 1,
         *       "page_size": 15,
         *       "total_pages": 1,
         *       "current_page": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": 42,
         *           "conversation_id": "support-123",
         *           "message_count": 2,
         *           "feedback_count": 0
         *         }
         *       ]
         *     }
         */
        ConversationList: {
            /** @description Number of matches on all pages. */
            count: number;
            /** @description Rows on one page. */
            page_size?: number | undefined;
            /** @description Number of pages. */
            total_pages?: number | undefined;
            /** @description Number of this page. */
            current_page?: number | undefined;
            /** @description Address of the next page; count pages up instead of following it. */
            next: string | null;
            /** @description Address of the page before. */
            previous: string | null;
            /** @description The conversations. */
            results: components["schemas"]["Conversation"][];
        };
        /** @description Where the IP address points to. */
        GeoLocation: {
            /** @description The IP address. */
            ip_address?: string | undefined;
            /** @description City. */
            city?: string | undefined;
            /** @description Country. */
            country?: string | undefined;
            /** @description Name of the time zone. */
            timezone_name?: string | undefined;
        };
        /** @description Metadata keys in use. */
        MetadataKeys: {
            /** @description The keys, nested ones as dot paths. */
            keys: string[];
        };
        /** @description Values of one metadata key. */
        MetadataValues: {
            /** @description The key asked for. */
            key: string;
            /** @description The values found. */
            values: (string | number | boolean | null)[];
        };
        /** @description One message of a transcript. */
        Message: {
            /** @description Id of the message. */
            id: number;
            /** @description Numeric id of the conversation. */
            conversation?: number | undefined;
            /**
             * Format: date-time
             * @description When it was written.
             */
            timestamp?: string | undefined;
            /** @description Who wrote it. */
            sender?: "end_user" | "agent" | "system" | (string & {}) | undefined;
            /** @description Text of the message. */
            content?: string | undefined;
            /** @description Tool or task that the message stands for. */
            action_name?: string | null | undefined;
            /** @description Data about the message. */
            metadata?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Files of the message. */
            attachments?: components["schemas"]["Attachment"][] | undefined;
            /** @description Runs of the tool or task. */
            action_logs?: components["schemas"]["ActionLog"][] | undefined;
            /** @description The button that was pressed. */
            button?: {
                [key: string]: unknown;
            } | null | undefined;
            feedback?: components["schemas"]["MessageVote"] | null | undefined;
        };
        /** @description The vote on a message. */
        MessageVote: {
            sentiment?: components["schemas"]["FeedbackSentimentValue"] | undefined;
            /** @description Topic, a word of yours. */
            topic?: string | null | undefined;
            /** @description Reason, a word of yours. */
            reason?: string | null | undefined;
            /** @description Free text. */
            comment?: string | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description A file. */
        Attachment: {
            /** @description Id of the attachment. */
            id: number;
            /** @description Id of the message. */
            message?: number | undefined;
            /** @description Kind of file. */
            type?: "image" | "document" | "text" | "audio" | "video" | (string & {}) | undefined;
            /** @description Name of the file. */
            filename?: string | undefined;
            /** @description Media type. */
            mime_type?: string | undefined;
            /** @description Size in bytes. */
            size_bytes?: number | undefined;
            /** @description Signed download address, good for one hour. */
            file_url?: string | undefined;
        };
        /** @description All attachments of a conversation. */
        ConversationAttachments: {
            /** @description Your own id of the conversation. */
            conversation_id: string;
            /** @description Numeric id of the conversation. */
            conversation: number;
            /** @description Number of attachments. */
            attachment_count?: number | undefined;
            /** @description The attachments. */
            attachments: components["schemas"]["Attachment"][];
        };
        /** @description One run of a tool or task. */
        ActionLog: {
            /** @description Id of the run. */
            id: number;
            /** @description Id of the tool or task. */
            action?: number | undefined;
            /** @description Id of the message that stands for the run. */
            message?: number | undefined;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at?: string | undefined;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at?: string | undefined;
            /** @description Length in milliseconds. */
            duration_ms?: number | undefined;
            /** @description What the tool was called with. */
            tools_used?: {
                [key: string]: unknown;
            } | undefined;
            /** @description What it returned. */
            response?: string | undefined;
            /** @description What went wrong, empty on success. */
            error_message?: string | undefined;
            /** @description Data about the run. */
            metadata?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /**
         * @description How somebody felt.
         * @enum {string}
         */
        FeedbackSentiment: "positive" | "neutral" | "negative";
        /** @description How somebody felt. */
        FeedbackSentimentValue: "positive" | "neutral" | "negative" | (string & {});
        /**
         * @description An environment in one of its four spellings; any other is refused.
         * @enum {string}
         */
        EnvironmentFilter: "production" | "development" | "prod" | "dev";
        /**
         * @description Feedback on one conversation, named by `conversation_id` or by `conversation`; one of them is needed.
         * @example {
         *       "conversation_id": "support-123",
         *       "sentiment": "positive",
         *       "comment": "Quick help"
         *     }
         */
        CreateConversationFeedbackBody: {
            /** @description Your own id of the conversation. */
            conversation_id?: string | undefined;
            /** @description Numeric id of the conversation. */
            conversation?: number | undefined;
            sentiment: components["schemas"]["FeedbackSentiment"];
            /** @description Free text. */
            comment?: string | undefined;
            /** @description Data about the feedback; the server drops it without a word. */
            metadata?: {
                [key: string]: unknown;
            } | undefined;
        };
        /**
         * @description Feedback of one of three kinds.
         * @example {
         *       "kind": "conversation",
         *       "conversation_id": "support-123",
         *       "sentiment": "positive",
         *       "comment": "Quick help"
         *     }
         */
        CreateFeedbackBody: components["schemas"]["NewConversationFeedback"] | components["schemas"]["NewAgentFeedback"] | components["schemas"]["NewMessageFeedback"];
        /** @description Feedback on one conversation, named by `conversation_id` or by `conversation`; one of them is needed. Its environment follows from the conversation and must not be sent. */
        NewConversationFeedback: {
            /** @constant */
            kind: "conversation";
            /** @description Your own id of the conversation. */
            conversation_id?: string | undefined;
            /** @description Numeric id of the conversation. */
            conversation?: number | undefined;
            sentiment: components["schemas"]["FeedbackSentiment"];
            /** @description Free text. */
            comment?: string | undefined;
        };
        /** @description Feedback on the agent as a whole. */
        NewAgentFeedback: {
            /** @constant */
            kind: "agent";
            /** @description Id of the agent the key belongs to. */
            agent: number;
            /** @description Slug of the environment meant. */
            environment?: string | undefined;
            sentiment: components["schemas"]["FeedbackSentiment"];
            /** @description Free text. */
            comment?: string | undefined;
        };
        /** @description The vote on one message. For a message that has one, fields left out stay and null clears. Its environment follows from the message and must not be sent. */
        NewMessageFeedback: {
            /** @constant */
            kind: "message";
            /** @description Id of the message. */
            message: number;
            sentiment: components["schemas"]["FeedbackSentiment"];
            /** @description Topic, a word of yours. */
            topic?: string | null | undefined;
            /** @description Reason, a word of yours. */
            reason?: string | null | undefined;
            /** @description Free text. */
            comment?: string | null | undefined;
        };
        /**
         * @description Fields of feedback that can be changed.
         * @example {
         *       "sentiment": "neutral",
         *       "comment": "Solved at the second try"
         *     }
         */
        UpdateFeedbackBody: {
            sentiment?: components["schemas"]["FeedbackSentiment"] | undefined;
            /** @description Free text. */
            comment?: string | undefined;
            /** @description Slug of the environment meant, for feedback on the agent only. */
            environment?: string | undefined;
            /** @description Topic, for feedback on a message only. */
            topic?: string | undefined;
            /** @description Reason, for feedback on a message only. */
            reason?: string | undefined;
        };
        /**
         * @description An opinion on a conversation, a message or the agent.
         * @example {
         *       "id": 5,
         *       "kind": "conversation",
         *       "agent": 7,
         *       "conversation": 42,
         *       "conversation_id": "support-123",
         *       "message": null,
         *       "user": null,
         *       "environment": "production",
         *       "environment_id": 3,
         *       "sentiment": "positive",
         *       "category": null,
         *       "comment": "Quick help",
         *       "topic": null,
         *       "reason": null,
         *       "created_at": "2026-01-05T09:45:00.000001Z"
         *     }
         */
        Feedback: {
            /** @description Id of the feedback. */
            id: number;
            /** @description What it is about. */
            kind?: "conversation" | "agent" | "message" | (string & {}) | undefined;
            /** @description Id of the agent. */
            agent?: number | undefined;
            /** @description Numeric id of the conversation. */
            conversation?: number | null | undefined;
            /** @description Your own id of the conversation. */
            conversation_id?: string | null | undefined;
            /** @description Id of the message. */
            message?: number | null | undefined;
            /** @description Id of the user who left it. */
            user?: number | null | undefined;
            /** @description Slug of the environment. */
            environment?: string | null | undefined;
            /** @description Id of the environment. */
            environment_id?: number | null | undefined;
            sentiment?: components["schemas"]["FeedbackSentimentValue"] | undefined;
            /** @description Category given by the server. */
            category?: string | null | undefined;
            /** @description Free text. */
            comment?: string | null | undefined;
            /** @description Topic, a word of the caller's. */
            topic?: string | null | undefined;
            /** @description Reason, a word of the caller's. */
            reason?: string | null | undefined;
            /**
             * Format: date-time
             * @description When it was left.
             */
            created_at?: string | undefined;
            /** @description The ticket made of it; only in a single read, or in a list with `include_tickets`. */
            ticket?: components["schemas"]["Ticket"] | null | undefined;
            /** @description Who left it, in rows of the older generation only. */
            source?: "customer" | "platform" | (string & {}) | undefined;
            /** @description Data about the feedback, in rows of the older generation only. */
            metadata?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /** @description One page of feedback. */
        FeedbackList: {
            /** @description Number of matches on all pages. */
            count: number;
            /** @description Rows on one page. */
            page_size?: number | undefined;
            /** @description Number of pages. */
            total_pages?: number | undefined;
            /** @description Number of this page. */
            current_page?: number | undefined;
            /** @description Address of the next page; count pages up instead of following it. */
            next: string | null;
            /** @description Address of the page before. */
            previous: string | null;
            /** @description The feedback. */
            results: components["schemas"]["Feedback"][];
            counts?: components["schemas"]["FeedbackCounts"] | undefined;
        };
        /** @description Numbers of matches; all but the first come only with `include_tickets`. */
        FeedbackCounts: {
            /** @description All matches. */
            all?: number | undefined;
            /** @description Matches with a ticket. */
            tickets?: number | undefined;
            /** @description Matches with an open ticket. */
            open_tickets?: number | undefined;
            /** @description Tickets in the backlog. */
            backlog?: number | undefined;
            /** @description Tickets in state open. */
            open?: number | undefined;
            /** @description Tickets in progress. */
            in_progress?: number | undefined;
            /** @description Tickets in review. */
            in_review?: number | undefined;
            /** @description Tickets done. */
            done?: number | undefined;
            /** @description Tickets closed. */
            closed?: number | undefined;
        };
        /** @description A task that came out of a conversation. */
        Ticket: {
            /** @description Id of the ticket. */
            id: number;
            /** @description Title. */
            title?: string | undefined;
            /** @description State of the ticket. */
            status?: "backlog" | "open" | "in_progress" | "in_review" | "done" | "closed" | (string & {}) | undefined;
            /** @description Priority of the ticket. */
            priority?: "low" | "medium" | "high" | (string & {}) | undefined;
            /** @description Tags. */
            tags?: string[] | undefined;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at?: string | undefined;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updated_at?: string | undefined;
            /** @description Number of comments, where the ticket is nested in feedback. */
            comments_count?: number | undefined;
            /** @description The comments, oldest first. */
            comments?: components["schemas"]["TicketComment"][] | undefined;
        };
        /** @description A comment on a ticket. */
        TicketComment: {
            /** @description Id of the comment. */
            id: number;
            /** @description Name of the author. */
            author?: string | undefined;
            /** @description Role of the author. */
            role?: "reporter" | "dev" | "agent" | (string & {}) | undefined;
            /** @description The text. */
            body?: string | undefined;
            /**
             * Format: date-time
             * @description When it was written.
             */
            created_at?: string | undefined;
        };
        /**
         * @description Tokens used in a conversation and what they cost.
         * @example {
         *       "totals": {
         *         "prompt_tokens": 100,
         *         "total_tokens": 120
         *       },
         *       "cost_usd": "0.00120000",
         *       "cost_sources": [
         *         "backend"
         *       ],
         *       "models": [
         *         {
         *           "model": "example-model",
         *           "cost_source": "backend",
         *           "cost_usd": "0.00120000",
         *           "prompt_tokens": 100,
         *           "total_tokens": 120
         *         }
         *       ]
         *     }
         */
        TokenUsage: {
            totals?: components["schemas"]["TokenTotals"] | undefined;
            /** @description Cost in US dollars, a decimal number as text. */
            cost_usd?: string | undefined;
            /** @description How the cost was found. */
            cost_sources?: components["schemas"]["CostSource"][] | undefined;
            /** @description The same for each model and way of pricing. */
            models?: components["schemas"]["ModelUsage"][] | undefined;
        };
        /** @description Numbers of tokens by kind; kinds with none are left out. */
        TokenTotals: {
            /** @description All tokens. */
            total_tokens: number;
        } & {
            [key: string]: number;
        };
        /** @description Tokens of one model; further keys hold numbers of tokens by kind. */
        ModelUsage: {
            /** @description Name of the model. */
            model?: string | undefined;
            cost_source?: components["schemas"]["CostSource"] | undefined;
            /** @description Cost in US dollars, a decimal number as text. */
            cost_usd?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description From the price list, from the SDK, or not priced at all. */
        CostSource: "backend" | "reported" | "unpriced" | (string & {});
        /**
         * @description New metadata of a message.
         * @example {
         *       "metadata": {
         *         "score": 0.9
         *       }
         *     }
         */
        UpdateMessageBody: {
            /** @description The new metadata document; keys left out are lost. */
            metadata: {
                [key: string]: unknown;
            };
        };
        /**
         * @description The agent, role and environments of an API key; more keys may be there.
         * @example {
         *       "agent_id": 7,
         *       "agent_name": "Support",
         *       "role": "write",
         *       "environments": [
         *         {
         *           "id": 3,
         *           "slug": "production",
         *           "name": "Production",
         *           "is_production": true
         *         }
         *       ],
         *       "capabilities": []
         *     }
         */
        Me: {
            /** @description Id of the agent. */
            agent_id: number;
            /** @description Name of the agent. */
            agent_name?: string | undefined;
            /** @description What the key may do. */
            role: "read" | "write" | (string & {});
            /** @description Environments of the agent. */
            environments?: components["schemas"]["AgentEnvironment"][] | undefined;
            /** @description Abilities of the server. */
            capabilities?: string[] | undefined;
        };
        /** @description An environment of the agent. */
        AgentEnvironment: {
            /** @description Id of the environment. */
            id: number;
            /** @description Slug used in filters. */
            slug: string;
            /** @description Name. */
            name?: string | undefined;
            /** @description Whether it is the production environment. */
            is_production?: boolean | undefined;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at?: string | undefined;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updated_at?: string | undefined;
        };
        /**
         * @description What went wrong, under `detail`, under `error`, or as a map from a field to one or more sentences. In rare cases the body is a list of sentences or no JSON at all.
         * @example {
         *       "detail": "Not found"
         *     }
         */
        ErrorResponse: {
            /** @description What went wrong with the whole request. */
            detail?: string | undefined;
            /** @description What went wrong, on some routes. */
            error?: string | undefined;
            /** @description More about `error`. */
            details?: string | string[] | {
                [key: string]: unknown;
            } | undefined;
        } & {
            [key: string]: string | string[];
        };
    };
    responses: {
        /** @description The request is malformed, or a field or parameter is not valid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key is missing, malformed or revoked, or the account has no active subscription. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key may only read, or API keys are not served here. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Nothing there for this key, or a page past the end. A path without its closing slash also answers so, in HTML. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Too many calls; the limits are not published. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Any other failure, such as 405 for a method that is not offered. */
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
         * @description Numeric id of the conversation, not your own `conversation_id`.
         * @example 42
         */
        ConversationId: number;
        /**
         * @description Id of the feedback.
         * @example 5
         */
        FeedbackId: number;
        /**
         * @description Id of the message.
         * @example 1001
         */
        MessageId: number;
        /** @description Number of the page, from 1; a page past the end answers 404. */
        Page: number;
        /** @description Rows on one page, 15 when left out; more than 100 act as 100. */
        PageSize: number;
        /** @description Only this environment; the short spellings mean the same as the long ones. */
        Environment: components["schemas"]["EnvironmentFilter"];
        /** @description Another name of `environment`. */
        Env: components["schemas"]["EnvironmentFilter"];
        /** @description True adds the tickets to each row and drops every row that has none. */
        IncludeTickets: boolean;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Seconds to wait before the next call.
         * @example 30
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
                /** @description Number of the page, from 1; a page past the end answers 404. */
                page?: components["parameters"]["Page"] | undefined;
                /** @description Rows on one page, 15 when left out; more than 100 act as 100. */
                page_size?: components["parameters"]["PageSize"] | undefined;
                /** @description False returns lean rows with counts instead of transcripts; acts as true when left out. */
                full?: boolean | undefined;
                /** @description Only the conversation with this id of yours. */
                conversation_id?: string | undefined;
                /** @description Only conversations of this customer. */
                customer_id?: string | undefined;
                /** @description Part of the customer id, in any case. */
                customer_id__icontains?: string | undefined;
                /** @description Only conversations from this IP address. */
                customer_ip_address?: string | undefined;
                /** @description Part of the name, in any case. */
                name?: string | undefined;
                /** @description Only conversations from this device. */
                device?: string | undefined;
                /** @description Only conversations in this language. */
                language?: string | undefined;
                /** @description Only this environment; the short spellings mean the same as the long ones. */
                environment?: components["parameters"]["Environment"] | undefined;
                /** @description Another name of `environment`. */
                env?: components["parameters"]["Env"] | undefined;
                /** @description Only marked or only unmarked conversations. */
                is_marked?: boolean | undefined;
                /** @description True also returns deleted conversations; acts as false when left out. */
                include_deleted?: boolean | undefined;
                /** @description True adds the tickets to each row and drops every row that has none. */
                include_tickets?: components["parameters"]["IncludeTickets"] | undefined;
                /** @description Only conversations with or without messages. */
                has_messages?: boolean | undefined;
                /** @description Only conversations in which a tool or task ran, or none did. */
                has_action?: boolean | undefined;
                /** @description Only conversations in which this tool or task ran. */
                action_name?: string | undefined;
                /** @description Only conversations with or without feedback. */
                has_feedback?: boolean | undefined;
                /** @description Only conversations with feedback of this sentiment. */
                feedback_sentiment?: components["schemas"]["FeedbackSentiment"] | undefined;
                /** @description Text inside a message. */
                message_contains?: string | undefined;
                /** @description Text in the name, an id or a message. */
                search?: string | undefined;
                /**
                 * @description Pairs `key:value`, separated by commas; dots reach into nested objects, and values are typed by their look.
                 * @example plan:pro,resolved:true
                 */
                metadata?: string | undefined;
                /** @description Key to filter by; goes with `metadata_value`, for values with a comma or colon. */
                metadata_key?: string | undefined;
                /** @description Value to filter by; goes with `metadata_key`. */
                metadata_value?: string | undefined;
                /**
                 * @description Only conversations that began after this time; ISO 8601. The zone may be left out, as the vendor's own client does.
                 * @example 2026-01-01T00:00:00
                 */
                started_at_after?: string | undefined;
                /**
                 * @description Only conversations that began before this time; ISO 8601. The zone may be left out, as the vendor's own client does.
                 * @example 2026-01-01T00:00:00
                 */
                started_at_before?: string | undefined;
                /** @description Field to order by, with a minus sign for descending order. */
                ordering?: "started_at" | "-started_at" | "ended_at" | "-ended_at" | "id" | "-id" | "customer_id" | "-customer_id" | "is_marked" | "-is_marked" | "language" | "-language" | undefined;
            } | undefined;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of conversations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The conversation to register. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        };
        responses: {
            /** @description The conversation was already there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateConversationResponse"];
                };
            };
            /** @description The conversation was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateConversationResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    lookupConversation: {
        parameters: {
            query: {
                /** @description Your id of the conversation. */
                conversation_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both ids of the conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationLookup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listConversationMetadataKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataKeys"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listConversationMetadataValues: {
        parameters: {
            query: {
                /**
                 * @description Metadata key, with dots for nested ones.
                 * @example plan
                 */
                key: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataValues"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listMessageMetadataKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataKeys"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
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
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The fields to change, at least one. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationBody"];
            };
        };
        responses: {
            /** @description The fields that were changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateConversationResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    renameConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The new name. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameConversationBody"];
            };
        };
        responses: {
            /** @description The name as stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenameConversationResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    markConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The new state of the mark. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkConversationBody"];
            };
        };
        responses: {
            /** @description The mark as stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkConversationResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation was hidden. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteConversationResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listConversationAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Numeric id of the conversation, not your own `conversation_id`.
                 * @example 42
                 */
                id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationAttachments"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createConversationFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The feedback. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationFeedbackBody"];
            };
        };
        responses: {
            /** @description The feedback was stored. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listFeedbacks: {
        parameters: {
            query?: {
                /** @description Number of the page, from 1; a page past the end answers 404. */
                page?: components["parameters"]["Page"] | undefined;
                /** @description Rows on one page, 15 when left out; more than 100 act as 100. */
                page_size?: components["parameters"]["PageSize"] | undefined;
                /** @description Only feedback of this kind. */
                kind?: "conversation" | "agent" | "message" | undefined;
                /** @description Only feedback of this sentiment. */
                sentiment?: components["schemas"]["FeedbackSentiment"] | undefined;
                /** @description Only feedback on the conversation with this numeric id. */
                conversation?: number | undefined;
                /** @description Only feedback on the conversation with this id of yours, its messages included. */
                conversation_id?: string | undefined;
                /** @description Only feedback on the message with this id. */
                message?: number | undefined;
                /** @description Only feedback with exactly this topic. */
                topic?: string | undefined;
                /** @description Only feedback with exactly this reason. */
                reason?: string | undefined;
                /** @description Only feedback on the agent with this id. */
                agent?: number | undefined;
                /** @description Only feedback left by the user with this id. */
                user?: number | undefined;
                /** @description Only feedback of this category. */
                category?: string | undefined;
                /** @description Only this environment; the short spellings mean the same as the long ones. */
                environment?: components["parameters"]["Environment"] | undefined;
                /** @description Another name of `environment`. */
                env?: components["parameters"]["Env"] | undefined;
                /** @description Only feedback with or without a comment. */
                has_comment?: boolean | undefined;
                /** @description Text inside the comment. */
                comment_contains?: string | undefined;
                /**
                 * @description Only feedback left after this time; ISO 8601. The zone may be left out, as the vendor's own client does.
                 * @example 2026-01-01T00:00:00
                 */
                created_at_after?: string | undefined;
                /**
                 * @description Only feedback left before this time; ISO 8601. The zone may be left out, as the vendor's own client does.
                 * @example 2026-01-01T00:00:00
                 */
                created_at_before?: string | undefined;
                /** @description True adds the tickets to each row and drops every row that has none. */
                include_tickets?: components["parameters"]["IncludeTickets"] | undefined;
                /** @description Only feedback with or without a ticket; refused unless `include_tickets` is true. */
                has_ticket?: boolean | undefined;
                /** @description Only feedback whose ticket has one of these states; refused unless `include_tickets` is true. */
                ticket_status?: readonly ("backlog" | "open" | "in_progress" | "in_review" | "done" | "closed")[] | undefined;
                /** @description Text in the searchable fields. */
                search?: string | undefined;
                /** @description Field to order by, with a minus sign for descending order. */
                ordering?: "created_at" | "-created_at" | "id" | "-id" | "kind" | "-kind" | "sentiment" | "-sentiment" | "category" | "-category" | undefined;
            } | undefined;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of feedback. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The feedback. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFeedbackBody"];
            };
        };
        responses: {
            /** @description The vote on this message was changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            /** @description The feedback was stored. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the feedback.
                 * @example 5
                 */
                id: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feedback. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the feedback.
                 * @example 5
                 */
                id: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feedback was deleted; there is no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the feedback.
                 * @example 5
                 */
                id: components["parameters"]["FeedbackId"];
            };
            cookie?: never;
        };
        /** @description The fields to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateFeedbackBody"];
            };
        };
        responses: {
            /** @description The feedback after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the message.
                 * @example 1001
                 */
                id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the message.
                 * @example 1001
                 */
                id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        /** @description The new metadata. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMessageBody"];
            };
        };
        responses: {
            /** @description The message after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key's agent, role and environments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
}
