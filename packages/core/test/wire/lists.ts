/** One list of one vendor: what is asked for page by page, and what comes back. */
export interface PagedList {
  readonly vendor: string;
  readonly operation: string;
  /** What makes it go on and stop. */
  readonly rule: string;
  readonly args: readonly unknown[];
  readonly pages: readonly { readonly query: Readonly<Record<string, string>>; readonly body: unknown }[];
  /** Ids of all items in order. */
  readonly items: readonly unknown[];
  readonly broken?: string;
}

const rows = (...ids: unknown[]): object[] => ids.map((id) => ({ id }));
const openai = (more: boolean, last: string | null, ...ids: string[]): object => ({
  object: "list",
  data: rows(...ids),
  has_more: more,
  first_id: ids[0] ?? null,
  last_id: last,
});
const datagrid = (more: boolean | undefined, ...ids: string[]): object => ({
  object: "list",
  data: rows(...ids),
  ...(more !== undefined && { has_more: more }),
});
/** `next` as the vendor builds it: of the host its server saw, which a client cannot reach. */
const agentsight = (page: number, next: boolean, ...ids: number[]): object => ({
  count: 5,
  current_page: page,
  next: next ? `http://10.0.0.8/api/?page=${page + 1}` : null,
  previous: null,
  results: rows(...ids),
});

const OPENAI: PagedList[] = [
  {
    vendor: "openai",
    operation: "listConversationItems",
    rule: "`after` = last_id, not the last item's id, until has_more is false",
    args: ["conv_1", { query: { limit: 2, order: "asc" } }],
    pages: [
      { query: { limit: "2", order: "asc" }, body: openai(true, "cursor_1", "a", "b") },
      { query: { limit: "2", order: "asc", after: "cursor_1" }, body: openai(true, "cursor_2", "c", "d") },
      { query: { limit: "2", order: "asc", after: "cursor_2" }, body: openai(false, "e", "e") },
    ],
    items: ["a", "b", "c", "d", "e"],
  },
  {
    vendor: "openai",
    operation: "listConversationItems",
    rule: "a page may be empty; has_more says whether it ends",
    args: ["conv_1"],
    pages: [
      { query: {}, body: openai(true, "a", "a") },
      { query: { after: "a" }, body: openai(true, "b") },
      { query: { after: "b" }, body: openai(false, "c", "c") },
    ],
    items: ["a", "c"],
  },
];

const CHATDASH: PagedList[] = [
  {
    vendor: "chatdash",
    operation: "listConversations",
    rule: "one page",
    args: ["agent-1"],
    pages: [{ query: {}, body: rows("a", "b") }],
    items: ["a", "b"],
  },
  {
    vendor: "chatdash",
    operation: "listConversationMessages",
    rule: "one page",
    args: ["agent-1", "c"],
    pages: [{ query: {}, body: rows("a", "b") }],
    items: ["a", "b"],
  },
];

