/** What is asked of the sandbox, and what the bare server answers to all of it. */

/** One request, the same each time. */
export interface Case {
  readonly vendor: string;
  readonly what: "read" | "update";
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body?: string;
}

/** A conversation as the vendors send it. */
export const CONSTANT: string = JSON.stringify({
  id: "conv_sandbox0001",
  object: "conversation",
  created_at: 1_741_900_000,
  metadata: { topic: "project-x", owner: "ada" },
});

const metadata = JSON.stringify({ metadata: { topic: "project-x", owner: "ada", status: "resolved" } });
const LETTA = "/letta/v1/conversations/conv-00000000-0000-4000-8000-000000000001";
const CHATDASH = "/chatdash/v1/public/agents/agent_1/conversations/66f0c0ffee0000000000cd01";
const bearer = "Bearer sk-bench-0001";

function both(
  vendor: string,
  authorization: string,
  path: string,
  method: string,
  body: string,
  to: string = path,
): Case[] {
  return [
    { vendor, what: "read", method: "GET", path, authorization },
    { vendor, what: "update", method, path: to, authorization, body },
  ];
}

/** One conversation per vendor, read and updated. */
export const CASES: readonly Case[] = [
  ...both("openai", bearer, "/openai/v1/conversations/conv_sandbox0001", "POST", metadata),
  ...both("letta", bearer, LETTA, "PATCH", '{"summary":"Invoice corrected"}'),
  ...both(
    "datagrid",
    bearer,
    "/datagrid/v1/conversations/cnv_sandbox_0001",
    "PATCH",
    '{"name":"Invoice 2041"}',
  ),
  ...both("chatdash", "CD.0123456789abcdef", CHATDASH, "PUT", metadata),
  ...both(
    "agentsight",
    "Api-Key ags_0123456789abcdef0123456789abcdef_012345",
    "/agentsight/api/conversations/42/",
    "PATCH",
    metadata,
    "/agentsight/api/conversations/42/update/",
  ),
];

/** The request as bytes: building it is not what is measured. */
export function bytes({ method, path, authorization, body }: Case, host: string): string {
  const content =
    body === undefined
      ? ""
      : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  const head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${authorization}\r\n${content}`;
  return `${head}\r\n${body ?? ""}`;
}
