/** `packages/core/test/vendors/<vendor>.test.ts`: what the vendor's spec says, for a person to compare with its documentation. */
import type { Schema, Spec } from "../generate/openapi.ts";
import { propertiesOf, typesOf } from "../generate/properties.ts";
import { auth } from "../generate/vendor.ts";
import { answerSchema, bodySchema, type Route } from "../pull/items.ts";
import type { Node } from "../pull/node.ts";
import { queryOf } from "../pull/paging.ts";
import type { FieldGuess } from "./guesses.ts";
import type { Draft } from "./record.ts";
import { AT, CONVERSATION, fitting, holdsConversation, sample, text } from "./sample.ts";
import type { VendorShape } from "./vendor-shape.ts";
import { routeText } from "./verbs.ts";

/** The file's text, to be formatted. */
export function testFile(vendor: string, spec: Spec, shape: VendorShape, draft: Draft): string {
  const seed = seedOf(vendor, spec, shape, draft);
  const { header, prefix, encoding } = auth(spec);
  const key = encoding ? "ada:0123456789" : `${vendor}-0123456789`;
  const value = prefix + (encoding ? btoa(key) : key);
  const convo = spec["x-convo"];
  const fromEnv = Object.entries(convo.env.headers ?? {});
  const { read, update, create, list, remove } = shape;
  const query = list && listQuery(spec, list);
  const routes = Object.entries({ read, update, create, list: query && list, remove }).flatMap(
    ([name, route]) => (route ? [[name, routeText(route)]] : []),
  );
  const messages = messagesOf(spec, shape, draft);
  const isInRead = messages?.route === routeText(read);
  if (messages && !isInRead) routes.push(["messages", messages.route]);
  if (messages && isInRead) Object.assign(seed, Object(messages.answer));
  const others = Object.fromEntries(shape.others.map(([name, schema]) => [name, otherValue(name, schema)]));
  const boxes = [...shape.bodyBoxes].map(([route, box]) => [routeText(route), box]);
  const shown = [...draft.fields, draft.metadata].map(({ path, answerName }) => answerName ?? path);
  const merged = new Set(shown.flatMap((path) => (path?.includes(".") ? [path.split(".")[0]] : [])));
  const metadata = draft.metadata.answerName ?? draft.metadata.path;
  const description = {
    name: vendor,
    routes: Object.fromEntries(routes),
    id: { param: shape.id.param, field: shape.idField },
    seed,
    answers: {
      ...answersOf(spec, shape, draft),
      ...(messages && !isInRead && { [messages.route]: messages.answer }),
    },
    ...(boxes.length > 0 ? { envelopes: Object.fromEntries(boxes) } : {}),
    ...(Object.keys(draft.answerNames).length > 0 ? { answerNames: draft.answerNames } : {}),
    ...(metadata !== undefined ? { metadata } : {}),
    ...(merged.size > 0 ? { merged: [...merged] } : {}),
    ...(shape.replaces ? { replaces: true } : {}),
  };
  const texts = draft.fields.filter(({ name, path }) => path !== undefined && name !== "marked");
  const usual = "Invoice corrected";
  const isAny = ({ schema }: FieldGuess): boolean => fitting(spec, schema ?? {}, usual) === usual;
  const field = texts.find(isAny) ?? texts[0];
  const facts = {
    missing: missingId(shape),
    key,
    authorization: value,
    ...(fromEnv.length > 0 || convo.headers
      ? {
          headers: Object.fromEntries(
            [
              ...fromEnv.map(([name, variable]) => [name, variable.toLowerCase()]),
              ...Object.entries(convo.headers ?? {}),
            ].map(([name = "", value]) => [name.toLowerCase(), value]),
          ),
          env: Object.fromEntries(fromEnv.map(([, variable]) => [variable, variable.toLowerCase()])),
        }
      : {}),
    ...(Object.keys(others).length > 0 ? { path: others } : {}),
    ...(field ? { field: { name: field.name, value: fitting(spec, field.schema ?? {}, usual) } } : {}),
    ...(shape.returnsConversation ? {} : { echo: false }),
    ...(draft.reads ? { reads: 1 } : {}),
    ...(draft.metadata.maxKeys === undefined ? {} : { maxKeys: draft.metadata.maxKeys }),
    ...(create ? { create: createBody(spec, create, shape.bodyBoxes.get(create)) } : {}),
    ...(create && draft.verbs.create ? { begin: beginning(spec, shape, create, draft) } : {}),
    ...(messages ? { messages: messages.said } : {}),
    ...(query && Object.keys(query).length > 0 ? { listQuery: query } : {}),
  };
  const options =
    Object.keys(others).length > 0 ? `(options) => ${vendor}({ ...options, ...${quoted(others)} })` : vendor;
  // JSON is code; the formatter takes the quotes off.
  return `import { ${vendor} } from "../../src/index.ts";
import { describeVendor } from "./describe.ts";

describeVendor({ key: { header: ${quoted(header.toLowerCase())}, value: /^${prefix}\\S+$/ }, ${quoted(description).slice(1)}, ${options}, ${quoted(facts)});
`;
}

