/**
 * Servers of the made-up vendors, written from their documents by hand and by nobody's generator, and what a caller does with them:
 * `node by-hand.ts <copy of the repository> <vendor>=<document> ...` prints what went wrong, by vendor, as JSON.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

type Doc = Record<string, unknown>;
interface Arrived {
  method: string;
  url: string;
  body: Doc;
  headers: IncomingMessage["headers"];
}

/** How a document's API differs from the control's. */
interface Manners {
  /** The path of all threads, before which nothing stands but the base path. Default `/threads`. */
  all?: string;
  base?: string;
  /** Headers that every request must have. Default: a bearer key. */
  headers?: Record<string, string>;
  /** Verbs and paths that begin otherwise, and what they begin with where all is in one place. */
  elsewhere?: Record<string, string>;
  /** A thread as it is stored at first. */
  thread?: Doc;
  /** What changes one: verb, what follows its path. Default `PATCH`, nothing. */
  update?: [verb: string, below: string];
  /** A thread as an answer shows it, and the thread in a body. */
  show?: (thread: Doc) => unknown;
  open?: (body: Doc) => Doc;
  /** What a write leaves of a thread. */
  apply?: (thread: Doc, fields: Doc) => Doc;
  /** Whether a body is one that the document allows. */
  allows?: (body: Doc) => boolean;
  form?: boolean;
  silent?: boolean;
  /** How a list is answered; null where there is none. Default: everything in `items`. */
  list?: null | ((threads: unknown[], query: URLSearchParams, url: string) => unknown);
  /** The address of the next page in the header `Link`, as the query of this one says. */
  link?: (query: URLSearchParams) => string | undefined;
  /** What a create is answered with instead of the thread. */
  begun?: (thread: Doc) => unknown;
  remove?: boolean;
  create?: false;
  /** What a caller creates one with, in core's words. Default: a name. */
  begin?: Doc;
  /** Where a thread's messages are, below it or else in itself, how they are answered, and what that is in core's words. */
  messages?: {
    below?: string;
    answer?: unknown | ((query: URLSearchParams, url: string) => unknown);
    said: Doc[];
  };
  /** Changes that are refused before anything is sent. */
  refused?: Doc[];
  /** What a caller does: the common field, if any, and where it has to be afterwards. */
  field?: [name: string, stored: (thread: Doc) => unknown] | null;
  metadata?: ((thread: Doc) => unknown) | null;
  options?: Doc;
  key?: string;
  id?: string | number;
  body?: Doc;
}

const bearer = { authorization: "Bearer key-1" };
const TITLE: Manners["field"] = ["name", ({ title }) => title];
const METADATA: Manners["metadata"] = ({ metadata }) => metadata;

const boxed = (name: string) => (thread: Doc) => ({ [name]: thread });
const replaced = (thread: Doc, fields: Doc): Doc => ({
  created_at: thread.created_at,
  ...fields,
  id: thread.id,
});

const HELLO = [
  { role: "user", text: "Hello" },
  { role: "assistant", text: "Yes?" },
];

/** One of several rows, and whether there are more behind it. */
function pageOf<T>(rows: readonly T[], from: number): { row: T[]; next: number | undefined } {
  return { row: rows.slice(from, from + 1), next: from + 1 < rows.length ? from + 1 : undefined };
}

/** The one row behind the one with this id. */
function after(rows: readonly Doc[], idField: string, id: string | null): Doc[] {
  const from = rows.findIndex((row) => row[idField] === id) + 1;
  return rows.slice(from, from + 1);
}

const grouped = ({ id, ...attributes }: Doc): Doc => ({ type: "conversation", id, attributes });
const flared = (result: unknown): Doc => ({ success: true, errors: [], messages: [], result });

