import type { Call } from "../../engine/rules.ts";
import { iso, utc } from "../../engine/tools.ts";
import { type Doc, Refusal, type Reply } from "../../engine/types.ts";

const AT = "2026-11-02T09:30:00.000Z";

/** One key is one agent. */
export const AGENT = { id: 7, name: "Sandbox agent" } as const;

export const ENVIRONMENTS: readonly Doc[] = [
  { id: 1, slug: "production", name: "Production", is_production: true, created_at: AT, updated_at: AT },
  { id: 2, slug: "development", name: "Development", is_production: false, created_at: AT, updated_at: AT },
];

export const detail = (status: number, text: string): Reply => ({ status, body: { detail: text } });
export const refuse = (status: number, text: string): Refusal => new Refusal(detail(status, text));

/** The conversation of the path, deleted or not: the detail route still shows deleted rows. */
export function conversation({ store, path }: Call): Doc {
  const found = store.get("conversation", String(Number(path.id)));
  if (!found) throw refuse(404, "No conversation matches the given query.");
  return found;
}

/** A name as the server keeps it. */
export const trimmedName = (value: unknown): string => String(value).trim();

/** Milliseconds of a time in a query, by the name of its parameter. */
export function timeOf(name: string, value: unknown): number {
  const time = utc(value);
  if (!Number.isNaN(time)) return time;
  throw new Refusal({ status: 400, body: { [name]: ["Enter a valid date/time."] } });
}

const SLUGS: Readonly<Record<string, number>> = { production: 0, prod: 0, development: 1, dev: 1 };

/** `environment` and `environment_id` for one of the four spellings; anything else is 400. */
export function environmentOf(value: unknown): { environment: unknown; environment_id: unknown } {
  const found = ENVIRONMENTS[SLUGS[String(value)] ?? -1];
  if (!found)
    throw new Refusal({ status: 400, body: { environment: [`"${value}" is not an environment.`] } });
  return { environment: found.slug, environment_id: found.id };
}

/**
 * One page of rows in AgentSight's envelope. `page_size` is clamped to 100; a page out of range is 404.
 */
export function paginate({ query, url }: Call, rows: readonly Doc[]): Doc {
  const size = Math.min(100, Math.max(1, Number(query.page_size ?? 15)));
  const page = Number(query.page ?? 1);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  if (page < 1 || page > pages) throw refuse(404, "Invalid page.");
  const link = (to: number): string | null => {
    if (to < 1 || to > pages) return null;
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    return target.href;
  };
  return {
    count: rows.length,
    page_size: size,
    total_pages: pages,
    current_page: page,
    next: link(page + 1),
    previous: link(page - 1),
    results: rows.slice((page - 1) * size, page * size),
  };
}

/** A conversation as the server creates it, with these fields set. `now` in milliseconds. */
export function newConversation(id: number, conversationId: string, now: number, fields: Doc): Doc {
  return {
    id,
    agent: AGENT.id,
    conversation_id: conversationId,
    name: null,
    customer_id: null,
    customer_ip_address: null,
    device: null,
    language: null,
    environment: "production",
    environment_id: 1,
    metadata: null,
    started_at: iso(now),
    ended_at: null,
    is_marked: false,
    is_used: true,
    is_deleted: false,
    deleted_at: null,
    geo_location: null,
    ...fields,
  };
}
