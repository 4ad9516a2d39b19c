import type { Doc } from "../src/index.ts";

const caller = { type: "direct" };

/** One item of every type a client may add to an OpenAI conversation. */
export const ITEMS: readonly (Doc & { readonly type: string })[] = [
  {
    type: "message",
    role: "user",
    content: [{ type: "input_image", image_url: "https://example.com/a.png", detail: "auto" }],
  },
  { type: "function_call", call_id: "c1", name: "f", arguments: "{}", caller },
  { type: "function_call_output", call_id: "c1", output: "1", name: null },
  { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "q" } },
  { type: "file_search_call", id: "fs_1", status: "completed", queries: ["q"], results: [] },
  {
    type: "computer_call_output",
    call_id: "c2",
    output: { type: "computer_screenshot", file_id: "f" },
    id: null,
  },
  { type: "tool_search_call", arguments: {}, call_id: null },
  { type: "tool_search_output", tools: [] },
  { type: "compaction", encrypted_content: "x" },
  { type: "image_generation_call", id: "ig_1", status: "completed", result: null },
  {
    type: "code_interpreter_call",
    id: "ci_1",
    status: "completed",
    container_id: "c",
    code: null,
    outputs: [],
  },
  { type: "shell_call", call_id: "c3", action: { commands: ["ls"] } },
  {
    type: "shell_call_output",
    call_id: "c3",
    output: [{ stdout: "", stderr: "", outcome: { type: "exit", exit_code: 0 } }],
  },
  {
    type: "apply_patch_call",
    call_id: "c4",
    status: "completed",
    operation: { type: "delete_file", path: "a" },
  },
  { type: "mcp_approval_response", approval_request_id: "a1", approve: true },
  { type: "custom_tool_call", call_id: "c5", name: "t", input: "" },
  { type: "custom_tool_call_output", call_id: "c5", output: "" },
];
