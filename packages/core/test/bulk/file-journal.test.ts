import { fork } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
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

test.skipIf(process.platform === "win32")(
  "what is not a file is refused, however long it could be read",
  async () => {
    await expect(read("/dev/zero")).rejects.toMatchObject({ kind: "invalid" });
  },
);

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

test("a file that is no journal stays as it is", async () => {
  const path = join(folder, "notes");
  writeFileSync(path, "no line end");
  const journal = fileJournal(path);
  await expect(journal.append(["{}"])).rejects.toMatchObject({ kind: "invalid" });
  await expect(read(path)).rejects.toThrow("holds something else than a journal");
  writeFileSync(path, "one line\nand the beginning of another");
  expect(await read(path)).toEqual(["one line"]);
  expect(await read(path, true)).toEqual(["one line"]);
  expect(readFileSync(path, "utf8")).toBe("one line\nand the beginning of another");
  // The first line of a journal can be cut off, too.
  writeFileSync(path, '{"journal":"co');
  expect(await read(path)).toEqual([]);
  await journal.append(["{}"]);
  await journal.close();
  expect(readFileSync(path, "utf8")).toBe("{}\n");
});

/** A process that has a journal open, until it is killed. */
async function hold(path: string) {
  const program = join(folder, "hold.mjs");
  const module = new URL("../../src/bulk/file-journal.ts", import.meta.url);
  writeFileSync(
    program,
    `const { fileJournal } = await import(${JSON.stringify(module.href)});
    await fileJournal(process.argv[2]).append(["{}"]);
    process.send("held");
    setInterval(() => {}, 1000);`,
  );
  const child = fork(program, [path], { execArgv: ["--no-warnings"] });
  await once(child, "message");
  return {
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("a journal that another process has open is refused, until that process is gone", async () => {
  const path = join(folder, "held");
  const other = await hold(path);
  const journal = fileJournal(path);
  const refused = expect.objectContaining({
    kind: "conflict",
    message: expect.stringMatching(
      new RegExp(`in use by process ${other.pid} since .*remove .*held.lock-${other.pid}-`),
    ),
  });
  await expect(journal.append(["{}"])).rejects.toEqual(refused);
  expect(readFileSync(path, "utf8")).toBe("{}\n");
  await other.kill();
  await journal.append(['{"line":2}']);
  const again = fileJournal(path);
  await expect(again.append(["{}"])).rejects.toThrow("in use by this process");
  await journal.close();
  expect(await read(path)).toEqual(["{}", '{"line":2}']);
  expect(readdirSync(folder).filter((name) => name.startsWith("held.lock"))).toEqual([]);
});

test("the mark of a process whose number another one has now is void, that of another machine is not", async () => {
  const path = join(folder, "reused");
  const mark = { pid: process.pid, host: hostname(), since: "", started: "long ago" };
  writeFileSync(`${path}.lock-${process.pid}-x`, JSON.stringify(mark));
  if (process.platform !== "win32") expect(await read(path)).toEqual([]);
  writeFileSync(`${path}.lock-1-y`, JSON.stringify({ ...mark, host: "another" }));
  await expect(read(path)).rejects.toThrow(/on another.*remove .*reused.lock-1-y/);
});
