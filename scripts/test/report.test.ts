import { describe, expect, it } from "vitest";
import type { Change, Rating } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { bullets, markdown } from "../diff/report.ts";
import type { Schema, Spec } from "../generate/openapi.ts";
import { base } from "./hostile.ts";

const change = (rating: Rating, field: string, what: string, operation = "updateConversation"): Change => ({
  rating,
  check: "wire",
  direction: "request",
  operation,
  field,
  what,
});
const report = (changes: Change[], bumps: Record<string, Rating> = { "@convo/acme": "minor" }) => ({
  vendor: "acme",
  base: "HEAD",
  rating: changes[0]?.rating ?? "none",
  bumps,
  changes,
});

describe("the report", () => {
  it("says once what is the same in several operations and fields", () => {
    const text = markdown(
      report([
        change("major", "body.a", "request field removed"),
        change("major", "body.a", "request field removed", "createConversation"),
        change("major", "body.b", "request field removed"),
        change("major", "body.b", "request field removed", "createConversation"),
        change("minor", "body.c", "request field added"),
      ]),
    );
    expect(text).toContain(
      "| major | request | `body.a`, `body.b` | request field removed | `updateConversation`, `createConversation` |",
    );
    expect(text.split("\n").filter((line) => line.startsWith("| m"))).toHaveLength(2);
  });

  it("fits a pull request however much changed, largest first, and counts the rest", () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      change(index < 3000 ? "major" : "minor", `body.field${index}`, `maxLength ${index} -> 1`),
    );
    const text = markdown(report(many));
    expect(text.length).toBeLessThan(45_000);
    expect(text).toMatch(
      /And \d+ more \(\d+ major, 2000 minor\)\. All of them: `pnpm specs:diff acme --all`/,
    );
    expect(text).not.toContain("| minor |");
    expect(bullets(many).length).toBeLessThan(10_000);
    expect(markdown(report(many), Infinity)).toContain("field4999");
  });

  it("names the rule of 0.x where a bump is not the rating", () => {
    const one = [change("major", "body.a", "request field removed")];
    expect(markdown(report(one))).toContain(
      "major, released as minor: below 1.0 every change is one step less",
    );
    expect(markdown(report(one, { "@convo/acme": "major" }))).not.toContain("below 1.0");
    expect(markdown(report(one, { "@convo/acme": "major", "@convo/core": "none" }))).not.toContain(
      "below 1.0",
    );
  });

  it("shows the part that differs, and which variant it is in", () => {
    const long = "a".repeat(300);
    const withText = (end: string): Spec => {
      const copy = structuredClone(base);
      const { TextMessage, UpdateConversationBody } = copy.components.schemas as Record<string, Schema>;
      Object.assign(UpdateConversationBody?.properties ?? {}, {
        name: { type: "string", pattern: `${long}${end}` },
      });
      Object.assign(TextMessage?.properties ?? {}, { text: { type: "string", maxLength: end.length } });
      return copy;
    };
    const changes = diffSpecs(withText("bcd"), withText("efgh"));
    const { what = "" } = changes.find(({ field }) => field === "body.name") ?? {};
    expect(what).toMatch(/^pattern \.\.\.a+bcd -> \.\.\.a+efgh$/);
    expect(what.length).toBeLessThan(150);
    expect(changes.map(({ field }) => field)).toContain("200[]<text>.text");
  });
});
