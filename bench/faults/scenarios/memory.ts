import { gzipSync } from "node:zlib";
import { head } from "../answers.ts";
import { type Answer, group, type Scenario } from "../scenario.ts";

const SIZE = 200_000_000;
const block = Buffer.alloc(1 << 16, "a");

const endless =
  (status: number, headers: Record<string, string | number>): Answer =>
  () => [
    { send: `${head(status, { "content-type": "application/json", ...headers })}{"id":"` },
    { flood: block, bytes: SIZE },
    { end: "fin" },
  ];

/** 200 kB on the wire, 200 MB when unpacked. Made once, when first asked for, not when the list is read. */
let packed: Buffer | undefined;

/** Packed twice over it is 1 kB. */
const bomb =
  (times: number): Answer =>
  () => {
    packed ??= gzipSync(Buffer.alloc(SIZE, "a"));
    let body = packed;
    for (let left = times; left > 1; left--) body = gzipSync(body);
    const encoding = Array(times).fill("gzip").join(", ");
    return [
      {
        send: head(200, {
          "content-type": "application/json",
          "content-encoding": encoding,
          "content-length": body.length,
        }),
      },
      { send: body },
    ];
  };

const limits = { timeoutMs: 10_000, deadlineMs: 15_000 };
const read = { op: "read", limits, solo: true } as const;
const refused = { result: ["bad_response"], requests: [1, 1], peakMb: 350 } as const;

export const memory: Scenario[] = group("memory", [
  {
    ...read,
    name: "200 MB with a length",
    server: [endless(200, { "content-length": SIZE + 7 })],
    expect: refused,
  },
  {
    ...read,
    name: "200 MB without a length",
    server: [endless(200, { connection: "close" })],
    expect: refused,
  },
  { ...read, name: "a gzip bomb of 200 MB", server: [bomb(1)], expect: refused },
  { ...read, name: "a gzip bomb in a gzip bomb", server: [bomb(2)], expect: refused },
  {
    ...read,
    name: "an error body of 200 MB",
    op: "update",
    server: [endless(500, { "content-length": SIZE + 7 })],
    expect: { result: ["server"], status: 500, outcome: "unknown", writes: 1, peakMb: 350 },
  },
]);
