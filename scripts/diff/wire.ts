/** The check of the documents: what goes over the wire, operation by operation, whether the compiler could see it or not. */

import type { Schema, Spec } from "../generate/openapi.ts";
import { resolve } from "../generate/resolve.ts";
import { canonical } from "../generate/shape.ts";
import { authOf } from "../generate/vendor.ts";
import { below, type Change, type Direction, type Finding, join, type Rating } from "./change.ts";
import { type DiffOperation, operationsOf } from "./operations.ts";
import { type FieldChange, OF_FIELD } from "./ratings.ts";
import { type CompareSchemas, compareSchemas } from "./schemas.ts";
import { compareService, shown } from "./service.ts";

type Media = Record<string, { schema?: Schema }>;

/** Compares two specs: the service as a whole, then every operation. */
export function compareWire(before: Spec, after: Spec): Change[] {
  const changes = compareService(before, after);
  const [olds, news] = [operationsOf(before), operationsOf(after)];
  const pair: Pair = { before, after, compare: compareSchemas(before, after) };
  const add = (operation: string, direction: Direction, findings: readonly Finding[]): void => {
    for (const finding of findings) changes.push({ check: "wire", direction, operation, ...finding });
  };
  for (const [name, old] of olds) {
    const now = news.get(name);
    if (!now) {
      add(name, "service", [{ rating: "major", field: "", what: "operation removed" }]);
      continue;
    }
    add(name, "service", compareCall(pair, old, now));
    add(name, "request", [...compareParameters(pair, old, now), ...compareBody(pair, old, now)]);
    add(name, "response", compareResponses(pair, old, now));
  }
  for (const name of news.keys())
    if (!olds.has(name)) add(name, "service", [{ rating: "minor", field: "", what: "operation added" }]);
  return changes;
}

interface Pair {
  before: Spec;
  after: Spec;
  compare: CompareSchemas;
}

/** What holds for the call as a whole: where it goes, what opens it, how it is repeated and continued. */
function compareCall({ before, after }: Pair, old: DiffOperation, now: DiffOperation): Finding[] {
  const findings: Finding[] = [];
  const say = (rating: Rating, what: string): void => void findings.push({ rating, field: "", what });
  if (old.route !== now.route) say("major", `request line ${old.route} -> ${now.route}`);
  if (old.server !== now.server) say("major", `its own server ${shown(old.server)} -> ${shown(now.server)}`);
  const [kind, newKind] = [old, now].map(({ operation }) => operation["x-convo-kind"]);
  if (kind !== newKind)
    say("minor", `retried as ${kind ?? "its method says"} -> ${newKind ?? "its method says"}`);
  const [replaces, newReplaces] = [old, now].map(({ operation }) => operation["x-convo-replaces"] === true);
  if (replaces !== newReplaces)
    say("major", newReplaces ? "a write clears what it leaves out" : "a write keeps what it leaves out");
  const [json, newJson] = [old, now].map(({ operation }) => operation["x-convo-json-when"]);
  if (canonical(json) !== canonical(newJson))
    say("major", `answers JSON, not a stream, when ${shown(json)} -> ${shown(newJson)}`);
  const [type, newType] = [old, now].map(
    ({ operation }) => operation["x-convo-content-type"] ?? "application/json",
  );
  if (type !== newType) say("major", `its body is ${type} -> ${newType}`);
  if (!old.operation.deprecated && now.operation.deprecated) say("minor", "deprecated");
  const [page, newPage] = [old, now].map(({ operation }) => operation["x-convo-page"]);
  if (!page !== !newPage) say("major", newPage ? "now paginated" : "no longer paginated");
  else if (page && newPage && canonical(page) !== canonical(newPage))
    say(page.items === newPage.items ? "patch" : "major", "page rule changed");
  const [needs, newNeeds] = [credentials(before, old), credentials(after, now)];
  if (needs.some((one) => !newNeeds.includes(one)))
    say("major", `needs ${needs.join(" or ") || "nothing"} -> ${newNeeds.join(" or ") || "nothing"}`);
  else if (newNeeds.length > needs.length)
    if (needs.length === 0) say("major", `needs nothing -> ${newNeeds.join(" or ")}`);
    else say("minor", `also opens with ${newNeeds.filter((one) => !needs.includes(one)).join(", ")}`);
  return findings;
}

/** Each set of credentials that opens an operation: what is sent, or else the schemes spelled out. */
function credentials(spec: Spec, { operation }: DiffOperation): string[] {
  const sentBy = (name: string): unknown => {
    const scheme = spec.components.securitySchemes[name];
    return authOf(spec, scheme) ?? scheme ?? name;
  };
  const sets = (operation.security ?? spec.security ?? []) as Record<string, string[]>[];
  return sets.map((set) =>
    canonical(Object.entries(set).map(([name, scopes]) => [sentBy(name), [...scopes].sort()])),
  );
}

function compareParameters({ compare }: Pair, old: DiffOperation, now: DiffOperation): Finding[] {
  const keyed = ({ parameters }: DiffOperation) =>
    new Map(
      parameters.map((one) => [`${one.in}.${one.in === "header" ? one.name.toLowerCase() : one.name}`, one]),
    );
  const [olds, news] = [keyed(old), keyed(now)];
  const added = [...news].flatMap(([key, one]) =>
    olds.has(key) ? [] : [fieldFinding(`${one.in}.${one.name}`, one.required ? "added, required" : "added")],
  );
  const others = [...olds].flatMap(([key, one]) => {
    const other = news.get(key);
    const field = `${one.in}.${one.name}`;
    if (!other) return [fieldFinding(field, "removed")];
    const findings = compare(conjunction(one.schema), conjunction(other.schema), "request");
    const [written, newWritten] = [writing(one), writing(other)];
    for (const word of ["style", "explode", "allowReserved"] as const)
      if (written[word] !== newWritten[word])
        findings.push({
          rating: "major",
          field: "",
          what: `${word} ${shown(written[word])} -> ${shown(newWritten[word])}`,
        });
    if (!one.deprecated && other.deprecated)
      findings.push({ rating: "minor", field: "", what: "deprecated" });
    return [...requiredFinding(field, one.required, other.required), ...below(field, findings)];
  });
  return [...others, ...added];
}

