/** `packages/core/test/vendors/<vendor>.test.ts`: what the vendor's spec says, for a person to compare with its documentation. */
import type { Schema, Spec } from "../generate/openapi.ts";
import { propertiesOf, typesOf } from "../generate/properties.ts";
import { auth } from "../generate/vendor.ts";
import { answerSchema, bodySchema, type Route, routesOf } from "../pull/items.ts";
import type { Node } from "../pull/node.ts";
import { type FieldGuess, quoted } from "./guesses.ts";
import type { Draft } from "./record.ts";
import { AT, CONVERSATION, fitting, holdsConversation, sample, text } from "./sample.ts";
import type { VendorShape } from "./vendor-shape.ts";
import { demandedBy, routeText } from "./verbs.ts";

/** The file's text, to be formatted. */
export function testFile(vendor: string, spec: Spec, shape: VendorShape, draft: Draft): string {
  const { header, prefix, encoding } = auth(spec);
  const key = encoding ? "ada:0123456789" : `${vendor}-0123456789`;
  const { env, headers: fixed = {} } = spec["x-convo"];
  const fromEnv = Object.entries(env.headers ?? {}).map(([name, from]) => [name, from, from.toLowerCase()]);
  const headers = [
    ...fromEnv.map(([name = "", , value]) => [name, value] as const),
    ...Object.entries(fixed),
  ];
  const { read, update, create, remove } = shape;
  const query = shape.list && listQuery(spec, shape.list);
  const messages = messagesOf(spec, shape, draft);
  const isInRead = messages?.route === routeText(read);
  const seed = seedOf(vendor, spec, shape, draft);
  const others = Object.fromEntries(shape.others.map(([name, schema]) => [name, otherValue(name, schema)]));
  const shown = [...draft.fields, draft.metadata].map(({ path, answerName }) => answerName ?? path);
  const merged = shown.flatMap((path) => (path?.includes(".") ? [path.split(".")[0]] : []));
  const at = (route: Route | undefined): string | undefined => route && routeText(route);
  const description = {
    name: vendor,
    routes: {
      read: at(read),
      update: at(update),
      create: at(create),
      list: query && at(shape.list),
      remove: at(remove),
      messages: isInRead ? undefined : messages?.route,
    },
    id: { param: shape.id.param, field: shape.idField },
    seed: isInRead ? { ...seed, ...Object(messages.answer) } : seed,
    answers: {
      ...answersOf(spec, shape, draft),
      ...(messages && !isInRead && { [messages.route]: messages.answer }),
    },
    envelopes: filled(Object.fromEntries([...shape.bodyBoxes].map(([route, box]) => [at(route), box]))),
    answerNames: filled(draft.answerNames),
    metadata: draft.metadata.answerName ?? draft.metadata.path,
    merged: filled([...new Set(merged)]),
    replaces: shape.replaces || undefined,
  };
  const texts = draft.fields.filter(({ name, path }) => path !== undefined && name !== "marked");
  const usual = "Invoice corrected";
  const isAny = ({ schema }: FieldGuess): boolean => fitting(spec, schema ?? {}, usual) === usual;
  const field = texts.find(isAny) ?? texts[0];
  const facts = {
    missing: missingId(shape),
    key,
    authorization: prefix + (encoding ? btoa(key) : key),
    headers: filled(Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))),
    env: filled(Object.fromEntries(fromEnv.map(([, variable, value]) => [variable, value]))),
    path: filled(others),
    field: field && { name: field.name, value: fitting(spec, field.schema ?? {}, usual) },
    echo: shape.returnsConversation ? undefined : false,
    reads: draft.reads ? 1 : undefined,
    maxKeys: draft.metadata.maxKeys,
    create: create && createBody(spec, create, shape.bodyBoxes.get(create)),
    begin: create && draft.verbs.create ? beginning(spec, shape, create, draft) : undefined,
    messages: messages?.said,
    listQuery: query && filled(query),
  };
  const make = filled(others) ? `(options) => ${vendor}({ ...options, ...${quoted(others)} })` : vendor;
  // JSON is code; the formatter takes the quotes off.
  return `import { ${vendor} } from "../../src/index.ts";
import { describeVendor } from "./describe.ts";

describeVendor({ key: { header: ${quoted(header.toLowerCase())}, value: /^${prefix}\\S+$/ }, ${quoted(description).slice(1)}, ${make}, ${quoted(facts)});
`;
}

/** The same, unless there is nothing in it. */
const filled = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length > 0 ? value : undefined;

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
  target[first] = rest.length === 0 ? value : { ...Object(target[first]) };
  if (rest.length > 0) putAt(target[first] as Record<string, unknown>, rest.join("."), value);
}

/** An id that the path takes and the answer may have. */
function idOf(vendor: string, spec: Spec, shape: VendorShape): string | number {
  const { id, idField, answer, schema } = shape;
  const isText = typesOf(spec, answer.get(idField)?.schema ?? {}).includes("string");
  const example = Object(schema.example ?? (schema.examples as unknown[] | undefined)?.[0])[idField];
  if (id.isInteger) return isText ? "481" : 481;
  if (typeof example === "string" && /^[\w-]+$/.test(example) && !id.schema.pattern) return example;
  return isText ? (textId(shape) ?? `${vendor}_1`) : 481;
}

/** An id of a certain form, where the path or the answer has one. */
const textId = ({ id, answer, idField }: VendorShape): string | undefined =>
  textOf(id.schema) ?? textOf(answer.get(idField)?.schema ?? {});

const textOf = (schema: Schema): string | undefined =>
  schema.format !== undefined || schema.pattern !== undefined || Number(schema.minLength ?? 0) > 1
    ? text(schema)
    : undefined;

function missingId(shape: VendorShape): string | number {
  if (shape.id.isInteger) return 404_404;
  const made = textId(shape);
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
  const { route: at = "", returns } = verbs.create ?? {};
  const idField = returns === "id" ? shape.idField : Object(returns).id;
  if (idField !== undefined) answers[at] = { ...Object(answers[at]), [idField]: "{id}" };
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
  const values = demandedBy(spec, list).map(({ name, schema }) => [name, sample(spec, schema)] as const);
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
  const rules = verbs.messages;
  const route = routesOf(spec).find((one) => routeText(one) === rules?.route);
  if (!rules || !route) return undefined;
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
  const answered = answerSchema(spec, route.operation);
  const schema = isInRead ? propertiesOf(spec, answered).get(rules.in ?? "")?.schema : answered;
  const template = quoted(sample(spec, schema, isMessage));
  const allowed = propertiesOf(spec, found[0]).get(rules.role)?.schema.enum?.map(String);
  const [word, role] = Object.entries(rules.roles).find(([one]) => allowed?.includes(one) ?? true) ?? [];
  if (!found[0] || word === undefined) return undefined;
  const message = { ...Object(sample(spec, found[0])), [rules.text]: "Hello" };
  putAt(message, rules.role, /^(true|false)$/.test(word) ? word === "true" : word);
  const answer = isInRead
    ? { [rules.in ?? ""]: [message] }
    : (JSON.parse(template.replace(quoted(CONVERSATION), () => quoted([message]))) as unknown);
  return { route: rules.route, answer: onLastPage(route, answer), said: [{ role, text: "Hello" }] };
}

/** The same in core's words: a field with a name of ours where the create takes it, the rest as the vendor's own. */
function beginning(
  spec: Spec,
  shape: VendorShape,
  create: Route,
  { fields, metadata, verbs }: Draft,
): object {
  const { lacks = [] } = verbs.create ?? {};
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
  return { ...own, native: filled(native) };
}
