import { conversation, encode, head } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

/** A good answer with something strange among its headers. */
const among =
  (lines: string): Answer =>
  (seen) => {
    const body = encode(conversation(seen));
    const known = `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    return [{ send: Buffer.from(`HTTP/1.1 200 OK\r\n${known}${lines}\r\n`, "latin1") }, { send: body }];
  };

const thenClose =
  (answer: Answer): Answer =>
  (seen, origins) => [...answer(seen, origins), { end: "fin" }];

const TOO_LONG = `x-long: ${"a".repeat(20_000)}\r\n`;

const UNREADABLE: readonly [name: string, lines: string][] = [
  ["NUL in a header", "x-a: b\0c\r\n"],
  ["a line without a colon", "no colon here\r\n"],
  ["a header name with spaces", "x a b: 1\r\n"],
  ["a header over 16 KB", TOO_LONG],
  ["4,000 headers over 16 KB", "x-a: bcdef\r\n".repeat(4000)],
];

export const headers: Scenario[] = group("headers", [
  ...UNREADABLE.map(([name, lines]) => ({
    name,
    op: "create" as const,
    server: [thenClose(among(lines))],
    limits: { timeoutMs: 1500, deadlineMs: 4000 },
    // What a parser stumbles over first decides which.
    expect: { result: ["bad_response", "network"] as const, outcome: "unknown" as const, writes: 1 },
  })),
  {
    name: "duplicated and Latin-1 headers",
    op: "read",
    server: [among("x-a: 1\r\nx-a: 2\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nx-b: \xe9\xff\r\n")],
    expect: { result: "right", requests: [1, 1] },
  },
  {
    name: "150 headers",
    op: "read",
    server: [among("x-a: b\r\n".repeat(150))],
    expect: { result: "right", requests: [1, 1] },
  },
  {
    name: "connection: close",
    op: "read",
    server: [thenClose(among("connection: close\r\n"))],
    rounds: 3,
    expect: { result: "right", requests: [3, 3] },
  },
  {
    name: "a status line without reason",
    op: "read",
    server: [
      (seen) => {
        const body = encode(conversation(seen));
        const lines = head(200, { "content-type": "application/json", "content-length": body.length });
        return [{ send: lines.replace("200 X", "200") }, { send: body }];
      },
    ],
    expect: { result: "right", requests: [1, 1] },
  },
]);
