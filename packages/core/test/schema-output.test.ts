/** What a schema makes of a document is shown, and never sent. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { agentsight, createConvo, openai, type StandardSchema } from "../src/index.ts";
import { start } from "./sandboxed.ts";

const OPEN = "conv_sandbox0001";
const REPLACING = { openai: { metadata: "replace" } } as const;

describe("what a schema makes of the document", () => {
  const transforming = z.object({
    topic: z.string(),
    due: z.iso.datetime().transform((text) => new Date(text)),
    priority: z.coerce.number().default(3),
  });

  it("is what results show, and never goes out: defaults, transforms, dropped keys", async () => {
    const { at, stored } = start(REPLACING);
    const convo = createConvo({ openai: openai({ ...at("openai"), schema: transforming }) });
    const due = "2026-11-21T00:00:00Z";
    const { parsedMetadata: metadata, conversation } = await convo.openai.update(OPEN, { metadata: { due } });
    expect(metadata).toEqual({ topic: "project-x", due: new Date(due), priority: 3 });
    expect(conversation.metadata).toEqual({ topic: "project-x", owner: "ada", due });
    expect(stored("openai", OPEN).metadata).toEqual({ topic: "project-x", owner: "ada", due });
    await convo.openai.update(OPEN, { metadata: { priority: "5" } });
    const read = await convo.openai.get(OPEN);
    expect(read.parsedMetadata).toEqual({ topic: "project-x", due: new Date(due), priority: 5 });
    expect(stored("openai", OPEN).metadata).toMatchObject({ owner: "ada", priority: "5" });
  });

  it("does not reach what is sent, even if it changes its argument", async () => {
    const { at, stored } = start();
    const schema: StandardSchema<{ [key: string]: unknown }> = {
      "~standard": {
        version: 1,
        vendor: "rude",
        validate(value) {
          const document = value as { nested: { list: number[] }; owner?: string };
          document.nested?.list.push(9);
          delete document.owner;
          return { value: document as never };
        },
      },
    };
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
    const nested = { list: [1] };
    const { parsedMetadata: metadata } = await convo.agentsight.update(42, { metadata: { nested } });
    expect(stored("agentsight", 42).metadata).toMatchObject({ nested: { list: [1] }, owner: "ada" });
    expect(metadata).toMatchObject({ nested: { list: [1, 9] } });
    expect(nested).toEqual({ list: [1] });
  });

  it("is of the decoded document where values are encoded", async () => {
    const { at, stored } = start(REPLACING);
    const schema = z.object({ topic: z.string(), seats: z.number(), labels: z.array(z.string()) });
    const convo = createConvo({ openai: openai({ ...at("openai"), schema, encode: true }) });
    const { parsedMetadata: metadata } = await convo.openai.update(OPEN, {
      metadata: { seats: 4, labels: ["a"] },
    });
    expect(metadata).toEqual({ topic: "project-x", seats: 4, labels: ["a"] });
    expect(stored("openai", OPEN).metadata).toMatchObject({ seats: "json:4", labels: 'json:["a"]' });
  });
});
