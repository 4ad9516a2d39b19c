/** Which named schemas two specs have in common, all they lead to included: there is nothing to compare in them. */

import type { Spec } from "../generate/openapi.ts";
import { canonical } from "../generate/shape.ts";

/** Names of the schemas that are the same in both specs, and lead to none that is not. Prose does not count. */
export function unchangedSchemas(before: Spec, after: Spec): ReadonlySet<string> {
  const [olds, news] = [before, after].map(
    ({ components }) =>
      new Map(Object.entries(components.schemas).map(([name, schema]) => [name, canonical(schema)])),
  ) as [Map<string, string>, Map<string, string>];
  const users = new Map<string, string[]>();
  const changed: string[] = [];
  for (const [name, text] of olds) {
    if (news.get(name) !== text) changed.push(name);
    for (const used of referencesIn(text)) {
      if (!olds.has(used) || !news.has(used)) changed.push(used);
      const all = users.get(used) ?? [];
      all.push(name);
      users.set(used, all);
    }
  }
  const unchanged = new Set([...olds.keys()].filter((name) => news.get(name) === olds.get(name)));
  for (let name = changed.pop(); name !== undefined; name = changed.pop())
    for (const user of users.get(name) ?? []) if (unchanged.delete(user)) changed.push(user);
  return unchanged;
}

/** Names of the schemas that a schema's canonical text refers to; a reference to anything else counts as one that changed. */
export const referencesIn = (text: string): string[] =>
  [...text.matchAll(/"\$ref":"(?:#\/components\/schemas\/)?([^"]*)"/g)].map(([, name = ""]) => name);
