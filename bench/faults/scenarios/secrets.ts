import { answer } from "../answers.ts";
import { group, KEY, PASSWORD, type Scenario } from "../scenario.ts";

/** Invalid keys. */
const MALFORMED: readonly [name: string, apiKey: string][] = [
  ["an empty key", ""],
  ["a blank key", "   "],
  ["a key with CRLF and a header", `${KEY}\r\nx-injected: 1`],
  ["a key with NUL", `${KEY}\0`],
  ["a key with its prefix", `Bearer ${KEY}`],
  ["a key with a space inside", `sk ${KEY}`],
  ["a key with é", `é${KEY}`],
  ["a key with an emoji", `${KEY}😀`],
  ["a key with a zero-width space", `${KEY}\u200b`],
];

/** Base URLs that would go wrong, or show a password. */
const BASES: readonly [name: string, baseUrl: string][] = [
  ["a base URL with user and password", `http://user:${PASSWORD}@127.0.0.1:1/v1`],
  ["a base URL with a query", "{base}?api-version=1"],
  ["a base URL with a fragment", "{base}#top"],
  ["a base URL with ftp:", "ftp://127.0.0.1:1/v1"],
  ["an invalid base URL", "not a url"],
];

const nothing: readonly [number, number] = [0, 0];

export const secrets: Scenario[] = group("secret", [
  ...MALFORMED.map(([name, apiKey]) => ({
    name,
    op: "update" as const,
    options: { apiKey },
    expect: { result: ["auth"] as const, requests: nothing },
  })),
  ...BASES.map(([name, baseUrl]) => ({
    name,
    op: "update" as const,
    options: { baseUrl },
    expect: { result: ["invalid"] as const, requests: nothing },
  })),
  {
    name: "a key with a newline at its end, as files have it",
    op: "read",
    options: { apiKey: `${KEY}\n` },
    expect: { result: ["auth"], orRight: true, requests: [0, 1] },
  },
  {
    name: "a trailing slash on the base URL",
    op: "read",
    options: { baseUrl: "{base}/" },
    expect: { result: "right", requests: [1, 1] },
  },
  {
    name: "a header with CRLF",
    op: "update",
    options: { headers: { "x-tenant": `a\r\nx-injected: ${KEY}` } },
    expect: { result: ["invalid"], requests: nothing },
  },
  {
    name: "a 401 that repeats the key",
    op: "read",
    server: [
      (seen, origins) => {
        const message = `Incorrect API key provided: ${seen.headers.authorization}`;
        return answer(401, { error: { message, code: "invalid_api_key" } })(seen, origins);
      },
    ],
    expect: { result: ["auth"], status: 401, requests: [1, 1] },
  },
  {
    name: "a 200 of HTML that repeats the key",
    op: "read",
    server: [
      (seen, origins) =>
        answer(200, `<p>${seen.headers.authorization}`, { "content-type": "text/html" })(seen, origins),
    ],
    expect: { result: ["bad_response"], requests: [1, 1] },
  },
  {
    name: "the client when it is logged",
    op: "read",
    inspect: true,
    expect: { result: "right", requests: [1, 1] },
  },
]);
