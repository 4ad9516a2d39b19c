/** Which operations of a spec read and update one conversation, and those beside them. */
import { type Row, rows } from "../generate/operations.ts";
import type { Spec } from "../generate/spec.ts";

/** The operations on the conversation itself; those a vendor lacks are undefined. */
export interface Routes {
  all: Row[];
  read: Row;
  update: Row;
  list: Row | undefined;
  create: Row | undefined;
  remove: Row | undefined;
  /** The path parameter that is the conversation's id. */
  id: string;
}

/**
 * Finds them by path: an item that can be read, and updated at the same path or below it.
 *
 * @throws Error saying what to add to the spec when there is none
 */
export function routesOf(spec: Spec): Routes {
  const all = rows(spec);
  for (const read of all.filter(({ method, path }) => method === "GET" && /\}\/?$/.test(path))) {
    const below = all.filter(
      ({ path }) => path === read.path || path.startsWith(`${bare(read.path)}/update`),
    );
    const update = below.find(({ method, body }) => body && ["PATCH", "PUT", "POST"].includes(method));
    if (!update) continue;
    const collection = all.filter(({ path }) => bare(path) === bare(read.path).replace(/\/[^/]+$/, ""));
    return {
      all,
      read,
      update,
      list: collection.find(({ method }) => method === "GET"),
      create: collection.find(({ method, body }) => method === "POST" && body),
      remove: below.find(({ method, path }) => method === "DELETE" && path === read.path),
      id: read.pathParameters.at(-1)?.name ?? "",
    };
  }
  throw new Error(
    "no path ends in an id and has both a GET and a PATCH, PUT or POST with a JSON body: is the conversation surface in it? (--paths)",
  );
}

const bare = (path: string): string => path.replace(/\/$/, "");
