import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { loadSpec, type SpecOperation } from "../engine/spec.ts";
import type { Doc, Issue, VendorName } from "../engine/types.ts";
import { checkerOf } from "../engine/validate.ts";
import type { ArrivedRequest, Backend } from "./subject.ts";

/** What a vendor does with one of its conversations, as far as its document tells. */
export interface VendorDescription {
  /** The vendor's name: its spec is in the package's folder `specs`. */
  readonly name: string;
  /** The header that carries the key, in lower case, and what stands in it. */
  readonly key: { readonly header: string; readonly value: RegExp };
  /** Routes, as `"GET /threads/{thread_id}"`. */
  readonly routes: {
    readonly read: string;
    readonly update: string;
    readonly create?: string;
    readonly list?: string;
    readonly remove?: string;
    /** Answers with what stands in `answers` for it. */
    readonly messages?: string;
  };
  /** The path parameter that is the id, and the field of an answer that repeats it. */
  readonly id: { readonly param: string; readonly field: string };
  /** A conversation as a read shows it, out of its envelope. */
  readonly seed: Doc;
  /** The answer of each route that has one; the text `{conversation}` stands for the conversation or, in a list, for all of them, `{id}` for its id. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The property that holds the conversation in the body of each route whose bodies are such an envelope. */
  readonly envelopes?: Readonly<Record<string, string>>;
  /** What an answer calls a field of a body, where that is another name. */
  readonly answerNames?: Readonly<Record<string, string>>;
  /** The field of an answer that holds metadata. */
  readonly metadata?: string;
  /** Objects of which a write changes only what it names. */
  readonly merged?: readonly string[];
  /** Whether a write clears what it leaves out. */
  readonly replaces?: boolean;
}

/** A vendor on localhost, from its description and its spec: what the spec does not allow is refused, in both directions. */
export interface VendorServer {
  /** Where it listens: `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** What the suite looks into. */
  readonly backend: Backend;
  /** Stops listening, and drops what is under way. */
  close(): void;
}