/** By the name of the document. */
const VENDORS: Record<string, Manners> = {
  "00-control": {},
  "01-no-security-schemes": {},
  "02-no-servers": {},
  "03-dotted-schema-names": {},
  "04-response-by-reference-schema-in-place": {},
  "05-object-with-empty-properties": {},
  "06-form-encoded-bodies": { form: true },
  "07-one-multipart-operation": {},
  "08-oauth2-listed-before-bearer": {},
  "09-basic-auth": { key: "ada:pw-1", headers: { authorization: `Basic ${btoa("ada:pw-1")}` } },
  "10-answer-in-an-envelope": { show: boxed("thread") },
  "11-update-body-must-repeat-the-id": {
    update: ["PUT", ""],
    allows: ({ id }) => id === "t1",
    apply: replaced,
  },
  "12-path-id-integer-body-id-string": { id: 481, thread: { id: "481", title: "Old", metadata: { a: "1" } } },
  "14-everything-under-properties": {
    thread: { id: "t1", properties: { a: "1" }, createdAt: "2026-01-01T00:00:00Z" },
    allows: ({ properties }) => typeof properties === "object",
    field: null,
    metadata: ({ properties }) => properties,
    begin: { native: { title: "New" } },
  },
  "15-update-body-is-a-union": { metadata: null },
  "16-fragment-in-one-path": {},
  "17-one-operation-without-success": {},
  "18-enum-of-strings-on-type-object": {},
  "19-swagger-2": { headers: { authorization: "key-1" }, create: false },
  "20-update-is-a-post-below-the-item": { update: ["POST", "/rename"] },
  "21-path-parameter-called-query": {},
  "22-ids-are-uuids": {
    id: "6f1c0b0a-0000-4000-8000-0000000000aa",
    thread: { id: "6f1c0b0a-0000-4000-8000-0000000000aa", title: "Old", metadata: { a: "1" } },
  },
  "31-two-keys": {
    headers: { "x-app": "key-1", "x-user": "user-1" },
    options: { headers: { "X-User": "user-1" } },
    remove: true,
  },
  "32-envelopes-both-ways": {
    show: boxed("data"),
    open: ({ thread }) => thread as Doc,
    body: { thread: { title: "New" } },
    remove: true,
    messages: {
      below: "/entries",
      answer: { entries: [{ role: "user", content: [{ type: "text", text: "Hello" }] }], total: 1 },
      said: [{ role: "user", text: "Hello" }],
    },
  },
  "33-forms-and-other-names": {
    all: "/Threads",
    key: "ada:pw-1",
    headers: { authorization: `Basic ${btoa("ada:pw-1")}` },
    form: true,
    update: ["POST", ""],
    id: "TH0000abcd",
    thread: { sid: "TH0000abcd", friendly_name: "Old" },
    apply: (thread, { FriendlyName }) => ({ ...thread, friendly_name: FriendlyName ?? thread.friendly_name }),
    body: { FriendlyName: "New" },
    field: ["name", ({ friendly_name }) => friendly_name],
    metadata: null,
  },
  "34-server-variables-and-a-header": { headers: { ...bearer, "x-desk-version": "2026-10-01" } },
  "35-put-replaces-the-thread": {
    update: ["PUT", ""],
    allows: ({ title }) => typeof title === "string",
    apply: replaced,
    thread: {
      id: "t1",
      title: "Old",
      metadata: { a: "1" },
      pinned: true,
      created_at: "2026-01-01T00:00:00Z",
    },
    remove: true,
  },
  "36-in-a-workspace-with-numbers": {
    all: "/workspaces/w1/threads",
    id: 7,
    thread: { id: 7, title: "Old", metadata: { a: "1" } },
    options: { workspace: "w1" },
    list: (threads) => threads,
    remove: true,
    messages: {
      below: "/messages",
      answer: [
        { id: 1, sender_type: "customer", body: "Hello", created_at: "2026-01-01T00:00:00Z" },
        { id: 2, sender_type: "colleague", body: "Hm", created_at: "2026-01-01T00:00:01Z" },
      ],
      said: [
        { id: 1, role: "user", text: "Hello", createdAt: "2026-01-01T00:00:00Z" },
        { id: 2, role: "other", text: "Hm", createdAt: "2026-01-01T00:00:01Z" },
      ],
    },
  },
  "37-nullable-in-every-way": { thread: { id: "t1", title: null, metadata: null }, remove: true },
  "38-no-operation-ids-no-info": {},
  "39-fields-inside-of-set": {
    thread: { id: "t1", title: "Old", summary: "s" },
    apply: (thread, { set }) => ({ ...thread, ...Object(set) }),
    allows: (body) => Object.keys(body).join() === "set",
    metadata: null,
    begin: { native: { title: "New" } },
  },
  "40-no-answer-to-an-update": { silent: true, remove: true },
  "41-link-header-and-a-slug": {
    all: "/rooms",
    update: ["PUT", "/patch"],
    thread: { id: "t1", name: "old", display_name: "Old" },
    allows: ({ name }) => name === undefined || /^[a-z-]+$/.test(String(name)),
    field: ["name", ({ display_name }) => display_name],
    metadata: null,
    begin: { name: "New", native: { name: "new" } },
    body: { name: "new", display_name: "New" },
    list: (rooms, query) => ({ items: rooms.slice(Number(query.get("at") ?? 0)).slice(0, 1) }),
    link: (query) => (query.get("at") === null ? "https://elsewhere.test/v1/rooms?max=1&at=1" : undefined),
  },
  "42-author-and-cursor-inside": {
    thread: { id: "t1", title: "Old", metadata: { a: "1" } },
    show: boxed("thread"),
    list: (threads, query) => {
      const { row, next } = pageOf(threads, Number(query.get("page[after]") ?? 0));
      return { threads: row, meta: { hasMore: next !== undefined, afterCursor: `${next ?? "last"}` } };
    },
    messages: {
      below: "/messages",
      answer: (query: URLSearchParams) => {
        const said = [
          { id: "m1", author: { type: "user" }, content: { kind: "text", text: "Hello" } },
          { id: "m2", author: { type: "business" }, content: { kind: "text", text: "Yes?" } },
        ];
        const { row, next } = pageOf(said, Number(query.get("page[after]") ?? 0));
        return { messages: row, meta: { hasMore: next !== undefined, afterCursor: `${next ?? "last"}` } };
      },
      said: HELLO.map((one, index) => ({ id: `m${index + 1}`, ...one })),
    },
  },
  "43-next-url-and-inbound": {
    silent: true,
    thread: { id: "t1", title: "Old", state: "open", custom_fields: { a: "1" } },
    metadata: ({ custom_fields }) => custom_fields,
    list: (threads, query, url) => {
      const { row, next } = pageOf(threads, Number(query.get("page_token") ?? 0));
      return { _pages: { next: next === undefined ? null : `${url}?page_token=${next}` }, _results: row };
    },
    messages: {
      below: "/messages",
      answer: (query: URLSearchParams, url: string) => {
        const said = [
          { id: "m1", kind: "email", is_inbound: true, text: "Hello", created_at: 1 },
          { id: "m2", kind: "email", is_inbound: false, text: "Yes?", created_at: 2 },
        ];
        const sorted = query.get("sort_order") === "asc" ? said : said.reverse();
        const { row, next } = pageOf(sorted, Number(query.get("page_token") ?? 0));
        const link = `${url}?sort_order=asc&page_token=${next}`;
        return { _pages: { next: next === undefined ? null : link }, _results: row };
      },
      said: HELLO.map((one, index) => ({ id: `m${index + 1}`, ...one })),
    },
  },
  "44-offsets-and-directions": {
    headers: { "x-auth-token": "key-1", "x-user-id": "u1" },
    options: { headers: { "X-User-Id": "u1" } },
    list: (threads, query) => ({ threads: pageOf(threads, Number(query.get("offset") ?? 0)).row, total: 2 }),
    messages: {
      below: "/messages",
      answer: (query: URLSearchParams) => {
        const said = [
          { id: "m1", type: "MESSAGE", direction: "INCOMING", text: "Hello" },
          { id: "m2", type: "COMMENT", text: "Hm" },
          { id: "m3", type: "MESSAGE", direction: "OUTGOING", text: "Yes?" },
        ];
        return { results: pageOf(said, Number(query.get("offset") ?? 0)).row };
      },
      said: [
        { id: "m1", role: "user", text: "Hello" },
        { id: "m2", role: "other", text: "Hm" },
        { id: "m3", role: "assistant", text: "Yes?" },
      ],
    },
  },
  "45-another-id-after-a-create": {
    all: "/conversations",
    id: "6f1c0b0a0000400080000000000000a1",
    thread: {
      id: "6f1c0b0a0000400080000000000000a1",
      title: null,
      mood: "calm",
      messages: [
        { role: "customer", text: "Hello" },
        { role: "bot", text: "Yes?" },
      ],
      metadata: { a: "1" },
    },
    begin: { native: { body: "Hi" } },
    body: { body: "Hi" },
    messages: { said: HELLO },
    begun: ({ id }) => ({ id: "m1", body: "Hi", conversation_id: id }),
    list: (all, query) => pageOf(all, Number(query.get("page") ?? 0)).row,
  },
  "46-a-free-set-and-a-key-in-the-query": {
    headers: { authorization: "key-1", "x-auth-kind": "jwt" },
    key: "key-1",
    options: {
      headers: { "X-Auth-Kind": "jwt" },
      // What a caller writes for the key in the query.
      fetch: (url: string, init: RequestInit) => fetch(`${url}?app=app-1`, init),
    },
    thread: { id: "t1", title: "Old", reply_count: 0 },
    allows: (body) => Object.keys(body).join() === "set",
    apply: (thread, { set }) => ({ ...thread, ...Object(set) }),
    show: (thread) => ({ took: "1ms", thread }),
    metadata: null,
    create: false,
  },
  "47-limits-inside-of-a-box": {
    thread: { id: "t1", details: { subject: "Old" }, metadata: { a: "1" } },
    show: boxed("data"),
    open: ({ thread }) => thread as Doc,
    field: ["name", ({ details }) => Object(details).subject],
    body: { thread: { details: { subject: "New" } } },
    list: null,
    refused: [
      { name: "a".repeat(41) },
      { metadata: { b: "a".repeat(65) } },
      { metadata: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, "v"])) },
    ],
  },
  "48-fields-inside-of-attributes": {
    base: "",
    all: "/v1/conversations",
    id: "0123456789abcdef01234567",
    thread: { id: "0123456789abcdef01234567", name: "Old", status: "open", custom: { a: "1" } },
    show: (thread) => ({ data: grouped(thread) }),
    field: ["name", ({ name }) => name],
    metadata: ({ custom }) => custom,
    body: { name: "New" },
    list: (threads, query) => ({
      data: pageOf(threads, Number(query.get("page") ?? 1) - 1).row.map((one) => grouped(one as Doc)),
    }),
  },
  "49-verbs-in-paths": {
    base: "",
    all: "/v2/get-call",
    update: ["PATCH", ""],
    elsewhere: {
      "PATCH /v2/update-call/": "/v2/get-call/",
      "DELETE /v2/delete-call/": "/v2/get-call/",
      "POST /v2/create-call": "/v2/get-call",
    },
    thread: { call_id: "t1", call_status: "ended", summary: "Old", metadata: { a: "1" } },
    field: ["summary", ({ summary }) => summary],
    begin: { native: { agent_id: "a1" } },
    body: { agent_id: "a1" },
    list: null,
    remove: true,
  },
  "50-tasks-and-offsets-that-are-texts": {
    base: "/api/1.0",
    all: "/tasks",
    thread: { gid: "t1", name: "Old", notes: "n", completed: false, created_at: "2026-01-01T00:00:00Z" },
    update: ["PUT", ""],
    show: boxed("data"),
    open: ({ data }) => data as Doc,
    field: ["name", ({ name }) => name],
    metadata: null,
    remove: true,
    body: { data: { name: "New" } },
    list: (tasks, query) => {
      const { row, next } = pageOf(tasks, Number(query.get("offset") ?? 0));
      return { data: row, next_page: next === undefined ? null : { offset: `${next}`, path: "/tasks" } };
    },
  },
  "51-numbers-beside-ids": {
    base: "",
    all: "/repos/o/r/discussions",
    id: 7,
    thread: { id: 9007, number: 7, title: "Old", subject: "Old", state: "open", user: null },
    options: { owner: "o", repo: "r" },
    field: ["name", ({ subject }) => subject],
    metadata: null,
    begin: { native: { title: "New" } },
    list: (all) => all,
  },
  "52-urls-that-are-ids": {
    base: "",
    all: "/v3/group_channels",
    headers: { "api-token": "key-1" },
    id: "ch_1",
    thread: { channel_url: "ch_1", name: "Old", data: "d", custom_type: "", is_distinct: false },
    update: ["PUT", ""],
    field: ["name", ({ name }) => name],
    metadata: null,
    remove: true,
    begin: { name: "New", native: { user_ids: ["u1"] } },
    body: { name: "New", user_ids: ["u1"] },
    list: (channels, query) => {
      const { row, next } = pageOf(channels, Number(query.get("token") ?? 0));
      return { channels: row, next: `${next ?? ""}`, ts: 1 };
    },
  },
  "53-anchors-and-chains": {
    base: "/rest",
    all: "/dialogs",
    headers: { "x-token": "key-1" },
    thread: { id: "t1", label: "Old", notes: { a: "1" } },
    field: ["name", ({ label }) => label],
    metadata: null,
    body: { id: "t2", label: "New" },
    begin: { name: "New", native: { id: "t2" } },
    list: (all, query) => ({ dialogs: after(all as Doc[], "id", query.get("after")) }),
  },
  "54-path-items-and-siblings": {
    base: "",
    all: "/sessions",
    headers: { "x-api-key": "key-1", "x-tenant-id": "tenant-1" },
    options: { headers: { "X-Tenant-Id": "tenant-1" } },
    id: "00000000-0000-4000-8000-00000000000a",
    thread: {
      sessionId: "00000000-0000-4000-8000-00000000000a",
      state: "live",
      title: "Old",
      attributes: { a: "1" },
    },
    metadata: ({ attributes }) => attributes,
    remove: true,
    list: (items, query) => {
      const { row, next } = pageOf(items, Number(query.get("cursor") ?? 0));
      return { items: row, nextCursor: next === undefined ? null : `${next}` };
    },
  },
  "55-alternatives-that-overlap": {
    base: "",
    all: "/call",
    thread: {
      id: "t1",
      orgId: "o1",
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-01-01T00:00:00Z",
      name: "Old",
      messages: [
        { role: "user", message: "Hello", time: 1 },
        { role: "bot", message: "Yes?", time: 2, source: "phone" },
      ],
    },
    field: ["name", ({ name }) => name],
    metadata: null,
    body: { name: "New" },
    list: (all) => all,
    messages: { said: HELLO },
    remove: true,
  },
  "56-names-that-are-ids": {
    base: "/rest/v1",
    all: "/rooms",
    form: true,
    headers: { "x-grotto-key": "key-1" },
    id: "old-room",
    thread: { name: "old-room", topic: "Old", uid: 3 },
    update: ["PUT", ""],
    field: ["name", ({ topic }) => topic],
    metadata: null,
    remove: true,
    begin: { name: "New", native: { name: "new-room" } },
    body: { name: "new-room", topic: "New" },
    list: (rooms, query) => pageOf(rooms, Number(query.get("page") ?? 0)).row,
  },
  "57-uuids-beside-ids": {
    base: "",
    all: "/conversations",
    headers: { authorization: "key-1" },
    id: "00000000-0000-4000-8000-00000000000a",
    thread: { id: 5, uuid: "00000000-0000-4000-8000-00000000000a", title: null, custom_data: null },
    metadata: ({ custom_data }) => custom_data,
    list: (all, query) => ({ records: after(all as Doc[], "uuid", query.get("before")) }),
  },
  "58-results-of-any-kind": {
    base: "/client/v4",
    all: "/accounts/a1/rooms",
    options: { account_id: "a1" },
    id: "room0001",
    thread: { id: "room0001", name: "Old", meta: { a: "1" }, settings: { language: "de", muted: true } },
    update: ["PUT", ""],
    show: flared,
    field: ["name", ({ name }) => name],
    metadata: null,
    remove: true,
    body: { name: "New" },
    list: (rooms, query) => flared(pageOf(rooms, Number(query.get("page") ?? 1) - 1).row),
  },
  "59-maps-of-numbers": {
    all: "/dialogues",
    id: "dialogue-0001",
    thread: { dialogue_id: "dialogue-0001", topic: "Old", archived: false, custom: { a: 1 } },
    update: ["PUT", ""],
    field: ["name", ({ topic }) => topic],
    metadata: null,
    begun: ({ dialogue_id }) => ({ dialogue_id, token: "x" }),
    begin: { native: { channel: "web" } },
    body: { channel: "web" },
    list: (all, query) => {
      const { row, next } = pageOf(all, Number(query.get("page_number") ?? 0));
      return { content: row, last: next === undefined };
    },
  },
  "60-demanded-inside-of-a-box": {
    base: "",
    all: "/api/v2/tickets",
    key: "ada:pw-1",
    headers: { authorization: `Basic ${btoa("ada:pw-1")}` },
    id: 481,
    thread: { id: 481, subject: "Old", status: "open", tags: ["a"], external_id: null },
    update: ["PUT", ""],
    remove: true,
    show: boxed("ticket"),
    open: ({ ticket }) => ticket as Doc,
    field: ["name", ({ subject }) => subject],
    metadata: null,
    begin: { name: "New", native: { comment: { body: "Hello" } } },
    body: { ticket: { subject: "New", comment: { body: "Hello" } } },
    list: (tickets, query) => {
      const { row, next } = pageOf(tickets, Number(query.get("page[after]") ?? 0));
      return { tickets: row, meta: { has_more: next !== undefined, after_cursor: `${next ?? ""}` } };
    },
  },
};

