/** Names of ours for a vendor's operations: verb and noun, by method and path, as in `listConversationMessages`. */
import { segments } from "./extract.ts";

const ITEM: Record<string, string> = {
  get: "get",
  put: "update",
  patch: "update",
  post: "update",
  delete: "delete",
};
const COLLECTION: Record<string, string> = {
  get: "list",
  post: "create",
  put: "replace",
  patch: "update",
  delete: "delete",
};

/**
 * Names an operation. `main` is what the vendor calls its conversations, as a path segment: they are conversations in
 * our names, whatever they are in its own.
 */
export function operationName(method: string, path: string, main: string): string {
  const all = segments(path).filter((segment) => !/^v\d+$|^api$/.test(segment));
  const from = all.indexOf(main);
  const parts = all.slice(Math.max(0, from)).map((segment) => (segment === main ? "conversations" : segment));
  const last = parts.at(-1) ?? "";
  const nouns = parts.filter((segment) => segment !== "{}").map((segment) => pascal(singular(segment)));
  if (last === "{}") return `${ITEM[method] ?? method}${nouns.join("")}`;
  if (parts.at(-2) === "{}" && !last.endsWith("s")) {
    const parent = nouns.slice(0, -1).join("");
    return method === "get" ? `get${parent}${pascal(last)}` : `${camel(last)}${parent}`;
  }
  const verb = COLLECTION[method] ?? method;
  return `${verb}${nouns.slice(0, -1).join("")}${verb === "create" ? nouns.at(-1) : pascal(last)}`;
}

const singular = (word: string): string => word.replace(/ies$/, "y").replace(/([^s])s$/, "$1");

/** `conversations.partial-update` -> `conversationsPartialUpdate`; what has no letter at its start gets one. */
export function camel(name: string): string {
  const joined = name.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) =>
    (next ?? "").toUpperCase(),
  );
  const word = /^[A-Z]+$/.test(joined)
    ? joined.toLowerCase()
    : joined.charAt(0).toLowerCase() + joined.slice(1);
  return /^[a-z]/.test(word) ? word : `x${word}`;
}

/** The same with a capital. */
export function pascal(name: string): string {
  const word = camel(name);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `name`, or the first of `name2`, `name3`, ... that is free; it is taken then. */
export function unusedName(name: string, used: Set<string>): string {
  let free = name;
  for (let count = 2; used.has(free); count += 1) free = `${name}${count}`;
  used.add(free);
  return free;
}
