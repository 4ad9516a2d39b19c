import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect } from "vitest";
import { type Copy, copyRepository } from "./copy.ts";

/** A copy of this repository, with files by their path from its root. */
export interface Copied extends Omit<Copy, "remove"> {
  /** The commit every test starts from. */
  start: string;
  path(file: string): string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Replaces text of a file, which must be there. */
  edit(file: string, from: string | RegExp, to: string): void;
}

/** One copy for the tests of a file: each finds it as it was, and it goes when they are over. */
export function useCopy(): Copied {
  const { remove, ...copy } = copyRepository();
  const start = copy.git("rev-parse", "HEAD").trim();
  afterAll(remove);
  beforeEach(() => {
    copy.git("reset", "-q", "--hard", start);
    copy.git("clean", "-qfd");
    for (const tag of copy.git("tag").split("\n").filter(Boolean)) copy.git("tag", "-d", tag);
  });
  const path = (file: string): string => join(copy.root, file);
  const read = (file: string): string => readFileSync(path(file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(path(file), text);
  const edit = (file: string, from: string | RegExp, to: string): void => {
    const next = read(file).replace(from, to);
    expect(next).not.toBe(read(file));
    write(file, next);
  };
  return { ...copy, start, path, read, write, edit };
}