/** Names of the documents that have a server here. */
export const served: readonly string[] = Object.keys(VENDORS);

function start(manners: Manners) {
  const {
    all = "/threads",
    base = "/v1",
    headers = bearer,
    form = false,
    silent = false,
    remove = false,
  } = manners;
  const {
    show = (thread) => thread,
    open = (body) => body,
    apply = (thread, fields) => ({ ...thread, ...fields }),
  } = manners;
  const {
    update: [verb, below] = ["PATCH", ""],
    messages,
    allows = () => true,
    list = (items: unknown[]) => ({ items }),
    elsewhere = {},
    link = () => undefined,
    begun = show,
  } = manners;
  const first: Doc = manners.thread ?? {
    id: "t1",
    title: "Old",
    metadata: { a: "1" },
    created_at: "2026-01-01T00:00:00Z",
  };
  const id = manners.id ?? "t1";
  const threads = new Map<string, Doc>([[String(id), first]]);
  const arrived: Arrived[] = [];
  const respond = ({
    method,
    url,
    body,
    headers: sent,
  }: Arrived): [status: number, body?: unknown, headers?: Record<string, string>] => {
    for (const [name, value] of Object.entries(headers))
      if (sent[name] !== value) return [401, { error: `${name} is ${sent[name]}` }];
    const type = form ? "application/x-www-form-urlencoded" : "application/json";
    if (method !== "GET" && method !== "DELETE" && sent["content-type"] !== type)
      return [415, { error: "type" }];
    const { pathname, searchParams: query } = new URL(url, "http://x");
    const [own, plain = ""] = Object.entries(elsewhere).find(([begin]) =>
      `${method} ${pathname}`.startsWith(begin),
    ) ?? [`${method} `];
    const path = plain + `${method} ${pathname}`.slice(own.length);
    const whole = `http://${sent.host}${path}`;
    if (path === base + all && method === "GET" && list) {
      const next = link(query);
      return [
        200,
        list([...threads.values()], query, whole),
        next === undefined ? {} : { link: `<${next}>; rel="next"` },
      ];
    }
    if (path === base + all && method === "POST") {
      const added = typeof id === "number" && first.id === id ? 8 : String(id).replace(/.$/, "2");
      const idField = Object.keys(first).find((name) => String(first[name]) === String(id)) ?? "id";
      const made = { ...apply(first, open(body)), [idField]: added };
      threads.set(String(added), made);
      return [201, begun(made)];
    }
    const at = `${base}${all}/`;
    const key = path.startsWith(at) ? path.slice(at.length) : "";
    const thread = threads.get(key.split("/")[0] ?? "");
    if (!thread) return [404, { error: "none" }];
    if (method === "GET" && messages?.below && key === String(id) + messages.below) {
      const { answer } = messages;
      return [200, typeof answer === "function" ? answer(query, whole) : answer];
    }
    if (method === "GET" && threads.has(key)) return [200, show(thread)];
    if (method === "DELETE" && remove && threads.delete(key)) return [204];
    if (method !== verb || key !== String(id) + below) return [405, { error: `${method} ${path}` }];
    if (!allows(body)) return [400, { error: "the document forbids this body" }];
    const next = apply(thread, open(body));
    threads.set(String(id), next);
    return silent ? [204] : [200, show(next)];
  };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const one = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: parse(text, form),
    };
    arrived.push(one);
    const [status, answer, more] = respond(one);
    response.writeHead(status, answer === undefined ? {} : { "content-type": "application/json", ...more });
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  });
  return { server, base, id, arrived, stored: () => threads.get(String(id)) ?? {} };
}

