import { describe, expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { compareSignatures } from "../diff/signatures.ts";

/** A generated client with one method. */
const client = (method: string): string =>
  `export interface AcmeClient extends Client<paths> {\n${method}\n}`;
const compare = (before: string, after: string) => compareSignatures(client(before), client(after));
const update =
  'update(id: string, body: Schemas["Body"], options?: CallOptions): Promise<Schemas["Conversation"]>;';

describe("a call that compiles today", () => {
  it.each<[string, string, string, string | undefined]>([
    [
      "argument moved",
      "major",
      update.replace("options?", "query?: Query, options?"),
      "argument 3, `options`, is argument 4 now",
    ],
    ["argument gone", "major", update.replace('body: Schemas["Body"], ', ""), undefined],
    ["argument before the others", "major", update.replace("id:", "team: string, id:"), undefined],
    [
      "argument required",
      "major",
      update.replace("options?", "options"),
      "argument 3, `options`, is required now",
    ],
    [
      "argument of another type",
      "major",
      update.replace("id: string", "id: number"),
      "argument 1, `id`: string -> number",
    ],
    ["another result", "major", update.replace("Promise", "PageRequest"), "returns Promise -> PageRequest"],
    [
      "required argument at the end",
      "major",
      update.replace("CallOptions)", "CallOptions, more: string)"),
      undefined,
    ],
    [
      "optional argument at the end",
      "minor",
      update.replace("CallOptions)", "CallOptions, more?: string)"),
      undefined,
    ],
    ["argument of another name", "none", update.replace("id:", "key:"), undefined],
    ["body of another name", "none", update.replace('Schemas["Body"]', 'Schemas["Other"]'), undefined],
    [
      "body that has maps now",
      "none",
      update.replace(
        '(id: string, body: Schemas["Body"]',
        '<Own extends object>(id: string, body: WithMap<\nSchemas["Body"], "tags", Own>',
      ),
      undefined,
    ],
    ["argument now optional", "none", update.replace("body:", "body?:"), undefined],
    ["nothing", "none", update, undefined],
  ])("%s: %s", (_, rating, now, what) => {
    const found = compare(update, now);
    expect(rate(found), JSON.stringify(found)).toBe(rating);
    if (what) expect(found.map((one) => one.what)).toContain(what);
  });

  it("that passes undefined for what was left out is left out", () => {
    const old = "list(query: Query | undefined, options: CallOptions): PageRequest<A>;";
    expect(compare(old, old.replace("query: Query | undefined", "query?: Query"))).toEqual([]);
  });
});
