// Generated from specs/openai/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export interface paths {
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a conversation
         * @description Creates a conversation, optionally with metadata and up to 20 first items. The items are taken all or none.
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
         * Get a conversation
         * @description Returns the conversation with its metadata. Its items are listed separately.
         */
        get: operations["getConversation"];
        put?: never;
        /**
         * Update a conversation
         * @description Sets the conversation's metadata and returns the conversation. Whether the map sent replaces the stored one or is merged into it is not documented (users report a merge), nor is what null does: read first, then send the complete map.
         */
        post: operations["updateConversation"];
        /**
         * Delete a conversation
         * @description Deletes the conversation but not its items. From then on it answers 404, also to a second delete.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List items
         * @description Lists the conversation's items by position, newest first unless asked otherwise.
         */
        get: operations["listConversationItems"];
        put?: never;
        /**
         * Add items
         * @description Adds up to 20 items, all or none, and returns just those. The server gives them ids of its own and, to messages, the status `completed`.
         */
        post: operations["createConversationItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an item
         * @description Returns one item of the conversation.
         */
        get: operations["getConversationItem"];
        put?: never;
        post?: never;
        /**
         * Delete an item
         * @description Deletes one item. Recorded traffic answers with a deletion notice; the vendor documents the conversation. Either is accepted: `object` tells them apart.
         */
        delete: operations["deleteConversationItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A conversation. It tells neither when it was last changed nor what items it holds. */
        Conversation: {
            /** @description Id of the conversation, beginning with `conv_`. */
            id: string;
            /** @constant */
            object: "conversation";
            /** @description When it was created, in seconds since the Unix epoch. */
            created_at: number;
            metadata: components["schemas"]["Metadata"];
        };
        /** @description Key-value pairs attached to the conversation; empty when none were set. The vendor's specification leaves the values untyped, its newest reference and all recorded bodies have strings. */
        Metadata: {
            [key: string]: string;
        };
        /** @description Key-value pairs to attach: at most 16, keys of at most 64 and values of at most 512 characters, values being strings only. Characters are counted as Unicode code points by everyone who has looked. */
        MetadataParam: {
            [key: string]: string;
        };
        /** @description What a new conversation starts with. */
        CreateConversationBody: {
            /** @description Metadata of the conversation. */
            metadata?: components["schemas"]["MetadataParam"] | null | undefined;
            /** @description First items of the conversation. */
            items?: readonly components["schemas"]["InputItem"][] | null | undefined;
        };
        /** @description What to change. Metadata is all there is to change. */
        UpdateConversationBody: {
            /** @description The complete metadata. The type allows null; what null does is unknown, and one reimplementation refuses it. */
            metadata: components["schemas"]["MetadataParam"] | null;
        };
        /** @description Says that a conversation was deleted. */
        DeletedConversation: {
            /** @description Id of the conversation. */
            id: string;
            /** @constant */
            object: "conversation.deleted";
            deleted: boolean;
        };
        /** @description Items to add. */
        CreateConversationItemsBody: {
            /** @description At most 20. An empty array is reported as refused (400 `empty_array`), which the vendor's schema does not say. */
            items: readonly components["schemas"]["InputItem"][];
        };
        /** @description A page of items. */
        ConversationItemList: {
            /** @constant */
            object: "list";
            /** @description The items, in the order asked for. */
            data: components["schemas"]["ConversationItem"][];
            /** @description Whether a further page exists. */
            has_more: boolean;
            /** @description Id of the first item on the page. */
            first_id: string | null;
            /** @description Id of the last item on the page, to be sent as `after`. */
            last_id: string | null;
        };
        /** @description What deleting an item answers, told apart by `object`. */
        DeleteConversationItemResult: components["schemas"]["DeletedConversationItem"] | components["schemas"]["Conversation"];
        /** @description Says that an item was deleted. */
        DeletedConversationItem: {
            /** @description Id of the item. */
            id: string;
            /** @constant */
            object: "conversation.item.deleted";
            deleted: boolean;
        };
        /**
         * @description Extra data of items: web search sources and results, code interpreter outputs, screenshot URLs, file search hits, input image URLs, token log-probabilities, encrypted reasoning. `web_search_call.results` has no field to fill.
         * @enum {string}
         */
        IncludeEnum: "web_search_call.action.sources" | "web_search_call.results" | "code_interpreter_call.outputs" | "computer_call_output.output.image_url" | "file_search_call.results" | "message.input_image.image_url" | "message.output_text.logprobs" | "reasoning.encrypted_content";
        /** @description The body of every documented error. */
        ErrorResponse: {
            error: components["schemas"]["Error"];
        };
        /** @description What went wrong. */
        Error: {
            /** @description Explanation for people. */
            message: string;
            /** @description Class of the error, such as `invalid_request_error`. */
            type: string;
            /** @description Path of the field at fault, such as `metadata.KEY`, `items[0].phase` or `limit`. */
            param: string | null;
            /** @description Machine-readable reason. Null on 404. */
            code: components["schemas"]["ErrorCode"] | null;
            /** @description Why a request was judged to be misaligned. */
            misalignment?: components["schemas"]["ErrorMisalignment"] | undefined;
        };
        /** @description Reasons seen on these operations or on the same parameter elsewhere. Those about lengths, counts, types and missing fields are known from reimplementations only; `conversation_locked` comes with 400 and is worth a retry. */
        ErrorCode: "invalid_json" | "integer_above_max_value" | "invalid_value" | "unknown_parameter" | "invalid_type" | "object_above_max_properties" | "property_name_above_max_length" | "string_above_max_length" | "missing_required_parameter" | "empty_array" | "array_above_max_length" | "invalid_item" | "item_already_in_conversation" | "conversation_locked" | "invalid_api_key" | (string & {});
        /** @description Why a request was judged to be misaligned. */
        ErrorMisalignment: {
            /** @description Explanation for people. */
            detailed_explanation?: string | undefined;
            /** @description Kind of misalignment; the vendor's values are open. */
            error_type?: string | undefined;
            /** @description What was reviewed. */
            review_target?: string | null | undefined;
            /** @description A hint for the next try. */
            steer?: {
                message: string;
            } | undefined;
        };
        /** @description Any other error body. The vendor's SDK also copes with the fields standing bare, without the `error` wrapper. */
        UnexpectedError: {
            /** @description Usually the error object. */
            error?: components["schemas"]["BareError"] | string | null | undefined;
            /** @description Explanation for people, where the wrapper is missing. */
            message?: string | null | undefined;
            /** @description Class of the error, where the wrapper is missing. */
            type?: string | null | undefined;
            /** @description Path of the field at fault, where the wrapper is missing. */
            param?: string | null | undefined;
            /** @description Machine-readable reason, where the wrapper is missing. */
            code?: string | number | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description An error object of which nothing is certain. */
        BareError: {
            /** @description Explanation for people. */
            message?: string | null | undefined;
            /** @description Class of the error. */
            type?: string | null | undefined;
            /** @description Path of the field at fault. */
            param?: string | null | undefined;
            /** @description Machine-readable reason. */
            code?: string | number | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description One item of a conversation, told apart by `type`. The vendor adds kinds between releases, hence the open end. */
        ConversationItem: components["schemas"]["Message"] | components["schemas"]["FunctionToolCallResource"] | components["schemas"]["FunctionToolCallOutputResource"] | components["schemas"]["FileSearchToolCall"] | components["schemas"]["WebSearchToolCall"] | components["schemas"]["ImageGenToolCall"] | components["schemas"]["ComputerToolCall"] | components["schemas"]["ComputerToolCallOutputResource"] | components["schemas"]["ToolSearchCall"] | components["schemas"]["ToolSearchOutput"] | components["schemas"]["AdditionalTools"] | components["schemas"]["ConfigurationUpdate"] | components["schemas"]["ReasoningItem"] | components["schemas"]["Program"] | components["schemas"]["ProgramOutput"] | components["schemas"]["CompactionBody"] | components["schemas"]["CodeInterpreterToolCall"] | components["schemas"]["LocalShellToolCall"] | components["schemas"]["LocalShellToolCallOutput"] | components["schemas"]["FunctionShellCall"] | components["schemas"]["FunctionShellCallOutput"] | components["schemas"]["ApplyPatchToolCall"] | components["schemas"]["ApplyPatchToolCallOutput"] | components["schemas"]["MCPListTools"] | components["schemas"]["MCPApprovalRequest"] | components["schemas"]["MCPApprovalResponseResource"] | components["schemas"]["MCPToolCall"] | components["schemas"]["CustomToolCall"] | components["schemas"]["CustomToolCallOutput"] | components["schemas"]["UnknownItem"];
        /** @description A message in the conversation: who spoke, and the parts of what was said. */
        Message: {
            /** @constant */
            type: "message";
            /** @description Id of the item, given by the server. */
            id: string;
            status: components["schemas"]["MessageStatus"];
            role: components["schemas"]["MessageRole"];
            /** @description The parts of the message, in order. */
            content: components["schemas"]["MessageContent"][];
            /** @description Assistant messages only; other roles are refused. */
            phase?: components["schemas"]["MessagePhase"] | null | undefined;
        };
        /** @description A call of one of your functions that the model asked for. */
        FunctionToolCallResource: {
            /** @constant */
            type: "function_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            /** @description Namespace of the tool. */
            namespace?: string | undefined;
            /** @description Name of the function. */
            name: string;
            /** @description Arguments, as a JSON text. */
            arguments: string;
            status: components["schemas"]["FunctionCallStatus"];
            /** @description Who created the item. */
            created_by?: string | undefined;
            /** @description Whether the call runs in the background. */
            async?: boolean | undefined;
        };
        /** @description What one of your functions answered. */
        FunctionToolCallOutputResource: {
            /** @constant */
            type: "function_call_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id?: string | undefined;
            /** @description Name of the function. */
            name?: string | undefined;
            /** @description Namespace of the tool. */
            namespace?: string | undefined;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            /** @description The answer, as text or content parts. */
            output: string | components["schemas"]["FunctionAndCustomToolCallOutput"][];
            status: components["schemas"]["FunctionCallOutputStatusEnum"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description A run of the file search tool over vector stores. */
        FileSearchToolCall: {
            /** @constant */
            type: "file_search_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description How far it is. */
            status: "in_progress" | "searching" | "completed" | "incomplete" | "failed" | (string & {});
            /** @description What was searched for. */
            queries: string[];
            /** @description Hits; filled only with include `file_search_call.results`, and stored as null when a client sends them. */
            results?: components["schemas"]["FileSearchToolCallResult"][] | null | undefined;
        };
        /** @description A run of the web search tool. */
        WebSearchToolCall: {
            /** @constant */
            type: "web_search_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description How far the search is (`incomplete` since SDK 7.55). */
            status: "in_progress" | "searching" | "completed" | "failed" | "incomplete" | (string & {});
            /** @description What was done. */
            action: components["schemas"]["WebSearchAction"];
        };
        /** @description A run of the image generation tool. */
        ImageGenToolCall: {
            /** @constant */
            type: "image_generation_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description How far it is. */
            status: "in_progress" | "completed" | "generating" | "failed" | (string & {});
            /** @description The image, base64. */
            result: string | null;
            /** @description What was done. */
            action?: "generate" | "edit" | "auto" | (string & {}) | null | undefined;
            /** @description Background of the image. */
            background?: "transparent" | "opaque" | "auto" | (string & {}) | null | undefined;
            /** @description Why it failed. */
            error?: components["schemas"]["ImageGenToolCallError"] | undefined;
            /** @description File format of the image. */
            output_format?: "png" | "webp" | "jpeg" | "gif" | "svg" | (string & {}) | null | undefined;
            /** @description Quality of the image. */
            quality?: "low" | "medium" | "high" | "xhigh" | "max" | "auto" | (string & {}) | null | undefined;
            /** @description The prompt as the model rewrote it. */
            revised_prompt?: string | null | undefined;
            /** @description Width and height in pixels, such as `1024x1024`. */
            size?: string | null | undefined;
            /** @description Tokens used for an SVG. */
            svg_usage?: components["schemas"]["ImageGenSvgUsage"] | undefined;
        };
        /** @description Actions the model wants carried out on a computer. */
        ComputerToolCall: {
            /** @constant */
            type: "computer_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description The single action, where there is only one. */
            action?: components["schemas"]["ComputerAction"] | undefined;
            /** @description The actions, in order. */
            actions?: components["schemas"]["ComputerActionList"] | undefined;
            /** @description Safety checks to accept before going on. */
            pending_safety_checks: components["schemas"]["ComputerCallSafetyCheckParam"][];
            /** @description How far it is. */
            status: "in_progress" | "completed" | "incomplete" | (string & {});
        };
        /** @description The screenshot that answered a computer call. */
        ComputerToolCallOutputResource: {
            /** @constant */
            type: "computer_call_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Safety checks the caller has accepted. */
            acknowledged_safety_checks?: components["schemas"]["ComputerCallSafetyCheckParam"][] | undefined;
            /** @description The screenshot. */
            output: components["schemas"]["ComputerScreenshotImage"];
            status: components["schemas"]["ComputerCallOutputStatus"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description A search by the model for tools that were deferred. */
        ToolSearchCall: {
            /** @constant */
            type: "tool_search_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string | null;
            /** @description Who runs the tool search. */
            execution: components["schemas"]["ToolSearchExecutionType"];
            /** @description What was searched for: any JSON value. */
            arguments: unknown;
            status: components["schemas"]["FunctionCallStatus"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description The tools a tool search found and loaded. */
        ToolSearchOutput: {
            /** @constant */
            type: "tool_search_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string | null;
            /** @description Who runs the tool search. */
            execution: components["schemas"]["ToolSearchExecutionType"];
            /** @description The tools found. */
            tools: components["schemas"]["ToolResource"][];
            status: components["schemas"]["FunctionCallOutputStatusEnum"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description Tools made available from this point of the conversation on. */
        AdditionalTools: {
            /** @constant */
            type: "additional_tools";
            /** @description Id of the item, given by the server. */
            id: string;
            role: components["schemas"]["MessageRole"];
            /** @description The tools added. */
            tools: components["schemas"]["ToolResource"][];
        };
        /** @description Changes the reasoning or text settings from this point of the conversation on. */
        ConfigurationUpdate: {
            /** @constant */
            type: "configuration_update";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description New reasoning settings. */
            reasoning?: components["schemas"]["ConfigurationUpdateReasoning"] | undefined;
            /** @description New text settings. */
            text?: components["schemas"]["ConfigurationUpdateText"] | undefined;
        };
        /** @description The model's reasoning before an answer. */
        ReasoningItem: {
            /** @constant */
            type: "reasoning";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Encrypted reasoning; only with include `reasoning.encrypted_content`. */
            encrypted_content?: string | null | undefined;
            /** @description Summary of the reasoning. */
            summary: components["schemas"]["SummaryTextContent"][];
            /** @description The reasoning itself, where the model discloses it. */
            content?: components["schemas"]["ReasoningTextContent"][] | undefined;
            /** @description How far it is. */
            status?: "in_progress" | "completed" | "incomplete" | (string & {}) | undefined;
        };
        /** @description A program the model wrote to call tools by itself. */
        Program: {
            /** @constant */
            type: "program";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Source of the program. */
            code: string;
            /** @description Opaque mark of the program, to be handed back unchanged. */
            fingerprint: string;
        };
        /** @description What such a program returned. */
        ProgramOutput: {
            /** @constant */
            type: "program_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description What the program returned. */
            result: string;
            status: components["schemas"]["ProgramOutputStatus"];
        };
        /** @description A compacted, encrypted stand-in for earlier items. */
        CompactionBody: {
            /** @constant */
            type: "compaction";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Encrypted; opaque to clients. */
            encrypted_content: string;
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description A run of the code interpreter. */
        CodeInterpreterToolCall: {
            /** @constant */
            type: "code_interpreter_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description How far it is. */
            status: "in_progress" | "completed" | "incomplete" | "interpreting" | "failed" | (string & {});
            /** @description Id of the container. */
            container_id: string;
            /** @description The code that ran; null when not available. */
            code: string | null;
            /** @description Logs and images; only with include `code_interpreter_call.outputs`, and stored as null when a client sends them. */
            outputs: components["schemas"]["CodeInterpreterOutput"][] | null;
        };
        /** @description A command for the caller's own machine (local shell tool). */
        LocalShellToolCall: {
            /** @constant */
            type: "local_shell_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description The command. */
            action: components["schemas"]["LocalShellExecAction"];
            /** @description How far it is. */
            status: "in_progress" | "completed" | "incomplete" | (string & {});
        };
        /** @description What a local shell command printed. */
        LocalShellToolCallOutput: {
            /** @constant */
            type: "local_shell_call_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description What the command printed, as a JSON text. */
            output: string;
            /** @description How far it is. */
            status?: "in_progress" | "completed" | "incomplete" | (string & {}) | null | undefined;
        };
        /** @description Shell commands the model wants executed (shell tool). */
        FunctionShellCall: {
            /** @constant */
            type: "shell_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            /** @description The commands. */
            action: components["schemas"]["FunctionShellAction"];
            status: components["schemas"]["FunctionShellCallStatus"];
            /** @description Where it runs. */
            environment: components["schemas"]["FunctionShellEnvironment"] | null;
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description What the commands of a shell call produced. */
        FunctionShellCallOutput: {
            /** @constant */
            type: "shell_call_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            status: components["schemas"]["FunctionShellCallOutputStatusEnum"];
            /** @description One entry per command. */
            output: components["schemas"]["FunctionShellCallOutputContent"][];
            /** @description Most characters to return. */
            max_output_length: number | null;
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description A change to one file that the model proposes as a diff. */
        ApplyPatchToolCall: {
            /** @constant */
            type: "apply_patch_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            status: components["schemas"]["ApplyPatchCallStatus"];
            /** @description The change. */
            operation: components["schemas"]["ApplyPatchOperation"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description Whether a proposed file change could be applied. */
        ApplyPatchToolCallOutput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            status: components["schemas"]["ApplyPatchCallOutputStatus"];
            /** @description A log of the attempt. */
            output?: string | null | undefined;
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description The tools an MCP server offers, as listed to the model. */
        MCPListTools: {
            /** @constant */
            type: "mcp_list_tools";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Label of the MCP server. */
            server_label: string;
            /** @description The tools offered. */
            tools: components["schemas"]["MCPListToolsTool"][];
            /** @description Why the tools could not be listed. */
            error?: string | null | undefined;
        };
        /** @description A request for permission to call a tool of an MCP server. */
        MCPApprovalRequest: {
            /** @constant */
            type: "mcp_approval_request";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Label of the MCP server. */
            server_label: string;
            /** @description Name of the tool. */
            name: string;
            /** @description Arguments, as a JSON text. */
            arguments: string;
        };
        /** @description The answer to an MCP approval request. */
        MCPApprovalResponseResource: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Id of the approval request. */
            approval_request_id: string;
            /** @description Whether the call may go ahead. */
            approve: boolean;
            /** @description Why it was decided so. */
            reason?: string | null | undefined;
        };
        /** @description A call of a tool on an MCP server, with its result. */
        MCPToolCall: {
            /** @constant */
            type: "mcp_call";
            /** @description Id of the item, given by the server. */
            id: string;
            /** @description Label of the MCP server. */
            server_label: string;
            /** @description Name of the tool. */
            name: string;
            /** @description Arguments, as a JSON text. */
            arguments: string;
            /** @description What the tool answered. */
            output?: string | null | undefined;
            /** @description Why the call failed. */
            error?: components["schemas"]["MCPToolCallError"] | null | undefined;
            status?: components["schemas"]["MCPToolCallStatus"] | undefined;
            /** @description Id of the approval request. */
            approval_request_id?: string | null | undefined;
        };
        /** @description A call of a custom tool that takes free text. */
        CustomToolCall: {
            /** @constant */
            type: "custom_tool_call";
            /** @description Id of the item, given by the server. */
            id?: string | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            /** @description Namespace of the tool. */
            namespace?: string | undefined;
            /** @description Name of the custom tool. */
            name: string;
            /** @description The text handed to the tool. */
            input: string;
            /** @description Whether the call runs in the background. */
            async?: boolean | undefined;
        };
        /** @description What a custom tool answered. */
        CustomToolCallOutput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description Id of the item, given by the server. */
            id?: string | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            /** @description The answer, as text or content parts. */
            output: string | components["schemas"]["FunctionAndCustomToolCallOutput"][];
        };
        /** @description An item of a kind this description does not know yet. */
        UnknownItem: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description What may be added to a conversation. A plain union: three kinds of message share one `type`, and messages and references may leave it out. */
        InputItem: components["schemas"]["EasyInputMessage"] | components["schemas"]["InputMessage"] | components["schemas"]["OutputMessage"] | components["schemas"]["FileSearchToolCall"] | components["schemas"]["ComputerToolCall"] | components["schemas"]["ComputerCallOutputItemParam"] | components["schemas"]["WebSearchToolCall"] | components["schemas"]["FunctionToolCall"] | components["schemas"]["FunctionCallOutputItemParam"] | components["schemas"]["ToolSearchCallItemParam"] | components["schemas"]["ToolSearchOutputItemParam"] | components["schemas"]["AdditionalToolsItemParam"] | components["schemas"]["ConfigurationUpdateParam"] | components["schemas"]["ReasoningItemParam"] | components["schemas"]["CompactionSummaryItemParam"] | components["schemas"]["ImageGenToolCall"] | components["schemas"]["CodeInterpreterToolCall"] | components["schemas"]["LocalShellToolCall"] | components["schemas"]["LocalShellToolCallOutput"] | components["schemas"]["FunctionShellCallItemParam"] | components["schemas"]["FunctionShellCallOutputItemParam"] | components["schemas"]["ApplyPatchToolCallItemParam"] | components["schemas"]["ApplyPatchToolCallOutputItemParam"] | components["schemas"]["MCPListTools"] | components["schemas"]["MCPApprovalRequest"] | components["schemas"]["MCPApprovalResponse"] | components["schemas"]["MCPToolCall"] | components["schemas"]["CustomToolCallOutput"] | components["schemas"]["CustomToolCall"] | components["schemas"]["CompactionTriggerItemParam"] | components["schemas"]["ItemReferenceParam"] | components["schemas"]["ProgramItemParam"] | components["schemas"]["ProgramOutputItemParam"];
        /** @description A message in its short form: a role, and text or content parts. String content is stored as one content part. */
        EasyInputMessage: {
            /** @constant */
            type?: "message" | undefined;
            /** @enum {string} */
            role: "user" | "assistant" | "system" | "developer";
            /** @description Text, or content parts. */
            content: string | components["schemas"]["InputMessageContentList"];
            /** @description Assistant messages only; other roles are refused. */
            phase?: components["schemas"]["MessagePhase"] | null | undefined;
        };
        /** @description A message from a user, system or developer made of content parts. */
        InputMessage: {
            /** @constant */
            type?: "message" | undefined;
            /** @enum {string} */
            role: "user" | "system" | "developer";
            /**
             * @description How far it is.
             * @enum {string}
             */
            status?: "in_progress" | "completed" | "incomplete" | undefined;
            /** @description The parts of the message. */
            content: components["schemas"]["InputMessageContentList"];
        };
        /** @description A message the assistant wrote earlier. */
        OutputMessage: {
            /** @constant */
            type?: "message" | undefined;
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | undefined;
            /** @constant */
            role: "assistant";
            /** @description The parts of the message. */
            content: readonly components["schemas"]["OutputMessageContent"][];
            /** @description Assistant messages only; other roles are refused. */
            phase?: components["schemas"]["MessagePhase"] | null | undefined;
            /**
             * @description How far it is.
             * @enum {string}
             */
            status?: "in_progress" | "completed" | "incomplete" | undefined;
        };
        /** @description A screenshot that answers a computer call. */
        ComputerCallOutputItemParam: {
            /** @constant */
            type: "computer_call_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description The screenshot. */
            output: components["schemas"]["ComputerScreenshotImage"];
            /** @description Safety checks the caller has accepted. */
            acknowledged_safety_checks?: readonly components["schemas"]["ComputerCallSafetyCheckParam"][] | null | undefined;
            /** @description How far it is. */
            status?: components["schemas"]["FunctionCallItemStatus"] | null | undefined;
        };
        /** @description A function call as a client adds it to a conversation. */
        FunctionToolCall: {
            /** @constant */
            type: "function_call";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCaller"] | null | undefined;
            /** @description Namespace of the tool. */
            namespace?: string | undefined;
            /** @description Name of the function. */
            name: string;
            /** @description Arguments, as a JSON text. */
            arguments: string;
            /**
             * @description How far it is.
             * @enum {string}
             */
            status?: "in_progress" | "completed" | "incomplete" | undefined;
            /** @description Whether the call runs in the background. */
            async?: boolean | undefined;
        };
        /** @description A function's answer as a client adds it. */
        FunctionCallOutputItemParam: {
            /** @constant */
            type: "function_call_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id?: string | null | undefined;
            /** @description The answer, as text (up to 10,485,760 characters) or content parts. */
            output: string | readonly components["schemas"]["FunctionCallOutputContentParam"][];
            /** @description Name of the function. */
            name?: string | null | undefined;
            /** @description Namespace of the tool. */
            namespace?: string | null | undefined;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            /** @description How far it is. */
            status?: components["schemas"]["FunctionCallItemStatus"] | null | undefined;
        };
        /** @description A tool search as a client adds it. An `id`, when sent, must start with `tsc` (else 400). */
        ToolSearchCallItemParam: {
            /** @constant */
            type: "tool_search_call";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id?: string | null | undefined;
            /** @description Who runs the tool search. */
            execution?: components["schemas"]["ToolSearchExecutionType"] | undefined;
            /** @description What was searched for. */
            arguments: components["schemas"]["EmptyModelParam"];
            /** @description How far it is. */
            status?: components["schemas"]["FunctionCallItemStatus"] | null | undefined;
        };
        /** @description The outcome of a tool search as a client adds it. */
        ToolSearchOutputItemParam: {
            /** @constant */
            type: "tool_search_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id?: string | null | undefined;
            /** @description Who runs the tool search. */
            execution?: components["schemas"]["ToolSearchExecutionType"] | undefined;
            /** @description The tools found. */
            tools: readonly components["schemas"]["Tool"][];
            /** @description How far it is. */
            status?: components["schemas"]["FunctionCallItemStatus"] | null | undefined;
        };
        /** @description Tools to add to the conversation. Only the `developer` role may do so (else 400 `invalid_value`). */
        AdditionalToolsItemParam: {
            /** @constant */
            type: "additional_tools";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @constant */
            role: "developer";
            /** @description The tools to add. */
            tools: readonly components["schemas"]["Tool"][];
        };
        /** @description A configuration update as a client adds it. */
        ConfigurationUpdateParam: {
            /** @constant */
            type: "configuration_update";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description New reasoning settings. */
            reasoning?: components["schemas"]["ConfigurationUpdateReasoning"] | undefined;
            /** @description New text settings. */
            text?: components["schemas"]["ConfigurationUpdateText"] | undefined;
        };
        /** @description A compaction item received earlier, handed back. */
        CompactionSummaryItemParam: {
            /** @constant */
            type: "compaction";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Encrypted; opaque to clients. */
            encrypted_content: string;
        };
        /** @description A shell call as a client adds it. Its `environment` is accepted, then stored as null. */
        FunctionShellCallItemParam: {
            /** @constant */
            type: "shell_call";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            /** @description The commands. */
            action: components["schemas"]["FunctionShellActionParam"];
            /** @description How far it is. */
            status?: components["schemas"]["FunctionShellCallItemStatus"] | null | undefined;
            /** @description Where it runs. */
            environment?: components["schemas"]["FunctionShellEnvironmentParam"] | null | undefined;
        };
        /** @description The output of a shell call as a client adds it. */
        FunctionShellCallOutputItemParam: {
            /** @constant */
            type: "shell_call_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            /** @description One entry per command. */
            output: readonly components["schemas"]["FunctionShellCallOutputContentParam"][];
            /** @description How far it is. */
            status?: components["schemas"]["FunctionShellCallItemStatus"] | null | undefined;
            /** @description Most characters to return. */
            max_output_length?: number | null | undefined;
        };
        /** @description A file change call as a client adds it. */
        ApplyPatchToolCallItemParam: {
            /** @constant */
            type: "apply_patch_call";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            status: components["schemas"]["ApplyPatchCallStatusParam"];
            /** @description The change. */
            operation: components["schemas"]["ApplyPatchOperationParam"];
        };
        /** @description The outcome of a file change as a client adds it. */
        ApplyPatchToolCallOutputItemParam: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Who called the tool. */
            caller?: components["schemas"]["ToolCallCallerParam"] | null | undefined;
            status: components["schemas"]["ApplyPatchCallOutputStatusParam"];
            /** @description A log of the attempt. */
            output?: string | null | undefined;
        };
        /** @description An answer to an MCP approval request as a client adds it. */
        MCPApprovalResponse: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | null | undefined;
            /** @description Id of the approval request. */
            approval_request_id: string;
            /** @description Whether the call may go ahead. */
            approve: boolean;
            /** @description Why it was decided so. */
            reason?: string | null | undefined;
        };
        /** @description Reasoning received earlier, handed back. It needs its `id` or its `encrypted_content`; with neither it is refused (400 `invalid_item`). */
        ReasoningItemParam: {
            /** @constant */
            type: "reasoning";
            /** @description Id of the item. The server gives it one of its own instead. */
            id?: string | undefined;
            /** @description Encrypted reasoning, as received. */
            encrypted_content?: string | null | undefined;
            /** @description Summary of the reasoning. */
            summary: readonly components["schemas"]["SummaryTextContent"][];
            /** @description The reasoning itself, where the model discloses it. */
            content?: readonly components["schemas"]["ReasoningTextContent"][] | undefined;
            /**
             * @description How far it is.
             * @enum {string}
             */
            status?: "in_progress" | "completed" | "incomplete" | undefined;
        };
        /** @description Asks for a compaction. It is said to leave no item of its own behind. */
        CompactionTriggerItemParam: {
            /** @constant */
            type: "compaction_trigger";
            /** @description Id of the item. */
            id?: string | null | undefined;
        };
        /** @description Points at an existing item by its id. An item already in this conversation is refused (400 `item_already_in_conversation`), an unknown one is 404. */
        ItemReferenceParam: {
            type?: "item_reference" | null | undefined;
            /** @description Id of the item referred to. */
            id: string;
        };
        /** @description A program item received earlier, handed back. */
        ProgramItemParam: {
            /** @constant */
            type: "program";
            /** @description Id of the item. The server gives it one of its own instead. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description Source of the program. */
            code: string;
            /** @description Opaque mark of the program, to be handed back unchanged. */
            fingerprint: string;
        };
        /** @description A program's result as a client adds it. */
        ProgramOutputItemParam: {
            /** @constant */
            type: "program_output";
            /** @description Id of the item. The server gives it one of its own instead. */
            id: string;
            /** @description Joins a call and its output. */
            call_id: string;
            /** @description What the program returned. */
            result: string;
            status: components["schemas"]["ProgramOutputItemStatus"];
        };
        /** @description A tool as a client states it, told apart by `type`. */
        Tool: components["schemas"]["FunctionTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["MCPTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ProgrammaticToolCallingParam"] | components["schemas"]["ImageGenTool"] | components["schemas"]["LocalShellToolParam"] | components["schemas"]["FunctionShellToolParam"] | components["schemas"]["CustomToolParam"] | components["schemas"]["NamespaceToolParam"] | components["schemas"]["ToolSearchToolParam"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["ApplyPatchToolParam"];
        /** @description A tool as the API returns it, told apart by `type`. */
        ToolResource: components["schemas"]["FunctionTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["MCPTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ProgrammaticToolCallingParam"] | components["schemas"]["ImageGenTool"] | components["schemas"]["LocalShellToolParam"] | components["schemas"]["FunctionShellToolParam"] | components["schemas"]["CustomToolParam"] | components["schemas"]["NamespaceToolParam"] | components["schemas"]["ToolSearchToolParam"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["ApplyPatchToolParam"] | components["schemas"]["UnknownTool"];
        /** @description One of your functions, described by a JSON Schema. */
        FunctionTool: {
            /** @constant */
            type: "function";
            /** @description Name the model calls it by. */
            name: string;
            /** @description What the function does, told to the model. */
            description?: string | null | undefined;
            /** @description JSON Schema of the arguments. */
            parameters: {
                [key: string]: unknown;
            } | null;
            /** @description JSON Schema of what the function answers. */
            output_schema?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Hold the arguments strictly to the schema. */
            strict: boolean | null;
            /** @description Load the tool only when a tool search finds it. */
            defer_loading?: boolean | undefined;
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
            /** @description Whether the tool may run in the background. */
            async?: boolean | undefined;
        };
        /** @description Search over files in vector stores. */
        FileSearchTool: {
            /** @constant */
            type: "file_search";
            /** @description The vector stores to search. */
            vector_store_ids: string[];
            /** @description Most hits to return. */
            max_num_results?: number | undefined;
            /** @description How to rank the hits. */
            ranking_options?: components["schemas"]["RankingOptions"] | undefined;
            /** @description Condition on file attributes. */
            filters?: components["schemas"]["Filters"] | null | undefined;
        };
        /** @description Control of a computer. */
        ComputerTool: {
            /** @constant */
            type: "computer";
        };
        /** @description Control of a computer (preview), with the size of its screen. */
        ComputerUsePreviewTool: {
            /** @constant */
            type: "computer_use_preview";
            /** @description What kind of computer it is. */
            environment: components["schemas"]["ComputerEnvironment"];
            /** @description Width of the screen, in pixels. */
            display_width: number;
            /** @description Height of the screen, in pixels. */
            display_height: number;
        };
        /** @description Search of the web. */
        WebSearchTool: {
            /** @enum {string} */
            type: "web_search" | "web_search_2025_08_26";
            /** @description Whether live pages may be fetched. */
            external_web_access?: boolean | undefined;
            /** @description Limits on where to look. */
            filters?: components["schemas"]["WebSearchFilters"] | null | undefined;
            /** @description Roughly where the user is. */
            user_location?: components["schemas"]["WebSearchApproximateLocation"] | undefined;
            /** @description How much of the context window the search may fill. */
            search_context_size?: "low" | "medium" | "high" | (string & {}) | undefined;
        };
        /** @description The tools of a remote MCP server. Name it by one of `server_url`, `connector_id` or `tunnel_id`. */
        MCPTool: {
            /** @constant */
            type: "mcp";
            /** @description Label of the MCP server. */
            server_label: string;
            /**
             * Format: uri
             * @description URL of the server.
             */
            server_url?: string | undefined;
            /**
             * @deprecated
             * @description A connector run by the vendor. Deprecated as of SDK 7.55.
             */
            connector_id?: "connector_dropbox" | "connector_gmail" | "connector_googlecalendar" | "connector_googledrive" | "connector_microsoftteams" | "connector_outlookcalendar" | "connector_outlookemail" | "connector_sharepoint" | (string & {}) | undefined;
            /** @description Id of a tunnel to a private server. */
            tunnel_id?: string | undefined;
            /** @description Access token for the server or connector. */
            authorization?: string | undefined;
            /** @description What the server is for, told to the model. */
            server_description?: string | undefined;
            /** @description HTTP headers to send to the server. */
            headers?: {
                [key: string]: string;
            } | null | undefined;
            /** @description The tools the model may use, by name or by filter. */
            allowed_tools?: string[] | components["schemas"]["MCPToolFilter"] | null | undefined;
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
            /** @description Which tools need approval before a call. */
            require_approval?: "always" | "never" | (string & {}) | components["schemas"]["MCPToolApprovalFilter"] | null | undefined;
            /** @description Load the tool only when a tool search finds it. */
            defer_loading?: boolean | undefined;
        };
        /** @description Runs Python in a container. */
        CodeInterpreterTool: {
            /** @constant */
            type: "code_interpreter";
            /** @description Id of a container, or settings for a new one. */
            container: string | components["schemas"]["AutoCodeInterpreterToolParam"];
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
        };
        /** @description Lets the model call tools from a program it writes. */
        ProgrammaticToolCallingParam: {
            /** @constant */
            type: "programmatic_tool_calling";
        };
        /** @description Creates or edits images. */
        ImageGenTool: {
            /** @constant */
            type: "image_generation";
            /** @description Image model; the list is not closed. */
            model?: "gpt-image-1" | "gpt-image-1-mini" | "gpt-image-1.5" | "gpt-image-2" | "gpt-image-2-2026-04-21" | (string & {}) | undefined;
            /** @description Quality of the image (`xhigh` and `max` since SDK 7.55). */
            quality?: "low" | "medium" | "high" | "auto" | "xhigh" | "max" | (string & {}) | undefined;
            /** @description Width and height in pixels. */
            size?: "1024x1024" | "1024x1536" | "1536x1024" | "auto" | (string & {}) | undefined;
            /** @description File format (`gif` and `svg` since SDK 7.55). */
            output_format?: "png" | "webp" | "jpeg" | "gif" | "svg" | (string & {}) | undefined;
            /** @description Compression, in per cent. */
            output_compression?: number | undefined;
            /** @description How strictly the image is moderated. */
            moderation?: "auto" | "low" | (string & {}) | undefined;
            /** @description Background of the image. */
            background?: "transparent" | "opaque" | "auto" | (string & {}) | undefined;
            /** @description How closely to keep to the input image. */
            input_fidelity?: components["schemas"]["InputFidelity"] | null | undefined;
            /** @description Mask for inpainting. */
            input_image_mask?: components["schemas"]["ImageGenInputImageMask"] | undefined;
            /** @description How many partial images to stream. */
            partial_images?: number | undefined;
            /** @description Create, edit or decide. */
            action?: components["schemas"]["ImageGenActionEnum"] | undefined;
            /** @description How complex an SVG may be. */
            complexity?: "low" | "medium" | "high" | (string & {}) | undefined;
            /** @description How many frames an animation has. */
            frame_count?: number | undefined;
            /** @description How long a frame is shown, in milliseconds. */
            frame_duration_ms?: number | undefined;
            /** @description Settings for SVG output. */
            svg?: components["schemas"]["ImageGenToolSvg"] | undefined;
        };
        /** @description Runs commands on the caller's machine. */
        LocalShellToolParam: {
            /** @constant */
            type: "local_shell";
        };
        /** @description Runs shell commands, locally or in a container. */
        FunctionShellToolParam: {
            /** @constant */
            type: "shell";
            /** @description Where it runs. */
            environment?: components["schemas"]["FunctionShellToolEnvironment"] | null | undefined;
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
        };
        /** @description A tool of your own that takes free text, optionally bound by a grammar. */
        CustomToolParam: {
            /** @constant */
            type: "custom";
            /** @description Name the model calls it by. */
            name: string;
            /** @description What the tool does, told to the model. */
            description?: string | undefined;
            /** @description What text it takes. */
            format?: components["schemas"]["CustomToolFormat"] | undefined;
            /** @description Load the tool only when a tool search finds it. */
            defer_loading?: boolean | undefined;
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
            /** @description Whether the tool may run in the background. */
            async?: boolean | undefined;
        };
        /** @description A named group of tools. */
        NamespaceToolParam: {
            /** @constant */
            type: "namespace";
            /** @description Name of the namespace. */
            name: string;
            /** @description What the group is for, told to the model. */
            description: string;
            /** @description The tools in the group. */
            tools: components["schemas"]["NamespaceTool"][];
        };
        /** @description Lets the model search for deferred tools. */
        ToolSearchToolParam: {
            /** @constant */
            type: "tool_search";
            /** @description Who runs the tool search. */
            execution?: components["schemas"]["ToolSearchExecutionType"] | undefined;
            /** @description What can be found, told to the model. */
            description?: string | null | undefined;
            /** @description JSON Schema of the arguments. */
            parameters?: components["schemas"]["EmptyModelParam"] | null | undefined;
        };
        /** @description Search of the web (preview). */
        WebSearchPreviewTool: {
            /** @enum {string} */
            type: "web_search_preview" | "web_search_preview_2025_03_11";
            /** @description Roughly where the user is. */
            user_location?: components["schemas"]["ApproximateLocation"] | null | undefined;
            /** @description How much of the context window the search may fill. */
            search_context_size?: components["schemas"]["SearchContextSize"] | undefined;
            /** @description Kinds of content to return. */
            search_content_types?: components["schemas"]["SearchContentType"][] | undefined;
        };
        /** @description Lets the model change files by diffs. */
        ApplyPatchToolParam: {
            /** @constant */
            type: "apply_patch";
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
        };
        /** @description A tool of a kind this description does not know yet. */
        UnknownTool: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description How far a message is. Messages added by a client come back as `completed`. */
        MessageStatus: "in_progress" | "completed" | "incomplete" | (string & {});
        /** @description Who a message is from. */
        MessageRole: "unknown" | "user" | "assistant" | "system" | "critic" | "discriminator" | "developer" | "tool" | (string & {});
        /** @description One part of a message. */
        MessageContent: components["schemas"]["InputTextContent"] | components["schemas"]["OutputTextContent"] | components["schemas"]["TextContent"] | components["schemas"]["SummaryTextContent"] | components["schemas"]["ReasoningTextContent"] | components["schemas"]["RefusalContent"] | components["schemas"]["InputImageContent"] | components["schemas"]["ComputerScreenshotContent"] | components["schemas"]["InputFileContent"] | components["schemas"]["UnknownMessageContent"];
        /** @description Whether an assistant message is working commentary or the final answer. */
        MessagePhase: "commentary" | "final_answer" | (string & {});
        /** @description Who called the tool: the model itself, or a program it wrote. */
        ToolCallCaller: components["schemas"]["DirectToolCallCaller"] | components["schemas"]["ProgramToolCallCaller"] | components["schemas"]["UnknownToolCallCaller"];
        /** @description How far a call is. */
        FunctionCallStatus: "in_progress" | "completed" | "incomplete" | (string & {});
        /** @description Who called the tool, as a client states it. */
        ToolCallCallerParam: components["schemas"]["DirectToolCallCallerParam"] | components["schemas"]["ProgramToolCallCallerParam"] | components["schemas"]["UnknownToolCallCaller"];
        /** @description One content part of a tool's answer. */
        FunctionAndCustomToolCallOutput: components["schemas"]["InputTextContent"] | components["schemas"]["InputImageContent"] | components["schemas"]["InputFileContent"] | components["schemas"]["UnknownToolOutputContent"];
        /** @description How far a call's output is. */
        FunctionCallOutputStatusEnum: "in_progress" | "completed" | "incomplete" | (string & {});
        /** @description One hit of a file search. */
        FileSearchToolCallResult: {
            /** @description Id of an uploaded file. */
            file_id?: string | undefined;
            /** @description The passage found. */
            text?: string | undefined;
            /** @description Name of the file. */
            filename?: string | undefined;
            /** @description Attributes of the file. */
            attributes?: components["schemas"]["VectorStoreFileAttributes"] | undefined;
            /**
             * Format: float
             * @description Relevance, from 0 to 1.
             */
            score?: number | undefined;
        };
        /** @description What a web search call did. */
        WebSearchAction: components["schemas"]["WebSearchActionSearch"] | components["schemas"]["WebSearchActionOpenPage"] | components["schemas"]["WebSearchActionFind"] | components["schemas"]["UnknownWebSearchAction"];
        /** @description Why an image could not be made. */
        ImageGenToolCallError: {
            /** @description Machine-readable reason. */
            code: string | null;
            message: string;
            /** @description The parameter at fault. */
            param: string | null;
            /** @description Class of error. */
            type: string;
            /** @description What moderation objected to. */
            moderation_details?: components["schemas"]["ImageGenModerationDetails"] | undefined;
        };
        /** @description Tokens used to draw an SVG. */
        ImageGenSvgUsage: {
            /** @description Model that drew it. */
            model: string;
            input_tokens: number;
            output_tokens: number;
            reasoning_tokens: number;
            total_tokens: number;
        };
        /** @description One thing to do on a computer. */
        ComputerAction: components["schemas"]["ClickParam"] | components["schemas"]["DoubleClickAction"] | components["schemas"]["DragParam"] | components["schemas"]["KeyPressAction"] | components["schemas"]["MoveParam"] | components["schemas"]["ScreenshotParam"] | components["schemas"]["ScrollParam"] | components["schemas"]["TypeParam"] | components["schemas"]["WaitParam"] | components["schemas"]["UnknownComputerAction"];
        /** @description Several actions to carry out in order. */
        ComputerActionList: components["schemas"]["ComputerAction"][];
        /** @description A safety warning raised by a computer call. */
        ComputerCallSafetyCheckParam: {
            /** @description Id of the check. */
            id: string;
            /** @description Kind of check. */
            code?: string | null | undefined;
            /** @description What the warning is about. */
            message?: string | null | undefined;
        };
        /** @description A screenshot of a computer, by URL or file id. */
        ComputerScreenshotImage: {
            /** @constant */
            type: "computer_screenshot";
            /**
             * Format: uri
             * @description Web or data URL of the image.
             */
            image_url?: string | undefined;
            /** @description Id of an uploaded file. */
            file_id?: string | undefined;
        };
        /** @description How far a computer call's output is (`in_progress` since SDK 7.55). */
        ComputerCallOutputStatus: "in_progress" | "completed" | "incomplete" | "failed" | (string & {});
        /** @description Whether the API or the caller runs the tool search. */
        ToolSearchExecutionType: "server" | "client" | (string & {});
        /** @description Reasoning settings. */
        ConfigurationUpdateReasoning: {
            /** @description How much the model reasons. */
            effort?: components["schemas"]["ReasoningEffort"] | null | undefined;
        };
        /** @description Text settings. */
        ConfigurationUpdateText: {
            /** @description The form the text takes. */
            format: components["schemas"]["ConfigurationUpdateTextFormat"];
        };
        /** @description A piece of a reasoning summary. */
        SummaryTextContent: {
            /** @constant */
            type: "summary_text";
            text: string;
        };
        /** @description A piece of the reasoning itself. */
        ReasoningTextContent: {
            /** @constant */
            type: "reasoning_text";
            text: string;
        };
        /** @description How a program ended. */
        ProgramOutputStatus: "completed" | "incomplete" | (string & {});
        /** @description One thing a code interpreter run produced. */
        CodeInterpreterOutput: components["schemas"]["CodeInterpreterOutputLogs"] | components["schemas"]["CodeInterpreterOutputImage"] | components["schemas"]["UnknownCodeInterpreterOutput"];
        /** @description The command to run on the caller's machine. */
        LocalShellExecAction: {
            /** @constant */
            type: "exec";
            /** @description The command and its arguments. */
            command: string[];
            /** @description Time limit, in milliseconds. */
            timeout_ms?: number | null | undefined;
            /** @description Directory to run in. */
            working_directory?: string | null | undefined;
            /** @description Environment variables. */
            env: {
                [key: string]: string;
            };
            /** @description User to run as. */
            user?: string | null | undefined;
        };
        /** @description The commands of a shell call and their limits. */
        FunctionShellAction: {
            /** @description Shell commands, in order. */
            commands: string[];
            /** @description Time limit, in milliseconds. */
            timeout_ms: number | null;
            /** @description Most characters to return. */
            max_output_length: number | null;
        };
        /** @description How far a shell call is. */
        FunctionShellCallStatus: "in_progress" | "completed" | "incomplete" | (string & {});
        /** @description Where the commands of a shell call run. */
        FunctionShellEnvironment: components["schemas"]["LocalEnvironmentResource"] | components["schemas"]["ContainerReferenceResource"] | components["schemas"]["UnknownShellEnvironment"];
        /** @description How far a shell call's output is. */
        FunctionShellCallOutputStatusEnum: "in_progress" | "completed" | "incomplete" | (string & {});
        /** @description The output of one command. */
        FunctionShellCallOutputContent: {
            /** @description What it wrote to standard output. */
            stdout: string;
            /** @description What it wrote to standard error. */
            stderr: string;
            /** @description How the command ended. */
            outcome: components["schemas"]["FunctionShellCallOutputOutcome"];
            /** @description Who created the item. */
            created_by?: string | undefined;
        };
        /** @description How far a file change call is. */
        ApplyPatchCallStatus: "in_progress" | "completed" | (string & {});
        /** @description The change to make to one file. */
        ApplyPatchOperation: components["schemas"]["ApplyPatchCreateFileOperation"] | components["schemas"]["ApplyPatchDeleteFileOperation"] | components["schemas"]["ApplyPatchUpdateFileOperation"] | components["schemas"]["UnknownApplyPatchOperation"];
        /** @description Whether the file change was applied. */
        ApplyPatchCallOutputStatus: "completed" | "failed" | (string & {});
        /** @description One tool of an MCP server. */
        MCPListToolsTool: {
            name: string;
            /** @description What the tool does. */
            description?: string | null | undefined;
            /** @description JSON Schema of the tool's arguments. The vendor's SDK leaves it untyped. */
            input_schema: unknown;
            /** @description Hints the server gives about the tool. The vendor's SDK leaves them untyped. */
            annotations?: unknown | undefined;
        };
        /** @description Why an MCP tool call failed. */
        MCPToolCallError: components["schemas"]["MCPProtocolError"] | components["schemas"]["MCPToolExecutionError"] | components["schemas"]["HTTPError"] | components["schemas"]["UnknownMCPToolCallError"];
        /** @description How far an MCP tool call is. */
        MCPToolCallStatus: "in_progress" | "completed" | "incomplete" | "calling" | "failed" | (string & {});
        /** @description Content parts of a message given to the model. */
        InputMessageContentList: readonly components["schemas"]["InputContent"][];
        /** @description One content part of a message the assistant wrote, as a client states it. */
        OutputMessageContent: components["schemas"]["OutputTextContentParam"] | components["schemas"]["RefusalContent"];
        /**
         * @description How far a call is, as a client states it.
         * @enum {string}
         */
        FunctionCallItemStatus: "in_progress" | "completed" | "incomplete";
        /** @description One content part of a function's answer. */
        FunctionCallOutputContentParam: components["schemas"]["InputTextContentParam"] | components["schemas"]["InputImageContentParamAutoParam"] | components["schemas"]["InputFileContentParam"];
        /** @description A free JSON object: the vendor publishes no fields for it. */
        EmptyModelParam: {
            [key: string]: unknown;
        };
        /** @description The commands of a shell call and their limits, as a client states them. */
        FunctionShellActionParam: {
            /** @description Shell commands, in order. */
            commands: readonly string[];
            /** @description Time limit, in milliseconds. */
            timeout_ms?: number | null | undefined;
            /** @description Most characters to return. */
            max_output_length?: number | null | undefined;
        };
        /**
         * @description How far a shell call is, as a client states it.
         * @enum {string}
         */
        FunctionShellCallItemStatus: "in_progress" | "completed" | "incomplete";
        /** @description Where the commands of a shell call run, as a client states it. */
        FunctionShellEnvironmentParam: components["schemas"]["LocalEnvironmentParam"] | components["schemas"]["ContainerReferenceParam"];
        /** @description The output of one command, as a client states it. */
        FunctionShellCallOutputContentParam: {
            /** @description What it wrote to standard output. */
            stdout: string;
            /** @description What it wrote to standard error. */
            stderr: string;
            /** @description How the command ended. */
            outcome: components["schemas"]["FunctionShellCallOutputOutcomeParam"];
        };
        /**
         * @description How far a file change call is, as a client states it.
         * @enum {string}
         */
        ApplyPatchCallStatusParam: "in_progress" | "completed";
        /** @description The change to make to one file. */
        ApplyPatchOperationParam: components["schemas"]["ApplyPatchCreateFileOperationParam"] | components["schemas"]["ApplyPatchDeleteFileOperationParam"] | components["schemas"]["ApplyPatchUpdateFileOperationParam"];
        /**
         * @description Whether the file change was applied, as a client states it.
         * @enum {string}
         */
        ApplyPatchCallOutputStatusParam: "completed" | "failed";
        /**
         * @description How a program ended, as a client states it.
         * @enum {string}
         */
        ProgramOutputItemStatus: "completed" | "incomplete";
        /** @description Text given to the model. */
        InputTextContent: {
            /** @constant */
            type: "input_text";
            text: string;
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointConfig"] | undefined;
        };
        /** @description Text the model wrote, with its citations. */
        OutputTextContent: {
            /** @constant */
            type: "output_text";
            text: string;
            /** @description Citations inside the text. */
            annotations: components["schemas"]["Annotation"][];
            /** @description Token log-probabilities; filled only on request (see `include`). The vendor's specification always has them, its SDK types them as optional. */
            logprobs?: components["schemas"]["LogProb"][] | undefined;
        };
        /** @description Text the model wrote earlier, as a client states it. */
        OutputTextContentParam: {
            /** @constant */
            type: "output_text";
            text: string;
            /** @description Citations inside the text. */
            annotations?: readonly components["schemas"]["Annotation"][] | undefined;
            /** @description Token log-probabilities, as received. */
            logprobs?: readonly components["schemas"]["LogProb"][] | undefined;
        };
        /** @description Plain text. */
        TextContent: {
            /** @constant */
            type: "text";
            text: string;
        };
        /** @description The model's explanation of why it declined. */
        RefusalContent: {
            /** @constant */
            type: "refusal";
            /** @description The explanation. */
            refusal: string;
        };
        /** @description An image given to the model, by URL (data URLs included) or by file id. */
        InputImageContent: {
            /** @constant */
            type: "input_image";
            /**
             * Format: uri
             * @description Web or data URL of the image.
             */
            image_url?: string | null | undefined;
            /** @description Id of an uploaded file. */
            file_id?: string | null | undefined;
            detail: components["schemas"]["ImageDetail"];
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointConfig"] | undefined;
        };
        /** @description A screenshot of a computer, as a message part. */
        ComputerScreenshotContent: {
            /** @constant */
            type: "computer_screenshot";
            /**
             * Format: uri
             * @description Web or data URL of the image.
             */
            image_url: string | null;
            /** @description Id of an uploaded file. */
            file_id: string | null;
            detail: components["schemas"]["ImageDetail"];
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointConfig"] | undefined;
        };
        /** @description A file given to the model: by id, by URL or inline. */
        InputFileContent: {
            /** @constant */
            type: "input_file";
            /** @description Id of an uploaded file. */
            file_id?: string | null | undefined;
            /** @description Name of the file. */
            filename?: string | undefined;
            /** @description The file's content, base64. */
            file_data?: string | undefined;
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointConfig"] | undefined;
            /**
             * Format: uri
             * @description URL of the file.
             */
            file_url?: string | undefined;
            detail?: components["schemas"]["FileInputDetail"] | undefined;
        };
        /** @description A message part of a kind this description does not know yet. */
        UnknownMessageContent: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The model called the tool itself. */
        DirectToolCallCaller: {
            /** @constant */
            type: "direct";
        };
        /** @description A program the model wrote called the tool. */
        ProgramToolCallCaller: {
            /** @constant */
            type: "program";
            /** @description Call id of the program that called. */
            caller_id: string;
        };
        /** @description A caller of a kind this description does not know yet. */
        UnknownToolCallCaller: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The model called the tool itself. */
        DirectToolCallCallerParam: {
            /** @constant */
            type: "direct";
        };
        /** @description A program the model wrote called the tool. */
        ProgramToolCallCallerParam: {
            /** @constant */
            type: "program";
            /** @description Call id of the program that called. */
            caller_id: string;
        };
        /** @description A content part of a kind this description does not know yet. */
        UnknownToolOutputContent: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description Up to 16 key-value pairs attached to a file in a vector store; keys of at most 64 characters, string values of at most 512. */
        VectorStoreFileAttributes: {
            [key: string]: string | number | boolean;
        } | null;
        /** @description A search of the web. */
        WebSearchActionSearch: {
            /** @constant */
            type: "search";
            /**
             * @deprecated
             * @description The search text. Superseded by `queries`.
             */
            query?: string | undefined;
            /** @description The search texts. */
            queries?: string[] | undefined;
            /** @description Pages looked at; only with include `web_search_call.action.sources`. */
            sources?: components["schemas"]["WebSearchSource"][] | undefined;
        };
        /** @description The opening of one page found. */
        WebSearchActionOpenPage: {
            /** @constant */
            type: "open_page";
            /**
             * Format: uri
             * @description The page opened.
             */
            url?: string | null | undefined;
        };
        /** @description A look-up of a text within a page. */
        WebSearchActionFind: {
            /** @constant */
            type: "find_in_page";
            /**
             * Format: uri
             * @description The page searched.
             */
            url: string;
            /** @description The text looked for. */
            pattern: string;
        };
        /** @description A web search action of a kind this description does not know yet. */
        UnknownWebSearchAction: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description What moderation objected to, and when. */
        ImageGenModerationDetails: {
            /** @description Categories that applied. */
            categories: string[];
            /** @description Whether the prompt or the result was refused. */
            moderation_stage: "input" | "output" | "unknown" | (string & {});
        };
        /** @description A mouse click. */
        ClickParam: {
            /** @constant */
            type: "click";
            /** @description The button to click. */
            button: components["schemas"]["ClickButtonType"];
            /** @description Pixels from the left. */
            x: number;
            /** @description Pixels from the top. */
            y: number;
            /** @description Keys held meanwhile. */
            keys?: string[] | null | undefined;
        };
        /** @description A double click. */
        DoubleClickAction: {
            /** @constant */
            type: "double_click";
            /** @description Pixels from the left. */
            x: number;
            /** @description Pixels from the top. */
            y: number;
            /** @description Keys held meanwhile. */
            keys: string[] | null;
        };
        /** @description A drag along a path. */
        DragParam: {
            /** @constant */
            type: "drag";
            /** @description The points to drag along. */
            path: components["schemas"]["CoordParam"][];
            /** @description Keys held meanwhile. */
            keys?: string[] | null | undefined;
        };
        /** @description Keys pressed together. */
        KeyPressAction: {
            /** @constant */
            type: "keypress";
            /** @description The keys. */
            keys: string[];
        };
        /** @description A move of the pointer. */
        MoveParam: {
            /** @constant */
            type: "move";
            /** @description Pixels from the left. */
            x: number;
            /** @description Pixels from the top. */
            y: number;
            /** @description Keys held meanwhile. */
            keys?: string[] | null | undefined;
        };
        /** @description A screenshot is wanted. */
        ScreenshotParam: {
            /** @constant */
            type: "screenshot";
        };
        /** @description A scroll at a position. */
        ScrollParam: {
            /** @constant */
            type: "scroll";
            /** @description Pixels from the left. */
            x: number;
            /** @description Pixels from the top. */
            y: number;
            /** @description Horizontal distance, in pixels. */
            scroll_x: number;
            /** @description Vertical distance, in pixels. */
            scroll_y: number;
            /** @description Keys held meanwhile. */
            keys?: string[] | null | undefined;
        };
        /** @description Text to type. */
        TypeParam: {
            /** @constant */
            type: "type";
            /** @description The text to type. */
            text: string;
        };
        /** @description A pause. */
        WaitParam: {
            /** @constant */
            type: "wait";
        };
        /** @description A computer action of a kind this description does not know yet. */
        UnknownComputerAction: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description How much the model reasons. */
        ReasoningEffort: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | (string & {});
        /** @description The form the text takes. */
        ConfigurationUpdateTextFormat: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonSchema"] | components["schemas"]["UnknownTextFormat"];
        /** @description What the code printed. */
        CodeInterpreterOutputLogs: {
            /** @constant */
            type: "logs";
            /** @description What was printed. */
            logs: string;
        };
        /** @description An image the code produced. */
        CodeInterpreterOutputImage: {
            /** @constant */
            type: "image";
            /**
             * Format: uri
             * @description Where the image is.
             */
            url: string;
        };
        /** @description A code interpreter output of a kind this description does not know yet. */
        UnknownCodeInterpreterOutput: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The commands run on the caller's side. */
        LocalEnvironmentResource: {
            /** @constant */
            type: "local";
        };
        /** @description The commands run in a hosted container. */
        ContainerReferenceResource: {
            /** @constant */
            type: "container_reference";
            /** @description Id of the container. */
            container_id: string;
        };
        /** @description A shell environment of a kind this description does not know yet. */
        UnknownShellEnvironment: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description How a command ended. */
        FunctionShellCallOutputOutcome: components["schemas"]["FunctionShellCallOutputTimeoutOutcome"] | components["schemas"]["FunctionShellCallOutputExitOutcome"] | components["schemas"]["UnknownShellOutcome"];
        /** @description Creates a file from a diff. */
        ApplyPatchCreateFileOperation: {
            /** @constant */
            type: "create_file";
            /** @description Path of the file. */
            path: string;
            /** @description The change, as a diff. */
            diff: string;
        };
        /** @description Deletes a file. */
        ApplyPatchDeleteFileOperation: {
            /** @constant */
            type: "delete_file";
            /** @description Path of the file. */
            path: string;
        };
        /** @description Changes a file by a diff. */
        ApplyPatchUpdateFileOperation: {
            /** @constant */
            type: "update_file";
            /** @description Path of the file. */
            path: string;
            /** @description The change, as a diff. */
            diff: string;
        };
        /** @description A file change of a kind this description does not know yet. */
        UnknownApplyPatchOperation: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The MCP exchange itself failed. */
        MCPProtocolError: {
            /** @constant */
            type: "mcp_protocol_error";
            /** @description Code of the MCP error. */
            code: number;
            message: string;
        };
        /** @description The tool ran and reported a failure. */
        MCPToolExecutionError: {
            /** @constant */
            type: "mcp_tool_execution_error";
            /** @description What the tool reported: any JSON value. */
            content: unknown;
        };
        /** @description The MCP server answered with an HTTP error. */
        HTTPError: {
            /** @constant */
            type: "http_error";
            /** @description HTTP status. */
            code: number;
            message: string;
        };
        /** @description An error of a kind this description does not know yet. */
        UnknownMCPToolCallError: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description One content part of a message given to the model. */
        InputContent: components["schemas"]["InputTextContent"] | components["schemas"]["InputImageContentParamAutoParam"] | components["schemas"]["InputFileContent"];
        /** @description Text inside a function's answer. */
        InputTextContentParam: {
            /** @constant */
            type: "input_text";
            text: string;
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointParam"] | null | undefined;
        };
        /** @description An image as a client gives it; `detail` is `auto` where it is left out. */
        InputImageContentParamAutoParam: {
            /** @constant */
            type: "input_image";
            /**
             * Format: uri
             * @description Web or data URL of the image.
             */
            image_url?: string | null | undefined;
            /** @description Id of an uploaded file. */
            file_id?: string | null | undefined;
            detail?: components["schemas"]["DetailEnum"] | null | undefined;
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointParam"] | null | undefined;
        };
        /** @description A file inside a function's answer. */
        InputFileContentParam: {
            /** @constant */
            type: "input_file";
            /** @description Id of an uploaded file. */
            file_id?: string | null | undefined;
            /** @description Name of the file. */
            filename?: string | null | undefined;
            /** @description The file's content, base64. */
            file_data?: string | null | undefined;
            /**
             * Format: uri
             * @description URL of the file.
             */
            file_url?: string | null | undefined;
            detail?: components["schemas"]["FileDetailEnum"] | undefined;
            /** @description Set where prompt caching should break. */
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointParam"] | null | undefined;
        };
        /** @description The commands run on the caller's side, with the skills found there. */
        LocalEnvironmentParam: {
            /** @constant */
            type: "local";
            /** @description Skills to make available. */
            skills?: components["schemas"]["LocalSkillParam"][] | undefined;
        };
        /** @description The commands run in an existing hosted container. */
        ContainerReferenceParam: {
            /** @constant */
            type: "container_reference";
            /** @description Id of the container. */
            container_id: string;
        };
        /** @description How a command ended, as a client states it. */
        FunctionShellCallOutputOutcomeParam: components["schemas"]["FunctionShellCallOutputTimeoutOutcomeParam"] | components["schemas"]["FunctionShellCallOutputExitOutcomeParam"];
        /** @description Creates a file from a diff. */
        ApplyPatchCreateFileOperationParam: {
            /** @constant */
            type: "create_file";
            /** @description Path of the file. */
            path: string;
            /** @description The change, as a diff. */
            diff: string;
        };
        /** @description Deletes a file. */
        ApplyPatchDeleteFileOperationParam: {
            /** @constant */
            type: "delete_file";
            /** @description Path of the file. */
            path: string;
        };
        /** @description Changes a file by a diff. */
        ApplyPatchUpdateFileOperationParam: {
            /** @constant */
            type: "update_file";
            /** @description Path of the file. */
            path: string;
            /** @description The change, as a diff. */
            diff: string;
        };
        /** @description Marks the end of a prefix that prompt caching may reuse. */
        PromptCacheBreakpointConfig: {
            /** @description Always `explicit` so far. */
            mode: "explicit" | (string & {});
            /** @description How long the cached prefix is kept. */
            ttl?: "30m" | "12h" | (string & {}) | undefined;
        };
        /** @description A citation or file reference inside the model's text. */
        Annotation: components["schemas"]["FileCitationBody"] | components["schemas"]["UrlCitationBody"] | components["schemas"]["ContainerFileCitationBody"] | components["schemas"]["FilePath"] | components["schemas"]["UnknownAnnotation"];
        /** @description Log-probability of one token. Only with include `message.output_text.logprobs`. */
        LogProb: {
            token: string;
            /** @description Natural logarithm of the token's probability. */
            logprob: number;
            /** @description UTF-8 bytes of the token. */
            bytes: number[];
            /** @description The likeliest tokens at this position. */
            top_logprobs: components["schemas"]["TopLogProb"][];
        };
        /** @description How closely the model looks at an image. */
        ImageDetail: "low" | "high" | "auto" | "original" | (string & {});
        /** @description How closely the model looks at a file's pages. */
        FileInputDetail: "auto" | "low" | "high" | (string & {});
        /** @description A page a web search looked at. */
        WebSearchSource: {
            /** @description Kind of source. */
            type: "url" | (string & {});
            /** Format: uri */
            url: string;
        };
        /** @description Which mouse button. */
        ClickButtonType: "left" | "right" | "wheel" | "back" | "forward" | (string & {});
        /** @description A point on the screen, in pixels. */
        CoordParam: {
            /** @description Pixels from the left. */
            x: number;
            /** @description Pixels from the top. */
            y: number;
        };
        /** @description Plain text. */
        TextFormatText: {
            /** @constant */
            type: "text";
        };
        /** @description JSON that follows a schema. */
        TextFormatJsonSchema: {
            /** @constant */
            type: "json_schema";
            /** @description Name of the format. */
            name: string;
            /** @description The JSON Schema. */
            schema: {
                [key: string]: unknown;
            };
            /** @description What the format is for. */
            description?: string | undefined;
            /** @description Hold the output strictly to the schema. */
            strict?: boolean | null | undefined;
        };
        /** @description A text format of a kind this description does not know yet. */
        UnknownTextFormat: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The command exceeded its time limit. */
        FunctionShellCallOutputTimeoutOutcome: {
            /** @constant */
            type: "timeout";
        };
        /** @description The command ended by itself. */
        FunctionShellCallOutputExitOutcome: {
            /** @constant */
            type: "exit";
            /** @description Exit status of the command. */
            exit_code: number;
        };
        /** @description An outcome of a kind this description does not know yet. */
        UnknownShellOutcome: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description Marks the end of a prefix that prompt caching may reuse, as a client states it. */
        PromptCacheBreakpointParam: {
            /**
             * @description Always `explicit` so far.
             * @constant
             */
            mode: "explicit";
            /**
             * @description How long the cached prefix is kept.
             * @enum {string}
             */
            ttl?: "30m" | "12h" | undefined;
        };
        /**
         * @description How closely the model looks at an image, as a client asks.
         * @enum {string}
         */
        DetailEnum: "low" | "high" | "auto" | "original";
        /**
         * @description How closely the model looks at a file's pages, as a client asks.
         * @enum {string}
         */
        FileDetailEnum: "auto" | "low" | "high";
        /** @description A skill found on the caller's side. */
        LocalSkillParam: {
            name: string;
            /** @description When to use the skill. */
            description: string;
            /** @description Folder of the skill. */
            path: string;
        };
        /** @description The command exceeded its time limit. */
        FunctionShellCallOutputTimeoutOutcomeParam: {
            /** @constant */
            type: "timeout";
        };
        /** @description The command ended by itself. */
        FunctionShellCallOutputExitOutcomeParam: {
            /** @constant */
            type: "exit";
            /** @description Exit status of the command. */
            exit_code: number;
        };
        /** @description A citation of an uploaded file. */
        FileCitationBody: {
            /** @constant */
            type: "file_citation";
            /** @description Id of an uploaded file. */
            file_id: string;
            /** @description Where the citation stands in the text. */
            index: number;
            /** @description Name of the file. */
            filename: string;
        };
        /** @description A citation of a web page. */
        UrlCitationBody: {
            /** @constant */
            type: "url_citation";
            /** Format: uri */
            url: string;
            /** @description Where the citation starts in the text. */
            start_index: number;
            /** @description Where the citation ends in the text. */
            end_index: number;
            /** @description Title of the page. */
            title: string;
        };
        /** @description A citation of a file in a container. */
        ContainerFileCitationBody: {
            /** @constant */
            type: "container_file_citation";
            /** @description Id of the container. */
            container_id: string;
            /** @description Id of an uploaded file. */
            file_id: string;
            /** @description Where the citation starts in the text. */
            start_index: number;
            /** @description Where the citation ends in the text. */
            end_index: number;
            /** @description Name of the file. */
            filename: string;
        };
        /** @description A reference to a file the model produced. */
        FilePath: {
            /** @constant */
            type: "file_path";
            /** @description Id of an uploaded file. */
            file_id: string;
            /** @description Where the reference stands in the text. */
            index: number;
        };
        /** @description An annotation of a kind this description does not know yet. */
        UnknownAnnotation: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description One of the likeliest tokens at a position. */
        TopLogProb: {
            token: string;
            /** @description Natural logarithm of the token's probability. */
            logprob: number;
            /** @description UTF-8 bytes of the token. */
            bytes: number[];
        };
        /** @description Who may call a tool: the model directly, or a program it writes. */
        CallableToolAllowedCaller: "direct" | "programmatic" | (string & {});
        /** @description How file search ranks its hits. */
        RankingOptions: {
            /** @description The ranker to use. */
            ranker?: components["schemas"]["RankerVersionType"] | undefined;
            /** @description Least score of a hit, from 0 to 1. */
            score_threshold?: number | undefined;
            /** @description Weights of semantic and keyword matches. */
            hybrid_search?: components["schemas"]["HybridSearchOptions"] | undefined;
        };
        /** @description A condition on file attributes. */
        Filters: components["schemas"]["ComparisonFilter"] | components["schemas"]["CompoundFilter"] | components["schemas"]["UnknownFilter"];
        /** @description What kind of computer is controlled. */
        ComputerEnvironment: "windows" | "mac" | "linux" | "ubuntu" | "browser" | (string & {});
        /** @description Limits on where a web search looks. */
        WebSearchFilters: {
            /** @description Domains to search; subdomains count too. */
            allowed_domains?: string[] | null | undefined;
        };
        /** @description Roughly where the user is, to make a search local. */
        WebSearchApproximateLocation: {
            /** @constant */
            type?: "approximate" | undefined;
            /** @description Two-letter country code, such as `US`. */
            country?: string | null | undefined;
            region?: string | null | undefined;
            city?: string | null | undefined;
            /** @description IANA time zone name. */
            timezone?: string | null | undefined;
        } | null;
        /** @description Picks tools of an MCP server. The vendor allows no other properties. */
        MCPToolFilter: {
            /** @description Names of the tools. */
            tool_names?: string[] | undefined;
            /** @description Tools that are, or are not, read-only. */
            read_only?: boolean | undefined;
        };
        /** @description Which tools need approval and which do not. The vendor allows no other properties. */
        MCPToolApprovalFilter: {
            /** @description Tools that always need approval. */
            always?: components["schemas"]["MCPToolFilter"] | undefined;
            /** @description Tools that never need it. */
            never?: components["schemas"]["MCPToolFilter"] | undefined;
        };
        /** @description A container made for the code interpreter on demand. */
        AutoCodeInterpreterToolParam: {
            /** @constant */
            type: "auto";
            /** @description Uploaded files to put into the container. */
            file_ids?: string[] | undefined;
            /** @description Memory of the container. */
            memory_limit?: components["schemas"]["ContainerMemoryLimit"] | null | undefined;
            /** @description What the container may reach. */
            network_policy?: components["schemas"]["ContainerNetworkPolicy"] | undefined;
        };
        /** @description How closely an edited image keeps the features of its input. */
        InputFidelity: "high" | "low" | (string & {});
        /** @description The mask for inpainting, by URL or file id. The vendor allows no other properties. */
        ImageGenInputImageMask: {
            /** @description Web or data URL of the image. */
            image_url?: string | undefined;
            /** @description Id of an uploaded file. */
            file_id?: string | undefined;
        };
        /** @description Whether to create a new image, to edit one, or to let the model decide. */
        ImageGenActionEnum: "generate" | "edit" | "auto" | (string & {});
        /** @description How an SVG is drawn. */
        ImageGenToolSvg: {
            /** @description Model that draws it. */
            model?: string | undefined;
            /** @description How much that model reasons. */
            reasoning?: {
                effort?: components["schemas"]["ReasoningEffort"] | undefined;
            } | null | undefined;
        };
        /** @description Where a shell tool runs its commands. */
        FunctionShellToolEnvironment: components["schemas"]["ContainerAutoParam"] | components["schemas"]["LocalEnvironmentParam"] | components["schemas"]["ContainerReferenceParam"] | components["schemas"]["UnknownShellToolEnvironment"];
        /** @description What text a custom tool takes. */
        CustomToolFormat: components["schemas"]["CustomTextFormatParam"] | components["schemas"]["CustomGrammarFormatParam"] | components["schemas"]["UnknownCustomToolFormat"];
        /** @description A tool inside a namespace. */
        NamespaceTool: components["schemas"]["FunctionToolParam"] | components["schemas"]["CustomToolParam"] | components["schemas"]["UnknownNamespaceTool"];
        /** @description Roughly where the user is. */
        ApproximateLocation: {
            /** @constant */
            type: "approximate";
            /** @description Two-letter country code, such as `US`. */
            country?: string | null | undefined;
            region?: string | null | undefined;
            city?: string | null | undefined;
            /** @description IANA time zone name. */
            timezone?: string | null | undefined;
        };
        /** @description How much of the context window a search may fill. */
        SearchContextSize: "low" | "medium" | "high" | (string & {});
        /** @description What kind of content a search may return. */
        SearchContentType: "text" | "image" | (string & {});
        /** @description Which ranker to use. */
        RankerVersionType: "auto" | "default-2024-11-15" | (string & {});
        /** @description Weights of semantic and keyword matches. */
        HybridSearchOptions: {
            /** @description Weight of semantic matches. */
            embedding_weight: number;
            /** @description Weight of keyword matches. */
            text_weight: number;
        };
        /** @description Compares one attribute with a value. The vendor allows no other properties. */
        ComparisonFilter: {
            /**
             * @description How to compare.
             * @enum {string}
             */
            type: "eq" | "ne" | "gt" | "gte" | "lt" | "lte" | "in" | "nin";
            /** @description Attribute to compare. */
            key: string;
            /** @description Value to compare it with. */
            value: string | number | boolean | (string | number)[];
        };
        /** @description Joins several conditions. The vendor allows no other properties. */
        CompoundFilter: {
            /**
             * @description How to join.
             * @enum {string}
             */
            type: "and" | "or";
            /** @description The conditions joined, comparisons or further compounds. The vendor leaves them untyped. */
            filters: unknown[];
        };
        /** @description A filter of a kind this description does not know yet. */
        UnknownFilter: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description Memory of a container. */
        ContainerMemoryLimit: "1g" | "4g" | "16g" | "64g" | (string & {});
        /** @description What a container may reach on the network. */
        ContainerNetworkPolicy: components["schemas"]["ContainerNetworkPolicyDisabledParam"] | components["schemas"]["ContainerNetworkPolicyAllowlistParam"] | components["schemas"]["UnknownNetworkPolicy"];
        /** @description A container made for the shell tool on demand. */
        ContainerAutoParam: {
            /** @constant */
            type: "container_auto";
            /** @description Uploaded files to put into the container. */
            file_ids?: string[] | undefined;
            /** @description Memory of the container. */
            memory_limit?: components["schemas"]["ContainerMemoryLimit"] | null | undefined;
            /** @description What the container may reach. */
            network_policy?: components["schemas"]["ContainerNetworkPolicy"] | undefined;
            /** @description Skills to make available. */
            skills?: components["schemas"]["ContainerSkill"][] | undefined;
        };
        /** @description A shell environment of a kind this description does not know yet. */
        UnknownShellToolEnvironment: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description Free text. */
        CustomTextFormatParam: {
            /** @constant */
            type: "text";
        };
        /** @description Text bound by a grammar. */
        CustomGrammarFormatParam: {
            /** @constant */
            type: "grammar";
            /** @description Language of the grammar. */
            syntax: components["schemas"]["GrammarSyntax"];
            /** @description The grammar. */
            definition: string;
        };
        /** @description A text format of a kind this description does not know yet. */
        UnknownCustomToolFormat: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A function inside a namespace. */
        FunctionToolParam: {
            /** @constant */
            type: "function";
            /** @description Name the model calls it by. */
            name: string;
            /** @description What the function does, told to the model. */
            description?: string | null | undefined;
            /** @description JSON Schema of the arguments. */
            parameters?: components["schemas"]["EmptyModelParam"] | null | undefined;
            /** @description Hold the arguments strictly to the schema. */
            strict?: boolean | null | undefined;
            /** @description JSON Schema of what the function answers. */
            output_schema?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Load the tool only when a tool search finds it. */
            defer_loading?: boolean | undefined;
            /** @description Who may call the tool. */
            allowed_callers?: components["schemas"]["CallableToolAllowedCaller"][] | null | undefined;
            /** @description Whether the tool may run in the background. */
            async?: boolean | undefined;
        };
        /** @description A tool of a kind this description does not know yet. */
        UnknownNamespaceTool: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description No network access. */
        ContainerNetworkPolicyDisabledParam: {
            /** @constant */
            type: "disabled";
        };
        /** @description Network access to the domains listed only. */
        ContainerNetworkPolicyAllowlistParam: {
            /** @constant */
            type: "allowlist";
            /** @description Domains that may be reached. */
            allowed_domains: string[];
            /** @description Secrets for those domains. */
            domain_secrets?: components["schemas"]["ContainerNetworkPolicyDomainSecretParam"][] | undefined;
        };
        /** @description A network policy of a kind this description does not know yet. */
        UnknownNetworkPolicy: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A skill put into a container. */
        ContainerSkill: components["schemas"]["SkillReferenceParam"] | components["schemas"]["InlineSkillParam"] | components["schemas"]["UnknownSkill"];
        /** @description The language a grammar is written in. */
        GrammarSyntax: "lark" | "regex" | (string & {});
        /** @description A secret that a container may use with one domain only. */
        ContainerNetworkPolicyDomainSecretParam: {
            /** @description The domain it is for. */
            domain: string;
            /** @description Name of the secret. */
            name: string;
            /** @description The secret itself. */
            value: string;
        };
        /** @description A skill stored with the vendor. */
        SkillReferenceParam: {
            /** @constant */
            type: "skill_reference";
            /** @description Id of the skill. */
            skill_id: string;
            /** @description Version of the skill, a number or `latest`. */
            version?: string | undefined;
        };
        /** @description A skill sent along with the request. */
        InlineSkillParam: {
            /** @constant */
            type: "inline";
            name: string;
            /** @description When to use the skill. */
            description: string;
            /** @description Its files. */
            source: components["schemas"]["InlineSkillSourceParam"];
        };
        /** @description A skill of a kind this description does not know yet. */
        UnknownSkill: {
            /** @description A kind not listed here. */
            type: `(unknown) ${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description The zipped files of an inline skill. */
        InlineSkillSourceParam: {
            /** @constant */
            type: "base64";
            /** @description Always a zip archive so far. */
            media_type: "application/zip" | (string & {});
            /** @description The zip archive, base64. */
            data: string;
        };
    };
    responses: {
        /** @description The conversation. */
        Conversation: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "conv_123",
                 *       "object": "conversation",
                 *       "created_at": 1741900000,
                 *       "metadata": {
                 *         "topic": "project-x"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Conversation"];
            };
        };
        /** @description The conversation was deleted. */
        DeletedConversation: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "conv_123",
                 *       "object": "conversation.deleted",
                 *       "deleted": true
                 *     }
                 */
                "application/json": components["schemas"]["DeletedConversation"];
            };
        };
        /** @description Items of the conversation. */
        ConversationItemList: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "object": "list",
                 *       "data": [
                 *         {
                 *           "type": "message",
                 *           "id": "msg_abc",
                 *           "status": "completed",
                 *           "role": "user",
                 *           "content": [
                 *             {
                 *               "type": "input_text",
                 *               "text": "Hello!"
                 *             }
                 *           ]
                 *         }
                 *       ],
                 *       "first_id": "msg_abc",
                 *       "last_id": "msg_abc",
                 *       "has_more": false
                 *     }
                 */
                "application/json": components["schemas"]["ConversationItemList"];
            };
        };
        /** @description The item. */
        ConversationItem: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "message",
                 *       "id": "msg_abc",
                 *       "status": "completed",
                 *       "role": "user",
                 *       "content": [
                 *         {
                 *           "type": "input_text",
                 *           "text": "Hello!"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConversationItem"];
            };
        };
        /** @description The item was deleted. */
        DeletedConversationItem: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "conv_123",
                 *       "object": "conversation",
                 *       "created_at": 1741900000,
                 *       "metadata": {
                 *         "topic": "project-x"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DeleteConversationItemResult"];
            };
        };
        /** @description The request is malformed, breaks a limit or names an unknown field, or the conversation is locked by another process. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "message": "The value of 'limit' is above 100.",
                 *         "type": "invalid_request_error",
                 *         "param": "limit",
                 *         "code": "integer_above_max_value"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key is missing or wrong, or may not be used from here. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "message": "The API key is not valid.",
                 *         "type": "invalid_request_error",
                 *         "param": null,
                 *         "code": "invalid_api_key"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The country or region is not supported, or the key lacks a permission. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description No such conversation or item, or an item refers to one that does not exist. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "message": "There is no conversation with id 'conv_123'.",
                 *         "type": "invalid_request_error",
                 *         "param": null,
                 *         "code": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A rate limit or a quota is exhausted. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                "x-ratelimit-limit-project-tokens": components["headers"]["RateLimitLimitProjectTokens"];
                "x-ratelimit-remaining-project-tokens": components["headers"]["RateLimitRemainingProjectTokens"];
                "x-ratelimit-reset-project-tokens": components["headers"]["RateLimitResetProjectTokens"];
                "Retry-After": components["headers"]["RetryAfter"];
                "retry-after-ms": components["headers"]["RetryAfterMs"];
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A fault on the server. */
        ServerError: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "retry-after-ms": components["headers"]["RetryAfterMs"];
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The service is overloaded; slow down. */
        Unavailable: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "retry-after-ms": components["headers"]["RetryAfterMs"];
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Any other error. */
        Unexpected: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "openai-organization": components["headers"]["Organization"];
                "openai-processing-ms": components["headers"]["ProcessingMs"];
                "openai-version": components["headers"]["Version"];
                "retry-after-ms": components["headers"]["RetryAfterMs"];
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnexpectedError"];
            };
        };
    };
    parameters: {
        /**
         * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
         * @example conv_sandbox0001
         */
        ConversationId: string;
        /**
         * @description Id of the item. Opaque; prefixes such as `msg_`, `rs_` and `fc_` tell nothing that `type` does not.
         * @example msg_abc
         */
        ItemId: string;
        /** @description How many items a page holds at most. Above 100 the API answers 400 `integer_above_max_value`. */
        Limit: number;
        /** @description By position in the conversation, `asc` being oldest first. */
        Order: "asc" | "desc";
        /** @description Id of the item after which the page begins, exclusive. There is no `before`. */
        After: string;
        /** @description Extra data to return, one `include=` per value. The vendor's SDK sends `include[]=` instead; its specification gives this form. */
        Include: readonly components["schemas"]["IncludeEnum"][];
        /** @description Organization to bill, for members of several or for legacy user keys. */
        Organization: string;
        /** @description Project to bill, for legacy user keys. */
        Project: string;
        /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
        ClientRequestId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The server's id of the request, to be quoted to support.
         * @example req_123
         */
        RequestId: string;
        /** @description The organization billed. */
        Organization: string;
        /** @description Time the server took, in milliseconds. */
        ProcessingMs: number;
        /**
         * @description Version of the REST API.
         * @example 2020-10-01
         */
        Version: string;
        /** @description Requests allowed per window. */
        RateLimitLimitRequests: number;
        /** @description Requests left in the window. */
        RateLimitRemainingRequests: number;
        /**
         * @description Time until the request window resets, as duration text (not seconds, not a date).
         * @example 6m0s
         */
        RateLimitResetRequests: string;
        /** @description Tokens allowed per window. */
        RateLimitLimitTokens: number;
        /** @description Tokens left in the window. */
        RateLimitRemainingTokens: number;
        /**
         * @description Time until the token window resets, as duration text.
         * @example 12ms
         */
        RateLimitResetTokens: string;
        /** @description Tokens allowed to the project per window; sent only where such a limit applies. */
        RateLimitLimitProjectTokens: number;
        /** @description Tokens left to the project in the window; sent only where such a limit applies. */
        RateLimitRemainingProjectTokens: number;
        /**
         * @description Time until the project's token window resets, as duration text; sent only where such a limit applies.
         * @example 1s
         */
        RateLimitResetProjectTokens: string;
        /** @description Seconds to wait before the next try. May be missing where the caller has to act (quota). */
        RetryAfter: number;
        /** @description Milliseconds to wait before the next try; goes before `Retry-After`. */
        RetryAfterMs: number;
        /** @description Tells a client outright whether to retry. */
        ShouldRetry: "true" | "false";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path?: never;
            cookie?: never;
        };
        /** @description May be left out, or be an empty object. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "topic": "project-x"
                 *       },
                 *       "items": [
                 *         {
                 *           "type": "message",
                 *           "role": "user",
                 *           "content": "Hello!"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        } | undefined;
        responses: {
            200: components["responses"]["Conversation"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Conversation"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The new metadata. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "topic": "project-x"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["UpdateConversationBody"];
            };
        };
        responses: {
            200: components["responses"]["Conversation"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeletedConversation"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    listConversationItems: {
        parameters: {
            query?: {
                /** @description How many items a page holds at most. Above 100 the API answers 400 `integer_above_max_value`. */
                limit?: components["parameters"]["Limit"] | undefined;
                /** @description By position in the conversation, `asc` being oldest first. */
                order?: components["parameters"]["Order"] | undefined;
                /** @description Id of the item after which the page begins, exclusive. There is no `before`. */
                after?: components["parameters"]["After"] | undefined;
                /** @description Extra data to return, one `include=` per value. The vendor's SDK sends `include[]=` instead; its specification gives this form. */
                include?: components["parameters"]["Include"] | undefined;
            } | undefined;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ConversationItemList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    createConversationItems: {
        parameters: {
            query?: {
                /** @description Extra data to return, one `include=` per value. The vendor's SDK sends `include[]=` instead; its specification gives this form. */
                include?: components["parameters"]["Include"] | undefined;
            } | undefined;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description The items to add. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "type": "message",
                 *           "role": "user",
                 *           "content": [
                 *             {
                 *               "type": "input_text",
                 *               "text": "Where is my order?"
                 *             }
                 *           ]
                 *         },
                 *         {
                 *           "type": "function_call_output",
                 *           "call_id": "call_123",
                 *           "output": "{\"status\":\"shipped\"}"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateConversationItemsBody"];
            };
        };
        responses: {
            200: components["responses"]["ConversationItemList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    getConversationItem: {
        parameters: {
            query?: {
                /** @description Extra data to return, one `include=` per value. The vendor's SDK sends `include[]=` instead; its specification gives this form. */
                include?: components["parameters"]["Include"] | undefined;
            } | undefined;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description Id of the item. Opaque; prefixes such as `msg_`, `rs_` and `fc_` tell nothing that `type` does not.
                 * @example msg_abc
                 */
                item_id: components["parameters"]["ItemId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ConversationItem"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    deleteConversationItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Organization to bill, for members of several or for legacy user keys. */
                "OpenAI-Organization"?: components["parameters"]["Organization"] | undefined;
                /** @description Project to bill, for legacy user keys. */
                "OpenAI-Project"?: components["parameters"]["Project"] | undefined;
                /** @description An id of the caller's own for the request, in ASCII. Never added automatically; 400 if too long. */
                "X-Client-Request-Id"?: components["parameters"]["ClientRequestId"] | undefined;
            } | undefined;
            path: {
                /**
                 * @description Id of the conversation. The API answers 400 to an id that does not begin with `conv`; a ceiling of 64 characters is reported. Otherwise opaque.
                 * @example conv_sandbox0001
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description Id of the item. Opaque; prefixes such as `msg_`, `rs_` and `fc_` tell nothing that `type` does not.
                 * @example msg_abc
                 */
                item_id: components["parameters"]["ItemId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeletedConversationItem"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
}
