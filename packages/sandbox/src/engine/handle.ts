import { openCollection } from "./collection.ts";
import type { Engine, Incoming, Served } from "./engine.ts";
import type { RequestRecord } from "./log.ts";
import type { Call, Handler, VendorRules } from "./rules.ts";
import type { SpecOperation } from "./spec.ts";
import { type Doc, type Issue, type Problem, Refusal, type Reply } from "./types.ts";

/** One request on its way through the sandbox; what the log wants to know goes into `record`. */
export interface Exchange {
  readonly engine: Engine;
  readonly served: Served;
  readonly operation: SpecOperation;
  readonly incoming: Incoming;
  readonly record: RequestRecord;
}

/** A response of ours that breaks the spec. */
class ContractViolation extends Error {}

/**
 * The vendor's reply to a request, checked against the spec. A reply that breaks it, and a handler that fails, is a
 * mistake of the sandbox itself: nothing of the request is kept, and the 500 is told apart from every vendor's errors.
 */
export function handle(exchange: Exchange): Reply {
  try {
    return replyTo(exchange);
  } catch (error) {
    const message =
      error instanceof ContractViolation
        ? error.message
        : `handler failed: ${(error as Error).stack ?? error}`;
    exchange.record.contractViolation = message;
    return { status: 500, body: { sandbox_defect: message }, headers: { "x-sandbox-defect": "true" } };
  }
}

function replyTo(exchange: Exchange): Reply {
  try {
    return answer(exchange);
  } catch (error) {
    if (error instanceof Refusal) return checked(exchange, error.reply);
    throw error;
  }
}

function checked({ served, operation }: Exchange, reply: Reply): Reply {
  if (operation.sandboxOnly) return reply;
  const violation = served.checker.response(operation, reply);
  if (violation === undefined) return reply;
  throw new ContractViolation(`response breaks the spec: ${violation}`);
}

function answer(exchange: Exchange): Reply {
  const { engine, served, operation, incoming, record } = exchange;
  const { rules } = served;
  const { request, url, path } = incoming;
  const account = rules.authenticate(request.headers, engine.options);
  const store = openCollection(engine.store, rules, account.account);
  const query = served.checker.query(operation, url.searchParams);
  const { options } = engine;
  const { schema: check } = served.checker;
  const base = { operation, path, headers: request.headers, url, store, account, options, check };
  const call: Call = { ...base, query: query.values, body: undefined, now: Date.now() };
  const extra = rules.before?.(call, served.state);
  const withExtra = (reply: Reply): Reply => ({ ...reply, headers: { ...extra, ...reply.headers } });
  try {
    const body = validate(served, operation, incoming, query.issue);
    const handler = rules.routes[operation.route];
    if (!handler) throw new Error(`no handler for ${operation.route}`);
    const run = (): Reply => checked(exchange, withExtra(write(served, handler, { ...call, body }, record)));
    if (operation.reads) return checked(exchange, withExtra(handler({ ...call, body })));
    return engine.store.transaction(run);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withExtra(error.reply));
    throw error;
  }
}

/** Checks the request against the spec and returns its body; throws the vendor's refusal. */
function validate(
  { rules, checker }: Served,
  operation: SpecOperation,
  { path, text, problem }: Incoming,
  queryIssue: Issue | undefined,
): unknown {
  const refuse = (what: Problem): never => {
    throw new Refusal(rules.errorResponse(what));
  };
  const refuseIf = (where: "path" | "query" | "body", issue: Issue | undefined): void => {
    if (issue) refuse({ kind: "invalid", where, issue });
  };
  if (problem) refuse(problem);
  refuseIf("path", checker.path(operation, path));
  refuseIf("query", queryIssue);
  if (!operation.body && !operation.sandboxOnly) return undefined;
  const parsed = text === "" ? { value: undefined } : parseJson(text);
  if (!("value" in parsed)) return refuse({ kind: "json" });
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