/** A form's metadata comes as `metadata[a]=1`. */
function parse(text: string, form: boolean): Doc {
  if (text === "") return {};
  if (!form) return JSON.parse(text);
  const body: Doc = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer = name, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    body[outer] = inner === undefined ? value : { ...Object(body[outer]), [inner]: value };
  }
  return body;
}

type Client = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** A method the generated client must have. */
function called(client: Client, name: string): Client[string] {
  const method = client[name];
  if (!method) throw new Error(`there is no ${name}`);
  return method;
}

/** Everything a caller does with a vendor; says what went wrong. */
async function use(core: Doc, vendor: string, document: string): Promise<string[]> {
  const manners = VENDORS[document] ?? {};
  const {
    field = TITLE,
    metadata = METADATA,
    options = {},
    key = "key-1",
    create = true,
    body = { title: "New" },
  } = manners;
  const { server, base, id, stored, arrived } = start(manners);
  const wrong: string[] = [];
  const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      const said = await work();
      if (said !== undefined) wrong.push(`${name}: ${JSON.stringify(said)}`);
    } catch (error) {
      wrong.push(`${name}: ${(error as Error).message}`);
    }
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  const make = core[vendor] as (options: Doc) => unknown;
  const createConvo = core.createConvo as (providers: Doc) => Doc;
  const convo = createConvo({ it: make({ apiKey: key, baseUrl, ...options }) }).it as Client & {
    client: Client;
  };
  const { client } = convo;
  const { headers: _, fetch: __, ...inPath } = options;
  const path = Object.values(inPath);
  await step("read", async () => {
    await called(client, "getConversation")(...path, id);
    await convo.get?.(id);
  });
  const before = stored();
  if (field)
    await step("update", async () => {
      await convo.update?.(id, { [field[0]]: "Invoice 7" });
      const now = stored();
      const others = Object.keys(before).filter((name) => before[name] !== null && !(name in now));
      return field[1](now) === "Invoice 7" && others.length === 0 ? undefined : now;
    });
  if (metadata)
    await step("metadata", async () => {
      await convo.update?.(id, { metadata: { b: "2" } });
      const now = metadata(stored()) as Doc;
      const wanted = { ...Object(metadata(before)), b: "2" };
      return JSON.stringify(now) === JSON.stringify(wanted) ? undefined : now;
    });
  if (manners.create !== false) await step("verbs", () => useVerbs(convo, manners));
  for (const changes of manners.refused ?? [])
    await step("refused", async () => {
      const before = arrived.length;
      const kind = await convo.update?.(id, changes).then(
        () => "taken",
        (error: { kind: string }) => error.kind,
      );
      const wrote = arrived.slice(before).some(({ method }) => method !== "GET");
      return kind === "limit" && !wrote ? undefined : { changes, kind, wrote };
    });
  if (manners.create !== false && manners.list !== null)
    await step("list", async () => void (await called(client, "listConversations")(...path)));
  if (create)
    await step("create", async () => void (await called(client, "createConversation")(...path, body)));
  if (manners.messages)
    await step("messages", async () => {
      const said: Doc[] = [];
      const all = (called(convo, "messages") as unknown as (id: unknown) => AsyncIterable<Doc>)(id);
      for await (const { raw, ...message } of all) said.push(message);
      return JSON.stringify(said) === JSON.stringify(manners.messages?.said) ? undefined : said;
    });
  if (manners.remove)
    await step("delete", async () => {
      await called(client, "deleteConversation")(...path, id);
      return Object.keys(stored()).length === 0 ? undefined : stored();
    });
  server.close();
  server.closeAllConnections();
  return wrong;
}

