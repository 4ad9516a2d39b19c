/** `packages/core/test/wire/facts/<vendor>.ts`: one call of every operation, and what has to arrive. */
import { camel } from "../generate/client.ts";
import type { Row } from "../generate/operations.ts";
import type { Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import type { Seed } from "./conversation.ts";
import type { Routes } from "./routes.ts";
import { sample } from "./sample.ts";
import { named, propertiesOf } from "./schema.ts";

/** The file's text, to be formatted. It repeats the spec; a person compares it with the vendor's documentation. */
export function factsFile(vendor: string, spec: Spec, routes: Routes, seed: Seed): string {
  const { displayName: display, env } = spec["x-convo"];
  const { header, prefix } = auth(spec);
  const keyHeader = header.toLowerCase();
  const key = `${vendor}-0123456789`;
  const headers = Object.fromEntries(
    Object.entries(env.headers ?? {}).map(([name, variable]) => [name.toLowerCase(), variable]),
  );
  const facts = routes.all.map((row) => `${row.name}: ${JSON.stringify(fact(spec, routes, seed, row))}`);
  return `import { create${display}Client, type ${display}Client } from "@convo/${vendor}";
import type { VendorFacts } from "../fact.ts";

export const ${vendor}: VendorFacts<${display}Client> = {
  name: ${JSON.stringify(vendor)},
  create: create${display}Client,
  baseUrl: ${JSON.stringify(spec.servers[0]?.url.replace(/\/+$/, ""))},
  key: ${JSON.stringify(key)},
  ${keyHeader === "authorization" ? "" : `keyHeader: ${JSON.stringify(keyHeader)},`}
  authorization: ${JSON.stringify(prefix + key)},
  env: ${JSON.stringify({ ...env, headers })},
  operations: { ${facts.join(", ")} },
};
`;
}

function fact(spec: Spec, { id }: Routes, seed: Seed, row: Row): object {
  const path = row.pathParameters.map(({ name, type }) =>
    name === id ? seed.id : type === "number" ? 7 : `${camel(name)}-1`,
  );
  const rest = [...path];
  const sends = `${row.method} ${row.path.replaceAll(/\{[^{}]+\}/g, () => String(rest.shift()))}`;
  const body = row.body && bodyOf(spec, row.body.schema);
  const answer = named(spec, row.result[0]);
  return {
    args: body ? [...path, body] : path,
    sends,
    ...(body ? { body } : {}),
    ...(answer ? { answer: sample(spec, answer) } : { empty: statuses(row) }),
  };
}

/** What is required or, where nothing is, the first text. */
function bodyOf(spec: Spec, name: string): unknown {
  const least = sample(spec, named(spec, name));
  if (typeof least !== "object" || least === null || Object.keys(least).length > 0) return least;
  const text = [...propertiesOf(spec, named(spec, name))].find(([, { types }]) => types.includes("string"));
  return text ? { [text[0]]: sample(spec, { ...text[1].schema, type: "string" }) } : least;
}

const statuses = ({ operation }: Row): number[] =>
  Object.keys(operation.responses)
    .filter((status) => /^2\d\d$/.test(status))
    .map(Number);