const LETTA: PagedList[] = [
  {
    vendor: "letta",
    operation: "listConversations",
    rule: "`after` = the last id, until a page is shorter than the limit",
    args: [{ query: { agent_id: "agent-1", limit: 2 } }],
    pages: [
      { query: { agent_id: "agent-1", limit: "2" }, body: rows("a", "b") },
      { query: { agent_id: "agent-1", limit: "2", after: "b" }, body: rows("c", "d") },
      { query: { agent_id: "agent-1", limit: "2", after: "d" }, body: rows("e") },
    ],
    items: ["a", "b", "c", "d", "e"],
  },
  {
    vendor: "letta",
    operation: "listConversations",
    rule: "the last page may be full, and the next empty",
    args: [{ query: { agent_id: "agent-1", limit: 1, order: "asc" } }],
    pages: [
      { query: { agent_id: "agent-1", limit: "1", order: "asc" }, body: rows("a") },
      { query: { agent_id: "agent-1", limit: "1", order: "asc", after: "a" }, body: rows("b") },
      { query: { agent_id: "agent-1", limit: "1", order: "asc", after: "b" }, body: [] },
    ],
    items: ["a", "b"],
  },
  {
    vendor: "letta",
    operation: "listConversationMessages",
    rule: "newest first unless asked: `before` = the last id, until a page is empty",
    args: ["conv-1", { query: { limit: 2 } }],
    pages: [
      { query: { limit: "2" }, body: rows("f", "e") },
      { query: { limit: "2", before: "e" }, body: rows("d", "c") },
      { query: { limit: "2", before: "c" }, body: rows("b") },
      { query: { limit: "2", before: "b" }, body: [] },
    ],
    items: ["f", "e", "d", "c", "b"],
  },
  {
    vendor: "letta",
    operation: "listConversationMessages",
    rule: "oldest first: `after` = the last id",
    args: ["conv-1", { query: { order: "asc" } }],
    pages: [
      { query: { order: "asc" }, body: rows("a", "b") },
      { query: { order: "asc", after: "b" }, body: rows("c") },
      { query: { order: "asc", after: "c" }, body: rows("d") },
      { query: { order: "asc", after: "d" }, body: [] },
    ],
    items: ["a", "b", "c", "d"],
  },
  {
    vendor: "letta",
    operation: "listConversationMessages",
    rule: "a window is kept: `before` moves, `after` stays",
    args: ["conv-1", { query: { order: "desc", after: "a", before: "e" } }],
    pages: [
      { query: { order: "desc", after: "a", before: "e" }, body: rows("d", "c") },
      { query: { order: "desc", after: "a", before: "c" }, body: rows("b") },
      { query: { order: "desc", after: "a", before: "b" }, body: [] },
    ],
    items: ["d", "c", "b"],
  },
];

const DATAGRID: PagedList[] = ["listConversations", "listConversationMessages"].flatMap((operation) => {
  const args = operation === "listConversations" ? [] : ["cnv_1"];
  const list = { vendor: "datagrid", operation };
  return [
    {
      ...list,
      rule: "`after` = the last id, until has_more is false",
      args: [...args, { query: { limit: 2 } }],
      pages: [
        { query: { limit: "2" }, body: datagrid(true, "a", "b") },
        { query: { limit: "2", after: "b" }, body: datagrid(true, "c", "d") },
        { query: { limit: "2", after: "d" }, body: datagrid(false, "e") },
      ],
      items: ["a", "b", "c", "d", "e"],
    },
    {
      ...list,
      rule: "has_more absent: until a page is empty",
      args,
      pages: [
        { query: {}, body: datagrid(undefined, "a", "b") },
        { query: { after: "b" }, body: datagrid(undefined, "c") },
        { query: { after: "c" }, body: datagrid(undefined, "d") },
        { query: { after: "d" }, body: datagrid(undefined) },
      ],
      items: ["a", "b", "c", "d"],
    },
    {
      ...list,
      rule: "backwards: `before` = the first id of the page",
      args: [...args, { query: { before: "e" } }],
      pages: [
        { query: { before: "e" }, body: datagrid(true, "c", "d") },
        { query: { before: "c" }, body: datagrid(true, "b") },
        { query: { before: "b" }, body: datagrid(false, "a") },
      ],
      items: ["c", "d", "b", "a"],
    },
  ];
});

const AGENTSIGHT: PagedList[] = ["listConversations", "listFeedbacks"].flatMap((operation) => [
  {
    vendor: "agentsight",
    operation,
    rule: "page numbers, until next is null; next itself is never followed",
    args: [{ query: { page_size: 2 } }],
    pages: [
      { query: { page_size: "2" }, body: agentsight(1, true, 1, 2) },
      { query: { page_size: "2", page: "2" }, body: agentsight(2, true, 3, 4) },
      { query: { page_size: "2", page: "3" }, body: agentsight(3, false, 5) },
    ],
    items: [1, 2, 3, 4, 5],
  },
  {
    vendor: "agentsight",
    operation,
    rule: "on from the page asked for; the last may be empty",
    args: [{ query: { page: 4 } }],
    pages: [
      { query: { page: "4" }, body: agentsight(4, true, 7) },
      { query: { page: "5" }, body: agentsight(5, true, 8) },
      { query: { page: "6" }, body: agentsight(6, false) },
    ],
    items: [7, 8],
  },
]);

/** Every list that has pages, by every rule its vendor documents. */
export const LISTS: readonly PagedList[] = [...OPENAI, ...CHATDASH, ...LETTA, ...DATAGRID, ...AGENTSIGHT];
