import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { fileJournal } from "../../src/bulk/file-journal.ts";

const folder = mkdtempSync(join(tmpdir(), "convo-journal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(path: string, newestFirst = false): Promise<string[]> {
  const journal = fileJournal(path);
  const lines: string[] = [];
  for await (const line of journal.read(newestFirst)) lines.push(line);
  await journal.close();
  return lines;
}

test("lines come back in both directions, whatever their length", async () => {
  let files = 0;
  const line = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constant("é".repeat(50_000)),
    fc.constant("x".repeat(65_535)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        line.map((text) => JSON.stringify(text)),
        { maxLength: 12 },
      ),
      async (lines) => {
        const path = join(folder, `lines-${files++}`);
        const journal = fileJournal(path);
        for (const text of lines) await journal.append([text]);
        await journal.close();
        expect(await read(path)).toEqual(lines);
        expect(await read(path, true)).toEqual(lines.toReversed());
      },
    ),
    { numRuns: 30 },
  );
});

test("only its owner can read it", async () => {
  const path = join(folder, "mode");
  const journal = fileJournal(path);
  await journal.append(["{}"]);
  await journal.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a line that was cut off is removed before anything is added", async () => {
  const path = join(folder, "cut");
  const journal = fileJournal(path);
  await journal.append(['{"line":1}']);
  await journal.close();
  appendFileSync(path, '{"line":2,"do');
  expect(await read(path)).toEqual(['{"line":1}']);
  const again = fileJournal(path);
  await again.append(['{"line":3}']);
  await again.close();
  expect(readFileSync(path, "utf8")).toBe('{"line":1}\n{"line":3}\n');
});