/** A conversation as a read shows it: what is required, and what the record is about. */
function seedOf(vendor: string, spec: Spec, shape: VendorShape, { fields, metadata, times }: Draft): object {
  const least = sample(spec, shape.schema) as object;
  const seed: Record<string, unknown> = { ...least, [shape.idField]: idOf(vendor, spec, shape) };
  for (const { path, answerName, name, schema = {} } of fields)
    if (path !== undefined)
      putAt(seed, answerName ?? path, name === "marked" ? false : fitting(spec, schema, "Project X"));
  if (metadata.path !== undefined)
    putAt(seed, metadata.answerName ?? metadata.path, { topic: "project-x", owner: "ada" });
  for (const name of Object.values(times)) {
    const types = name === null ? [] : (shape.answer.get(name)?.types ?? []);
    if (name !== null) seed[name] = types[0] === "string" ? AT : Math.floor(Date.parse(AT) / 1000);
  }
  return seed;
}

function putAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) target[first] = value;
  else {
    const inner = { ...Object(target[first]) } as Record<string, unknown>;
    putAt(inner, rest.join("."), value);
    target[first] = inner;
  }
}

/** An id that the path takes and the answer may have. */
function idOf(vendor: string, spec: Spec, { id, idField, answer, schema }: VendorShape): string | number {
  const isText = typesOf(spec, answer.get(idField)?.schema ?? {}).includes("string");
  const example = Object(schema.example ?? (schema.examples as unknown[] | undefined)?.[0])[idField];
  if (id.isInteger) return isText ? "481" : 481;
  if (typeof example === "string" && /^[\w-]+$/.test(example) && !id.schema.pattern) return example;
  if (!isText) return 481;
  return textOf(id.schema) ?? textOf(answer.get(idField)?.schema ?? {}) ?? `${vendor}_1`;
}

const textOf = (schema: Schema): string | undefined =>
  schema.format !== undefined || schema.pattern !== undefined || Number(schema.minLength ?? 0) > 1
    ? text(schema)
    : undefined;

function missingId({ id, answer, idField }: VendorShape): string | number {
  if (id.isInteger) return 404_404;
  const made = textOf(id.schema) ?? textOf(answer.get(idField)?.schema ?? {});
  const [one, other] = /\d/.test(made ?? "") ? "32" : "zy";
  return made === undefined ? "nobody" : `${made.slice(0, -1)}${made.endsWith(`${other}`) ? one : other}`;
}

const otherValue = (name: string, schema: Schema): string =>
  schema.type === "integer" || schema.type === "number"
    ? "7"
    : ((schema.enum?.[0] as string | undefined) ?? textOf(schema) ?? `${name}-1`);

/** What each of the routes answers, with the conversation in its place. */
function answersOf(spec: Spec, shape: VendorShape, { verbs }: Draft): Record<string, unknown> {
  const document = spec as unknown as Node;
  const own = shape.answer;
  const isConversation = (schema: Schema): boolean => {
    const names = [...propertiesOf(spec, schema).keys()];
    return names.includes(shape.idField) && names.filter((name) => own.has(name)).length > own.size / 2;
  };
  /** A list may show but some of its fields, or others. */
  const hasId = (schema: Schema): boolean => propertiesOf(spec, schema).has(shape.idField);
  const { read, update, create, list, remove } = shape;
  const answers: Record<string, unknown> = {};
  for (const route of [read, update, create, list, remove]) {
    const schema = route && answerSchema(document, route.operation);
    if (!route || !schema) continue;
    const box = shape.answerBoxes.get(route);
    const whole = sample(spec, schema, isConversation);
    const all = route === list && !holdsConversation(whole) ? sample(spec, schema, hasId) : whole;
    const made = route === list ? all : singular(spec, schema, all);
    answers[routeText(route)] =
      route === read ? (box === undefined ? CONVERSATION : { ...Object(made), [box]: CONVERSATION }) : made;
  }
  const { returns } = Object(verbs.create) as { returns?: string | { id?: string } };
  const at = create && routeText(create);
  const idField = returns === "id" ? shape.idField : Object(returns).id;
  if (at && idField !== undefined) answers[at] = { ...Object(answers[at]), [idField]: "{id}" };
  if (list) answers[routeText(list)] = onLastPage(list, answers[routeText(list)]);
  return answers;
}

/** The answer of a list that says that nothing follows. */
function onLastPage({ operation }: Pick<Route, "operation">, answer: unknown): unknown {
  const { more } = Object(operation["x-convo-page"]) as { more?: string };
  if (more === undefined || answer === undefined) return answer;
  const last = structuredClone(answer) as Record<string, unknown>;
  putAt(last, more, false);
  return last;
}

