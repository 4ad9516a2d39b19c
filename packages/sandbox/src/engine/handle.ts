import type { Engine, Incoming, Served } from "./engine.ts";
import type { RequestRecord } from "./log.ts";
import type { Call, Handler, VendorRules } from "./rules.ts";
import type { SpecOperation } from "./spec.ts";
import { type Doc, type Issue, Refusal, type Reply } from "./types.ts";

/** One request on its way through the sandbox; what the log wants to know goes into `record`. */
export interface Exchange {
  readonly engine: Engine;
  readonly served: Served;
  readonly operation: SpecOperation;
  readonly incoming: Incoming;
  readonly record: RequestRecord;
}

/** The vendor's reply to a request, checked against the spec. */
export function handle(exchange: Exchange): Reply {
  const { served, operation, record } = exchange;
  let reply: Reply;
  try {
    reply = answer(exchange);
  } catch (error) {
    if (!(error instanceof Refusal))
      return defect(record, `handler failed: ${(error as Error).stack ?? error}`);
    reply = error.reply;
  }
  const breach = served.checker.response(operation, reply);
  return breach === undefined ? reply : defect(record, `response breaks the spec: ${breach}`);
}

/** A mistake of the sandbox itself. It is told apart from every vendor's errors, and recorded for the tests. */
function defect(record: RequestRecord, message: string): Reply {
  record.breach = message;
  return { status: 500, body: { sandbox_defect: message }, headers: { "x-sandbox-defect": "true" } };
}

function answer({ engine, served, operation, incoming, record }: Exchange): Reply {
  const { rules } = served;
  const { request, url, path } = incoming;
  const account = rules.authenticate(request.headers, engine.options);
  const store = engine.store.shelf(rules.name, account.account ?? "default", rules.kinds);
  const query = served.checker.query(operation, url.searchParams);
  const base = { operation, path, headers: request.headers, url, store, account, options: engine.options };
  const call: Call = { ...base, query: query.values, body: undefined, now: Date.now() };
  const extra = rules.before?.(call, served.state);
  const withExtra = (reply: Reply): Reply => ({ ...reply, headers: { ...extra, ...reply.headers } });
  try {
    const body = validate(served, operation, incoming, query.issue);
    const handler = rules.routes[operation.route];
    if (!handler) throw new Error(`no handler for ${operation.route}`);
    if (operation.reads) return withExtra(handler({ ...call, body }));
    return withExtra(engine.store.transaction(() => write(served, handler, { ...call, body }, record)));
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withExtra(error.reply));
    throw error;
  }
}

/** Checks the request against the spec and returns its body; throws the vendor's refusal. */
function validate(
  { rules, checker }: Served,
  operation: SpecOperation,
  { path, text }: Incoming,
  queryIssue: Issue | undefined,
): unknown {
  const refuseIf = (where: "path" | "query" | "body", issue: Issue | undefined): void => {
    if (issue) throw new Refusal(rules.explain({ kind: "invalid", where, issue }));
  };
  refuseIf("path", checker.path(operation, path));
  refuseIf("query", queryIssue);
  if (!operation.body) return undefined;
  const parsed = text === "" ? { value: undefined } : parseJson(text);
  if (!("value" in parsed)) throw new Refusal(rules.explain({ kind: "json" }));
  refuseIf("body", checker.body(operation, parsed.value) ?? unknownField(rules, operation, parsed.value));
  return parsed.value;
}

/** Parses JSON without throwing. */
export function parseJson(text: string): { value: unknown } | { broken: true } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { broken: true };
  }
}

function unknownField(rules: VendorRules, operation: SpecOperation, body: unknown): Issue | undefined {
  const known = operation.body?.schema.properties as Doc | undefined;
  if (rules.unknownFields === "ignore" || !known || typeof body !== "object" || body === null)
    return undefined;
  const name = Object.keys(body).find((key) => !Object.hasOwn(known, key));
  if (name === undefined) return undefined;
  return { keyword: "additionalProperties", path: [name], message: "is not a known field" };
}

/** Runs a write and notes the conversation before and after it. */
function write({ rules, home }: Served, handler: Handler, call: Call, record: RequestRecord): Reply {
  const id = call.operation.path.startsWith(home) ? call.path[rules.idParam] : undefined;
  const stored = (): Doc | undefined => (id === undefined ? undefined : rules.find(call.store, id));
  const before = stored();
  const reply = handler(call);
  const after = stored();
  if (before) record.before = before;
  if (after) record.after = after;
  return reply;
}
