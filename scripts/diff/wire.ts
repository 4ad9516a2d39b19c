/** The lens of the wire: what the compiler cannot see, because it is between the client and the vendor's server. */
import { type Row, rows } from "../generate/operations.ts";
import { type Parameter, resolve, type Schema, type Spec } from "../generate/spec.ts";
import { below, type Change, type Direction, type Found, join, type Rating } from "./change.ts";
import { compareSchemas } from "./schema.ts";
import { compareService, shown } from "./service.ts";

type Media = Record<string, { schema?: Schema }>;

/** Compares two specs: the service as a whole, then every operation both have. */
export function compareWire(before: Spec, after: Spec): Change[] {
  const changes = compareService(before, after);
  const [old, now] = [rows(before), rows(after)];
  const compare = compareSchemas(before, after);
  for (const was of old) {
    const is = now.find(({ name }) => name === was.name);
    if (!is) continue;
    const add = (direction: Direction, found: readonly Found[]): void => {
      for (const one of found) changes.push({ lens: "wire", direction, operation: was.name, ...one });
    };
    add("service", whole(before, after, was, is));
    add("request", [
      ...parameters(before, after, was, is, compare),
      ...below("body", body(before, after, was, is, compare)),
    ]);
    add("response", responses(before, after, was, is, compare));
  }
  return changes;
}

function whole(before: Spec, after: Spec, was: Row, is: Row): Found[] {
  const found: Found[] = [];
  const say = (rating: Rating, what: string): void => void found.push({ rating, field: "", what });
  const [route, newRoute] = [was, is].map(({ method, path }) => `${method} ${path}`);
  if (route !== newRoute) say("major", `request line ${route} -> ${newRoute}`);
  if (was.kind !== is.kind) say("minor", `retried as ${was.kind} -> ${is.kind}`);
  if (!was.operation.deprecated && is.operation.deprecated) say("minor", "deprecated");
  if (!was.page !== !is.page) say("major", is.page ? "now paginated" : "no longer paginated");
  else if (was.page && is.page && JSON.stringify(was.page) !== JSON.stringify(is.page))
    say(was.page.items === is.page.items ? "patch" : "major", "page rule changed");
  const [security, newSecurity] = [needs(before, was), needs(after, is)];
  if (security.some((one) => !newSecurity.includes(one)))
    say("major", `needs ${security.join(" or ")} -> ${newSecurity.join(" or ")}`);
  else if (newSecurity.length > security.length)
    say("minor", `also opens with ${newSecurity.filter((one) => !security.includes(one)).join(", ")}`);
  return found;
}

/** Each set of credentials that opens an operation, with the schemes spelled out. */
function needs(spec: Spec, { operation }: Row): string[] {
  const sets = (operation.security ?? spec.security ?? []) as Record<string, string[]>[];
  return sets.map((set) =>
    JSON.stringify(
      Object.entries(set).map(([name, scopes]) => [bare(spec.components.securitySchemes[name]), scopes]),
    ),
  );
}

const bare = (scheme: object | undefined): object => ({ ...scheme, description: undefined });

type Compare = ReturnType<typeof compareSchemas>;

function parameters(before: Spec, after: Spec, was: Row, is: Row, compare: Compare): Found[] {
  const others = parametersOf(after, is);
  return parametersOf(before, was).flatMap((old) => {
    const now = others.find((one) => one.name === old.name && one.in === old.in);
    if (!now) return [];
    const found = compare(old.schema, now.schema, "request");
    for (const word of ["style", "explode", "allowReserved"])
      if (old[word] !== now[word])
        found.push({
          rating: "major",
          field: "",
          what: `${word} ${shown(old[word])} -> ${shown(now[word])}`,
        });
    if (!old.deprecated && now.deprecated) found.push({ rating: "minor", field: "", what: "deprecated" });
    return below(`${old.in}.${old.name}`, found);
  });
}

type AnyParameter = Parameter & Record<string, unknown>;

function parametersOf(spec: Spec, { path, operation }: Row): AnyParameter[] {
  const shared = (spec.paths[path]?.parameters ?? []) as Parameter[];
  return [...shared, ...(operation.parameters ?? [])].map((one) => resolve(spec, one) as AnyParameter);
}

function body(before: Spec, after: Spec, was: Row, is: Row, compare: Compare): Found[] {
  const [old, now] = [was.operation.requestBody, is.operation.requestBody];
  return media(old && resolve(before, old).content, now && resolve(after, now).content, "request", compare);
}

function media(old: Media = {}, now: Media = {}, way: "request" | "response", compare: Compare): Found[] {
  return Object.entries(old).flatMap(([type, { schema }]) =>
    below(type === "application/json" ? "" : type, compare(schema, now[type]?.schema, way)),
  );
}

interface Response {
  $ref?: string;
  content?: Media;
  headers?: Record<string, unknown>;
}

function responses(before: Spec, after: Spec, was: Row, is: Row, compare: Compare): Found[] {
  const [old, now] = [was.operation.responses, is.operation.responses] as Record<string, Response>[];
  const found: Found[] = [];
  for (const status of new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])) {
    const [one, other] = [
      old?.[status] && resolve(before, old[status]),
      now?.[status] && resolve(after, now[status]),
    ];
    if (one && other)
      found.push(
        ...below(status, [...media(one.content, other.content, "response", compare), ...headers(one, other)]),
      );
    else
      found.push({
        rating: statusRating(status, was, is),
        field: status,
        what: other ? "status added" : "status removed",
      });
  }
  return found;
}

/** An error reaches callers as a `ConvoError` either way; a success of another kind is another result of the method. */
function statusRating(status: string, was: Row, is: Row): Rating {
  const sameResult = is.result.every((name) => was.result.includes(name));
  return status.startsWith("2") && !sameResult ? "major" : "minor";
}

function headers(old: Response, now: Response): Found[] {
  const [names, newNames] = [old, now].map((one) =>
    Object.keys(one.headers ?? {}).map((name) => name.toLowerCase()),
  );
  const one = (field: string, what: string): Found => ({
    rating: "minor",
    field: join("headers", field),
    what,
  });
  return [
    ...(names ?? []).filter((name) => !newNames?.includes(name)).map((name) => one(name, "header removed")),
    ...(newNames ?? []).filter((name) => !names?.includes(name)).map((name) => one(name, "header added")),
  ];
}
