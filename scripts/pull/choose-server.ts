/** Which server the conversations are on, and what its URL leaves to the caller. */
import type { Spec } from "../generate/openapi.ts";
import { type Item, type Route, routesOf } from "./items.ts";
import { camel } from "./names.ts";
import { isNode, type Node, node } from "./node.ts";
import { listed, type Note, note } from "./note.ts";

/**
 * Chooses the server and writes it into the document; operations that are on another one are left out.
 *
 * @param item the conversation, whose server it is
 * @param wanted a URL that wins over the document's
 * @param source where the document came from; a relative server is relative to it
 * @param current the server of the spec we have: it stays as long as the document has it, or none that is usable
 */
export function chooseServer(
  document: Node,
  item: Item | undefined,
  wanted: string | undefined,
  source: string,
  current?: Spec["servers"][number],
): Note[] {
  const main = item?.update ?? item?.read ?? routesOf(document)[0];
  const given = main ? serversOf(document, main, source) : [];
  const notes = omitOthers(document, given, source);
  const usable = given.filter(({ url }) => /^https?:\/\/[^\s?#]+$/i.test(url));
  const at = wanted ?? current?.url;
  const same = usable.find(({ url }) => url.replace(/\/$/, "") === at?.replace(/\/$/, ""));
  const ours = wanted === undefined ? undefined : named({ url: wanted }, source);
  const server: Node | undefined = same ?? ours ?? usable[0] ?? (current && { ...current });
  document.servers = server ? [server] : [];
  if (!server)
    notes.push(
      note(
        "missing",
        ["servers"],
        "no server with a full URL: callers have to pass `baseUrl` or set its variable, or give one with --server",
        { target: "$", update: { servers: [{ url: "https://api.example.com" }] } },
      ),
    );
  const others = usable.filter((one) => one !== server).map(({ url }) => url);
  if (server && at === undefined && others.length > 0)
    notes.push(
      note(
        "guessed",
        ["servers", 0],
        `${server.url} is the server; also there: ${listed(others)} (--server)`,
      ),
    );
  return server ? [...notes, ...serverVariables(server)] : notes;
}

interface Server extends Node {
  url: string;
}

/** The servers of an operation: its own, else those of its path, else the document's. */
function serversOf(document: Node, { path, operation }: Route, source: string): Server[] {
  const lists = [operation.servers, node(node(document.paths)[path]).servers, document.servers];
  const own = lists.find((list) => Array.isArray(list) && list.length > 0) as unknown[] | undefined;
  return (own ?? []).filter(isNode).map((server) => named(server, source));
}

/** A server by its full URL, if it has one, and with variables that can be names of options. */
function named(server: Node, source: string): Server {
  const variables = node(server.variables);
  const option = (name: string): string => (/^[a-zA-Z_]\w*$/.test(name) ? name : camel(name));
  const url = String(server.url ?? "").trim();
  const from = /^https?:\/\//i.test(source) && url.startsWith("/") ? new URL(source).origin : "";
  return {
    ...server,
    url: from + url.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => `{${option(name)}}`),
    ...(server.variables !== undefined && {
      variables: Object.fromEntries(Object.entries(variables).map(([name, one]) => [option(name), one])),
    }),
  };
}

/** A client has one server: what is only on others is left out. */
function omitOthers(document: Node, servers: readonly Server[], source: string): Note[] {
  const urls = new Set(servers.map(({ url }) => url));
  return routesOf(document).flatMap((route) => {
    const own = serversOf(document, route, source).map(({ url }) => url);
    if (own.length === 0 || own.some((url) => urls.has(url))) return [];
    const { path, method, operation } = route;
    delete node(node(document.paths)[path])[method];
    const name = String(operation.operationId ?? `${method.toUpperCase()} ${path}`);
    return [note("left out", ["paths", path, method], `${name}: it is on another server, ${listed(own)}`)];
  });
}

/** Every variable of the URL is declared; what the vendor only shows as an example is asked. */
function serverVariables(server: Node): Note[] {
  const names = [...String(server.url).matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return [];
  const given = node(server.variables);
  const usual = (name: string): string => {
    const text = String(node(given[name]).default ?? "");
    // `<your domain>` is no part of a URL.
    return /^[\w.~:/-]*$/.test(text) ? text : "";
  };
  server.variables = Object.fromEntries(
    names.map((name) => [name, { ...node(given[name]), default: usual(name) }]),
  );
  return names.map((name) => {
    const text = usual(name)
      ? `{${name}} of the server is ${JSON.stringify(usual(name))} unless \`server: { ${name} }\` says otherwise`
      : `{${name}} of the server has to be passed: \`server: { ${name}: "..." }\``;
    return note("guessed", ["servers", 0, "variables", name], text);
  });
}
