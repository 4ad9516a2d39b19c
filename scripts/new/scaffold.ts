/** Everything handwritten that a vendor begins with, made from its spec, and what is left to decide. */
import { formatted } from "../generate/format.ts";
import type { Spec } from "../generate/spec.ts";
import { seedOf } from "./conversation.ts";
import { factsFile } from "./facts.ts";
import { type Draft, draftProvider } from "./record.ts";
import { type Routes, routesOf } from "./routes.ts";
import { sandboxFiles } from "./sandbox.ts";
import { manifest, wire, wiring } from "./wiring.ts";

/** Files by path from the root, changed ones whole, and `file:line  question` for what the spec does not tell. */
export interface Scaffold {
  files: Map<string, string>;
  decisions: string[];
}

/** Makes them; nothing is written. `document` is the text of the vendor's `openapi.yaml`. Throws when the spec has no conversation to update. */
export function scaffold(root: string, vendor: string, spec: Spec, document: string): Scaffold {
  const routes = routesOf(spec);
  const seed = seedOf(vendor, spec, routes);
  const draft = draftProvider(vendor, spec, routes);
  const provider = `packages/core/src/providers/${vendor}.ts`;
  const files = formatted(
    root,
    new Map([
      [provider, draft.text],
      ...sandboxFiles(vendor, spec, routes, seed).map(([name, text]): [string, string] => [
        `packages/sandbox/src/vendors/${vendor}/${name}`,
        text,
      ]),
      [`packages/core/test/wire/facts/${vendor}.ts`, factsFile(vendor, spec, routes, seed)],
      ...wire(root, vendor, wiring(vendor, spec, routes, seed, draft)),
      manifest(root, vendor),
    ]),
  );
  const decisions = [
    ...inRecord(draft, provider, files.get(provider) ?? ""),
    ...inSpec(document, `specs/${vendor}/openapi.yaml`, spec, routes),
  ];
  return { files, decisions };
}

function inRecord({ decisions }: Draft, file: string, text: string): string[] {
  const lines = text.split("\n");
  return decisions.map(({ key, question }) => {
    const [word = "", part] = key.split(".");
    const start = lines.findIndex((line) => line.trimStart().startsWith(`${word}:`));
    const inner = part
      ? lines.findIndex((line, index) => index >= start && line.includes(`${part}:`))
      : start;
    return `${file}:${Math.max(start, inner) + 1}  ${key}: ${question}`;
  });
}

/** What only the extensions of our spec format say. */
function inSpec(document: string, file: string, spec: Spec, { all }: Routes): string[] {
  const lines = document.split("\n");
  const at = (text: string): string => `${file}:${lines.findIndex((line) => line.includes(text)) + 1}`;
  const lists = all.filter(({ name, page, query }) => name.startsWith("list") && query && !page);
  const scheme = Object.values(spec.components.securitySchemes)[0];
  const prefix = spec["x-convo"].keyPrefix;
  return [
    ...lists.map(
      ({ name }) => `${at(`operationId: ${name}`)}  ${name}: how does the list go on? (x-convo-page)`,
    ),
    ...(scheme?.type === "apiKey" && prefix === undefined
      ? [`${at("x-convo:")}  x-convo.keyPrefix: does a word stand before the key in ${scheme.name}?`]
      : []),
  ];
}
