/** What a changed spec asks of core: entered, or listed for a person. */
import { describe, expect, it } from "vitest";
import { useCopy } from "./copied.ts";

const copy = useCopy();

describe("a decision in core", () => {
  const PROVIDER = "packages/core/src/providers/letta.ts";
  const LETTA = "specs/letta/openapi.yaml";
  const regen = () => expect(copy.script("regen.ts").status).toBe(0);
  const add = (schema: string, field: string) =>
    copy.edit(
      LETTA,
      new RegExp(`( {4}${schema}:\\n(?:(?! {4}\\w)[\\s\\S]*?)\\n {6}properties:\\n)`),
      `$1        ${field}\n`,
    );
  const provider = () => copy.read(PROVIDER);

  it("is entered where only one answer is possible, listed with file and line where it is a person's", () => {
    expect(copy.script("accept-spec.ts", "letta")).toMatchObject({
      status: 0,
      stdout: "letta: nothing to decide\n",
    });
    add("UpdateConversationBody", "name: { type: string }");
    add("Conversation", "name: { type: string }");
    add("UpdateConversationBody", "is_marked: { type: array, items: { type: string } }");
    // The same by a pull: done, and somebody has to decide.
    const upstream = copy.path("upstream.yaml");
    copy.write("upstream.yaml", copy.read(LETTA));
    copy.git("checkout", "-q", LETTA);
    const pulled = copy.script("pull-spec.ts", "letta", upstream, "--take");
    expect(pulled.status).toBe(1);
    expect(pulled.stdout).toMatch(/decide packages\/core\/\S+letta\.ts:\d+ {2}fields\.name: "name" or \{/);
    expect(pulled.stdout).toContain("Core needs an answer: pnpm specs:accept letta");
    const line =
      provider()
        .split("\n")
        .findIndex((text) => text.includes("name: null")) + 1;
    const first = copy.script("accept-spec.ts", "letta");
    expect(first.stdout).toContain(`entered  ${PROVIDER}:${line}  fields.marked: { homonym: "is_marked" }`);
    expect(first.stdout).toContain(
      `decide   ${PROVIDER}:${line}  fields.name: "name" or { homonym: "name" }`,
    );
    expect(first.status).toBe(1);
    expect(provider()).toContain('marked: { homonym: "is_marked" }');
    expect(copy.script("accept-spec.ts", "letta", "name=same").status).toBe(0);
    expect(provider()).toContain('name: "name"');
    expect(copy.script("accept-spec.ts", "letta").stdout).toBe("letta: nothing to decide\n");
  });

  it("lists a mapped field that vanished, rather than dropping it", () => {
    copy.edit(LETTA, /( {4}UpdateConversationBody:\n(?:(?! {4}\w)[\s\S]*?))summary:/, "$1abstract:");
    regen();
    const run = copy.script("accept-spec.ts", "letta");
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/decide {3}\S+:\d+ {2}fields\.summary: null/);
    expect(provider()).toContain('summary: "summary"');
  });
});