/** An answer that is not a list's has one conversation, also where it stands in a list. */
function singular(spec: Spec, given: Schema, answer: unknown): unknown {
  if (answer === CONVERSATION) return typesOf(spec, given).includes("array") ? [CONVERSATION] : answer;
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return answer;
  const properties = propertiesOf(spec, given);
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      singular(spec, properties.get(name)?.schema ?? {}, value),
    ]),
  );
}

/** The query a list demands; undefined where no client could send it. */
function listQuery(spec: Spec, list: Route): Record<string, unknown> | undefined {
  const demanded = queryOf(spec, list).filter(({ required }) => required);
  const values = demanded.map(({ name, schema }) => [name, sample(spec, schema)] as const);
  return values.some(([, value]) => typeof value === "object") ? undefined : Object.fromEntries(values);
}

/** What is required, in the box there is around it, or, where nothing is, the first text. */
function createBody(spec: Spec, create: Route, box: string | undefined): unknown {
  const whole = bodySchema(spec, create.operation);
  const schema = box === undefined ? whole : propertiesOf(spec, whole).get(box)?.schema;
  const least = sample(spec, schema);
  const boxed = (body: unknown): unknown =>
    box === undefined ? body : { ...Object(sample(spec, whole)), [box]: body };
  if (typeof least !== "object" || least === null || Object.keys(least).length > 0) return boxed(least);
  const found = [...propertiesOf(spec, schema)].find(
    ([, { types, schema: one, readOnly }]) => types.includes("string") && !one.enum && !readOnly,
  );
  return boxed(found ? { [found[0]]: text(found[1].schema) } : least);
}

/** An answer with one message, and that message in core's words; undefined where its text is no plain one. */
function messagesOf(
  spec: Spec,
  { read }: VendorShape,
  { verbs }: Draft,
): { route: string; answer: unknown; said: object[] } | undefined {
  if (!verbs.messages) return undefined;
  const rules = verbs.messages as MessageRules;
  const [method = "", path = ""] = rules.route.split(" ");
  const operation = (spec.paths[path] as unknown as Node)[method.toLowerCase()] as Node;
  const found: Schema[] = [];
  const isMessage = (one: Schema): boolean => {
    // Of several kinds, the first that fits.
    if (!one.properties && (one.anyOf ?? one.oneOf)) return false;
    const names = propertiesOf(spec, one);
    const fits =
      names.has(rules.role.split(".")[0] ?? "") && names.get(rules.text)?.types.includes("string") === true;
    if (fits) found.push(one);
    return fits;
  };
  const isInRead = rules.route === routeText(read);
  const answered = answerSchema(spec, operation);
  const schema = isInRead ? propertiesOf(spec, answered).get(rules.in ?? "")?.schema : answered;
  const template = JSON.stringify(sample(spec, schema, isMessage));
  const allowed = propertiesOf(spec, found[0]).get(rules.role)?.schema.enum?.map(String);
  const [word, role] = Object.entries(rules.roles).find(([one]) => allowed?.includes(one) ?? true) ?? [];
  if (!found[0] || word === undefined) return undefined;
  const message = { ...Object(sample(spec, found[0])), [rules.text]: "Hello" };
  putAt(message, rules.role, /^(true|false)$/.test(word) ? word === "true" : word);
  const answer = isInRead
    ? { [rules.in ?? ""]: [message] }
    : (JSON.parse(template.replace(quoted(CONVERSATION), () => quoted([message]))) as unknown);
  return { route: rules.route, answer: onLastPage({ operation }, answer), said: [{ role, text: "Hello" }] };
}

/** The part of the record about messages. */
interface MessageRules {
  route: string;
  in?: string;
  role: string;
  roles: Record<string, string>;
  text: string;
}

/** The same in core's words: a field with a name of ours where the create takes it, the rest as the vendor's own. */
function beginning(
  spec: Spec,
  shape: VendorShape,
  create: Route,
  { fields, metadata, verbs }: Draft,
): object {
  const { lacks = [] } = Object(verbs.create) as { lacks?: string[] };
  const box = shape.bodyBoxes.get(create);
  const body = createBody(spec, create, box) as Record<string, unknown>;
  const native = { ...(box === undefined ? body : Object(body[box])) } as Record<string, unknown>;
  const own: Record<string, unknown> = {};
  for (const { name, path, schema = {} } of fields)
    if (path !== undefined && !lacks.includes(name)) {
      own[name] = name === "marked" ? true : fitting(spec, schema, "Invoice 2041");
      delete native[path.split(".")[0] ?? ""];
    }
  if (metadata.path !== undefined && !lacks.includes("metadata")) {
    own.metadata = { topic: "billing" };
    delete native[metadata.path];
  }
  return { ...own, ...(Object.keys(native).length > 0 ? { native } : {}) };
}

const quoted = (value: unknown): string => JSON.stringify(value);
