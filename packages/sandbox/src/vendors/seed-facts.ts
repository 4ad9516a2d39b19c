import type { Doc } from "../engine/types.ts";

/** What all vendors' seeds tell of: one conversation each, about the same thing. */
export const AT = "2026-11-02T09:30:00.000Z";
export const QUESTION = "What is the state of project x?";
export const ANSWER = "It ships on Friday.";
export const METADATA = { topic: "project-x", owner: "ada" };

/** Rows by kind. */
export type Seed = Readonly<Record<string, readonly Doc[]>>;