/** Creates, reads, lists and deletes through core; what is not as it should be. */
async function useVerbs(convo: Client, { begin = { name: "New" }, remove, list }: Manners): Promise<unknown> {
  const made = await called(convo, "create")(begin);
  const { id, conversation } = made as { id: string | number; conversation: Doc };
  const read = (await called(convo, "get")(id)) as { conversation: Doc };
  const named = [conversation.name, read.conversation.name].every((name) => name === begin.name);
  if (!begin.native && !named) return { created: conversation, read };
  if (list === null) return undefined;
  const ids: unknown[] = [];
  for await (const row of (called(convo, "list") as unknown as () => AsyncIterable<Doc>)()) ids.push(row.id);
  if (ids.length !== 2 || ids[1] !== id) return { ids };
  if (!remove) return undefined;
  await called(convo, "delete")(id);
  return (await called(convo, "exists")(id)) ? "it is there still" : undefined;
}

if (import.meta.main) {
  const [root = "", ...pairs] = process.argv.slice(2);
  const core = (await import(join(root, "packages/core/src/index.ts"))) as Doc;
  const found: Record<string, string[]> = {};
  for (const pair of pairs) {
    const [vendor = "", document = ""] = pair.split("=");
    found[vendor] = await use(core, vendor, document);
  }
  console.log(JSON.stringify(found));
}