/** How a parameter is written, what goes without saying included. */
function writing({
  in: place,
  style = /query|cookie/.test(place) ? "form" : "simple",
  explode = style === "form",
  allowReserved = false,
}: DiffOperation["parameters"][number]) {
  return { style, explode, allowReserved };
}

const fieldFinding = (field: string, change: FieldChange): Finding => ({
  rating: OF_FIELD[change].request,
  field,
  what: `request field ${change}`,
});

const requiredFinding = (field: string, old: boolean | undefined, now: boolean | undefined): Finding[] =>
  Boolean(old) === Boolean(now) ? [] : [fieldFinding(field, now ? "now required" : "now optional")];

const conjunction = (schema: Schema | undefined): Schema[] => (schema === undefined ? [] : [schema]);

function compareBody(pair: Pair, old: DiffOperation, now: DiffOperation): Finding[] {
  const body = old.operation.requestBody && resolve(pair.before, old.operation.requestBody);
  const newBody = now.operation.requestBody && resolve(pair.after, now.operation.requestBody);
  if (!body || !newBody) {
    if (body) return [fieldFinding("body", "removed")];
    return newBody ? [fieldFinding("body", newBody.required ? "added, required" : "added")] : [];
  }
  return [
    ...requiredFinding("body", body.required, newBody.required),
    ...below("body", compareMedia(pair, body.content, newBody.content, "request")),
  ];
}

const JSON_TYPE = "application/json";

/** Content types, and the schema of each that both have. */
function compareMedia(
  { compare }: Pair,
  old: Media = {},
  now: Media = {},
  way: "request" | "response",
): Finding[] {
  const place = (type: string): string => (type === JSON_TYPE ? "" : type);
  const removed = Object.keys(old).filter((type) => !now[type]);
  const added = Object.keys(now).filter((type) => !old[type]);
  const findings: Finding[] = [];
  if (removed.length > 0)
    findings.push({
      rating: "major",
      field: "",
      what: `content type ${removed.join(", ")} -> ${added.join(", ") || "gone"}`,
    });
  else if (added.length > 0)
    findings.push({
      // An answer that had no content has another result now.
      rating: way === "response" && Object.keys(old).length === 0 ? "major" : "minor",
      field: "",
      what: `content type ${added.join(", ")} added`,
    });
  for (const [type, { schema }] of Object.entries(old))
    if (now[type])
      findings.push(...below(place(type), compare(conjunction(schema), conjunction(now[type].schema), way)));
  return findings;
}

interface Response {
  $ref?: string;
  content?: Media;
  headers?: Record<string, unknown>;
}

function compareResponses(pair: Pair, old: DiffOperation, now: DiffOperation): Finding[] {
  const [olds, news] = [responsesOf(pair.before, old), responsesOf(pair.after, now)];
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((status) => {
    const [response, newResponse] = [olds.get(status), news.get(status)];
    if (!response || !newResponse)
      return [
        {
          rating: statusRating(pair, status, olds, news),
          field: status,
          what: newResponse ? "status added" : "status removed",
        },
      ];
    const media = compareMedia(pair, response.content, newResponse.content, "response");
    return below(status, [...media, ...compareHeaders(response, newResponse)]);
  });
}

const responsesOf = (spec: Spec, { operation }: DiffOperation): Map<string, Response> =>
  new Map(
    Object.entries((operation.responses ?? {}) as Record<string, Response>).map(([status, response]) => [
      status,
      resolve(spec, response),
    ]),
  );

/** An error reaches callers as a `ConvoError` either way; a success of another kind is another result of the method. */
function statusRating(
  { compare }: Pair,
  status: string,
  olds: ReadonlyMap<string, Response>,
  news: ReadonlyMap<string, Response>,
): Rating {
  if (!status.startsWith("2")) return "minor";
  const bodies = (responses: ReadonlyMap<string, Response>): (Schema | undefined)[] =>
    [...responses]
      .filter(([each, { content }]) => each.startsWith("2") && content)
      .map(([, { content }]) => content?.[JSON_TYPE]?.schema);
  const mayBeEmpty = (responses: ReadonlyMap<string, Response>): boolean =>
    [...responses].some(
      ([each, { content }]) => each.startsWith("2") && Object.keys(content ?? {}).length === 0,
    );
  const isEmptied = bodies(olds).length > 0 && !mayBeEmpty(olds) && mayBeEmpty(news);
  const isGone = bodies(olds).length > 0 && bodies(news).length === 0;
  const isNew = bodies(news).some((body) =>
    bodies(olds).every((one) => compare(conjunction(one), conjunction(body), "response").length > 0),
  );
  return isNew || isGone || isEmptied ? "major" : "minor";
}

function compareHeaders(old: Response, now: Response): Finding[] {
  const [names, newNames] = [old, now].map(({ headers }) =>
    Object.keys(headers ?? {}).map((name) => name.toLowerCase()),
  ) as [string[], string[]];
  const finding = (name: string, what: string): Finding => ({
    rating: "minor",
    field: join("headers", name),
    what,
  });
  return [
    ...names.filter((name) => !newNames.includes(name)).map((name) => finding(name, "header removed")),
    ...newNames.filter((name) => !names.includes(name)).map((name) => finding(name, "header added")),
  ];
}
