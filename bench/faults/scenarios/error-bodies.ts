import { answer } from "../answers.ts";
import { group, type Scenario } from "../scenario.ts";

/** Error bodies of every form. Whatever it is, the status is an error. */
const BODIES: readonly [name: string, body: string | object, type?: string][] = [
  ["nothing", ""],
  ["null", "null"],
  ["an empty string", '""'],
  ["false", "false"],
  ["0", "0"],
  ["an empty object", "{}"],
  ["an array", "[1]"],
  ["HTML", "<html><h1>404</h1></html>", "text/html"],
  ["broken JSON", '{"error":{"mess'],
  ["an error that is a string", { error: "gone" }],
  ["an error that is null", { error: null }],
  ["a getter's worth of names", { message: { toString: "x" }, error: { message: 7 } }],
  ["300 kB", "x".repeat(300_000), "text/plain"],
  ["a conversation", { id: "conv_1", object: "conversation", created_at: 1, metadata: { seed: "1" } }],
];

export const errorBodies: Scenario[] = group("error body", [
  ...BODIES.map(([name, body, type]) => ({
    name: `404 with ${name}`,
    op: "update" as const,
    server: [answer(404, body, type ? { "content-type": type } : {})],
    expect: { result: ["not_found"] as const, status: 404, requests: [1, 1] as const },
  })),
  {
    name: "502 of a proxy in HTML",
    op: "update",
    server: [answer(502, "<html>Bad Gateway</html>", { "content-type": "text/html" })],
    expect: { result: ["server"], status: 502, outcome: "unknown", writes: 1 },
  },
]);