/** Starts one on a free port, with the one conversation of the description. */
export async function startVendor(vendor: VendorDescription): Promise<VendorServer> {
  const state = createState(vendor);
  const server = createServer((request, response) => void state.serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    backend: state.backend,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Alternatives of real documents overlap, and what fits two of them is still sent and answered: one that fits is enough. */
function withoutOneOf(_: string, value: unknown): unknown {
  const { oneOf, ...rest } = Object(value) as Doc;
  return Array.isArray(oneOf) && !rest.anyOf ? { ...rest, anyOf: oneOf } : value;
}

function createState(vendor: VendorDescription) {
  const { seed, id, routes, envelopes = {}, answerNames = {}, merged = [], replaces = false } = vendor;
  // The folder is the registration; the five that are served by the sandbox are the ones with a type.
  const spec = loadSpec(vendor.name as VendorName, withoutOneOf);
  const checker = checkerOf(spec);
  const known = String(seed[id.field]);
  let rows = new Map<string, Doc>();
  let arrived: ArrivedRequest[] = [];
  let drop: "before" | "after" | undefined;
  let others: Readonly<Record<string, string>> | undefined;
  let made = 0;

  const refuseIf = (issue: Issue | undefined, where: string): void => {
    if (issue) throw new Refused(422, `${where} ${issue.path.join(".")} ${issue.message}`);
  };
  const row = (path: Doc): Doc => {
    const found = rows.get(String(path[id.param]));
    if (!found) throw new Refused(404, "There is no such conversation.");
    return found;
  };
  /** The fields of a body, under the names that answers have for them. */
  const fieldsOf = (route: string, body: unknown): Doc => {
    const box = envelopes[route];
    const inside = Object(box === undefined ? body : Object(body)[box]) as Doc;
    const fields = { ...inside };
    for (const [name, shown] of Object.entries(answerNames)) {
      const value = valueAt(inside, name);
      if (value === undefined) continue;
      delete fields[name.split(".")[0] ?? ""];
      putAt(fields, shown.split("."), value);
    }
    return fields;
  };
  const changed = (before: Doc, fields: Doc): Doc => {
    const kept = Object.entries(before).filter(([name]) => !replaces || !writable.has(name));
    const next: Doc = { ...Object.fromEntries(kept), ...fields };
    for (const name of merged)
      if (name in fields) next[name] = { ...Object(before[name]), ...Object(fields[name]) };
    return { ...next, [id.field]: before[id.field] };
  };
  const writable = new Set(
    fieldNames(spec.operations, routes.update).map((name) => answerNames[name] ?? name),
  );

  function run(operation: SpecOperation, path: Doc, body: unknown): Answer {
    const { route } = operation;
    const status = Number(Object.keys(operation.responses).find((one) => /^2\d\d$/.test(one)) ?? 200);
    const answer = (conversation: unknown): Answer =>
      Object.hasOwn(vendor.answers, route)
        ? { status, body: filled(vendor.answers[route], conversation, id.field) }
        : { status };
    if (route === routes.list) return answer([...rows.values()]);
    if (route === routes.create) {
      do made += 1;
      while (rows.has(String(newId(seed[id.field], made))));
      const added = { ...seed, ...fieldsOf(route, body), [id.field]: newId(seed[id.field], made) };
      rows.set(String(added[id.field]), added);
      return answer(added);
    }
    const found = row(path);
    if (route === routes.remove) {
      rows.delete(String(found[id.field]));
      return answer(found);
    }
    if (route === routes.update) {
      const next = changed(found, fieldsOf(route, body));
      rows.set(String(found[id.field]), next);
      return answer(next);
    }
    if (route !== routes.read && route !== routes.messages)
      throw new Refused(501, "This operation is not served.");
    const reply = answer(found);
    if (others) rows.set(String(found[id.field]), withMetadata(found, others));
    others = undefined;
    return reply;
  }

  /** Where a list's cursor is, if it is asked for what comes behind its first page, on which everything is. */
  const laterPage = ({ path, method }: SpecOperation, query: URLSearchParams): string | undefined => {
    const operation = Object(Object(Object(spec.document.paths)[path])[method.toLowerCase()]) as Doc;
    const { param, cursor, first = 1 } = Object(operation["x-convo-page"]) as Doc;
    const asked = query.get(String(param));
    return asked !== null && asked !== String(cursor === "page" ? first : 0) ? String(cursor) : undefined;
  };

  /** Metadata as another writer adds to it. */
  const withMetadata = (found: Doc, added: Doc): Doc => {
    const { metadata } = vendor;
    return metadata === undefined
      ? found
      : putAt({ ...found }, metadata.split("."), { ...Object(valueAt(found, metadata)), ...added });
  };

  function respond(request: ArrivedRequest, text: string): Answer {
    const { method, path: url } = request;
    const { pathname, searchParams } = new URL(url, "http://server");
    const found = spec.operations.find((one) => one.method === method && matches(one.path, pathname));
    if (!found) throw new Refused(404, `There is no ${method} ${pathname}.`);
    if (!vendor.key.value.test(String(request.headers[vendor.key.header])))
      throw new Refused(401, "The key is missing or wrong.");
    const path = matches(found.path, pathname) ?? {};
    refuseIf(checker.path(found, path), "path");
    refuseIf(checker.query(found, searchParams).issue, "query");
    if (text === "" && request.body !== undefined) throw new Refused(400, "The body is empty.");
    refuseIf(checker.body(found, request.body), "body");
    const first = run(found, path, request.body);
    const cursor = laterPage(found, searchParams);
    const reply = cursor === undefined ? first : { ...first, body: emptied(first.body, cursor) };
    const violation = checker.response(found, { status: reply.status, body: reply.body });
    assert.equal(violation, undefined, `The answer of ${found.route} breaks the spec: ${violation}`);
    return reply;
  }

  return {
    backend: {
      id: seed[id.field] as string | number,
      reset() {
        rows = new Map([[known, structuredClone(seed)]]);
        [arrived, drop, others, made] = [[], undefined, undefined, 0];
      },
      stored: () => structuredClone(rows.get(known) ?? {}),
      requests: () => arrived,
      dropNextWrite(when) {
        drop = when;
      },
      writeAfterNextRead(metadata) {
        others = metadata;
      },
    } satisfies Backend as Backend,
    async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
      let text = "";
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
      const { method = "", url: path = "" } = request;
      const headers = request.headers as ArrivedRequest["headers"];
      const body = parsed(text, headers["content-type"] ?? "");
      const one = { method, path, headers, ...(body === undefined ? {} : { body }) };
      arrived.push(one);
      const how = method === "GET" ? undefined : drop;
      if (how) drop = undefined;
      if (how === "before") return void request.socket.destroy();
      const reply = attempt(() => respond(one, text));
      if (how === "after") return void request.socket.destroy();
      response.writeHead(
        reply.status,
        reply.body === undefined ? {} : { "content-type": "application/json" },
      );
      response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
    },
  };
}

function attempt(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    return { status: error instanceof Refused ? error.status : 500, body: { error: message } };
  }
}

/** JSON, or a form, whose values are texts. */
function parsed(text: string, type: string): unknown {
  if (text === "") return undefined;
  if (!type.startsWith("application/x-www-form-urlencoded")) return JSON.parse(text);
  const body: Doc = {};
  for (const [name, value] of new URLSearchParams(text))
    putAt(body, name.split(/\[|\]\[?/).filter(Boolean), value);
  return body;
}

/** The value at `a.b`. */
const valueAt = (body: Doc, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => Object(at)[key], body);

/** Puts a value there, and returns the body. */
function putAt(body: Doc, path: readonly string[], value: unknown): Doc {
  let target = body;
  for (const key of path.slice(0, -1)) {
    target[key] = { ...Object(target[key]) };
    target = target[key] as Doc;
  }
  target[path.at(-1) ?? ""] = value;
  return body;
}

/** The path parameters, if a path is one of a template. */
function matches(template: string, path: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const pattern = template
    .split(/\{[^{}]+\}/)
    .map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, "\\$&"))
    .join("([^/]+)");
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
}

/** The template of an answer with the conversation in its place. */
function filled(template: unknown, conversation: unknown, idField: string): unknown {
  if (template === "{conversation}") return conversation;
  if (template === "{id}") return Object(conversation)[idField];
  if (Array.isArray(template)) return template.map((one) => filled(one, conversation, idField));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, one]) => [key, filled(one, conversation, idField)]),
  );
}

/** An answer without the rows of its list, and with no cursor. */
function emptied(body: unknown, cursor: string): unknown {
  if (Array.isArray(body)) return [];
  const [key = "", rest] = cursor.replace(/^body\./, "").split(/\.(.*)/s);
  return Object.fromEntries(
    Object.entries(Object(body) as Doc).map(([name, value]) => {
      if (name === key && rest !== undefined) return [name, emptied(value, rest)];
      const isCursor = name === key && typeof value === "string";
      return [name, Array.isArray(value) ? [] : isCursor ? "" : value];
    }),
  );
}

/** An id that looks like the one of the seed. */
function newId(like: unknown, count: number): string | number {
  if (typeof like === "number") return like + count;
  const text = String(like);
  const end = /\d/.test(text) ? String(count) : String.fromCharCode(97 + count);
  return text.slice(0, -end.length) + end;
}

function fieldNames(operations: readonly SpecOperation[], route: string): string[] {
  const schema = operations.find((one) => one.route === route)?.body?.schema;
  return Object.keys(Object(schema?.properties));
}
