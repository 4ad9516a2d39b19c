import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const packageRoot = join(import.meta.dirname, "..", "..");

/** One value an SDK's method gave its caller. */
interface ReturnedValue {
  /** The method's type in TypeScript: `OpenAI["conversations"]["items"]["list"]`. */
  readonly method: string;
  readonly value: unknown;
}

/** What became of the calls of one method. */
interface CallCount {
  answered: number;
  refused: number;
}

/** A resource of an SDK whose calls are counted and whose return values are kept. */
export interface WatchedResource<T> {
  readonly resource: T;
  readonly returned: ReturnedValue[];
  /** Every method of the resource and those in it, by name: `create`, `items.list`. */
  readonly calls: ReadonlyMap<string, CallCount>;
}

type Method = (...args: unknown[]) => unknown;

/**
 * Watches a resource of an SDK and the resources in it. A page is noted by its items; a stream is not noted: whoever
 * reads it adds its events to `returned`.
 * @param type the resource's type, `OpenAI["conversations"]`
 */
export function watch<T extends object>(resource: T, type: string): WatchedResource<T> {
  const returned: ReturnedValue[] = [];
  const calls = new Map<string, CallCount>();
  return { resource: watchMethods(resource, { type, prefix: "", returned, calls }), returned, calls };
}

interface Watcher {
  readonly type: string;
  readonly prefix: string;
  readonly returned: ReturnedValue[];
  readonly calls: Map<string, CallCount>;
}

function watchMethods<T extends object>(resource: T, { type, prefix, returned, calls }: Watcher): T {
  const nested = new Map<string, object>();
  for (const [name, value] of Object.entries(resource)) {
    if (name.startsWith("_") || typeof value !== "object" || value === null) continue;
    const watcher = { type: `${type}["${name}"]`, prefix: `${prefix}${name}.`, returned, calls };
    nested.set(name, watchMethods(value as object, watcher));
  }
  const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource));
  for (const [name, { value }] of Object.entries(members))
    if (name !== "constructor" && typeof value === "function")
      calls.set(prefix + name, { answered: 0, refused: 0 });
  return new Proxy(resource, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      const count = calls.get(prefix + String(name));
      if (typeof value !== "function" || count === undefined) return nested.get(String(name)) ?? value;
      return (...args: unknown[]) => {
        const result = (value as Method).apply(target, args);
        Promise.resolve(result).then(
          (answer) => {
            count.answered += 1;
            keep(returned, `${type}["${String(name)}"]`, answer);
          },
          () => {
            count.refused += 1;
          },
        );
        return result;
      };
    },
  });
}

function keep(returned: ReturnedValue[], method: string, value: unknown): void {
  const page = value as { getPaginatedItems?: () => unknown } | undefined;
  if (page?.getPaginatedItems) returned.push({ method, value: page.getPaginatedItems() });
  else if (!(Symbol.asyncIterator in Object(value))) returned.push({ method, value });
}

/** The installed version of a package of the tests, which may be an alias: `openai5`. */
export function versionOf(name: string): string {
  const file = join(packageRoot, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** `openai 7.59.0: 8 of 8 calls answered: create 2, retrieve 1 (1 refused as it should be), ...` */
export function callList(title: string, calls: ReadonlyMap<string, CallCount>): string {
  const listed = [...calls].map(
    ([name, { answered, refused }]) =>
      `${name} ${answered}${refused === 0 ? "" : ` (and ${refused} refused as expected)`}`,
  );
  const answered = [...calls.values()].filter((count) => count.answered > 0).length;
  return `${title}: ${answered} of ${calls.size} calls answered: ${listed.join(", ")}`;
}

const HEAD = `
import type { Letta } from "@letta-ai/letta-client";
import type Datagrid from "datagrid-ai";
import type { Letta as Letta17 } from "letta-client17";
import type OpenAI from "openai";
import type OpenAI5 from "openai5";
import type OpenAI6 from "openai6";
// Of \`void\` nothing is promised. Only the last of several overloads is seen.
type Given<T> = [T] extends [void] ? unknown : T extends { getPaginatedItems(): infer Items } ? Items : T extends AsyncIterable<infer E> ? E[] : T;
// A parameter that extends the promise takes fields the SDK does not know, as it does at run time.
declare function promised<F extends (...args: never[]) => unknown>(): <V extends Given<Awaited<ReturnType<F>>>>(value: V) => void;
`;

/**
 * Lets the compiler judge values that came over the wire by the types their SDK declares.
 * @returns what the compiler says; empty when every value is what was promised
 */
export async function judge(returned: readonly ReturnedValue[]): Promise<string> {
  const folder = join(packageRoot, "node_modules", ".cache", `returned-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const lines = returned.map(({ method, value }) => `promised<${method}>()(${literal(value)});`);
    writeFileSync(join(folder, "returned.ts"), `${HEAD}${[...new Set(lines)].join("\n")}\n`);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
      skipLibCheck: true,
    };
    const config = { compilerOptions: { ...compilerOptions, types: ["node"] }, files: ["returned.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(packageRoot, "..", "..", "node_modules", ".bin", "tsc");
    return await new Promise((resolve) =>
      execFile(tsc, ["-p", folder], (error, stdout, stderr) =>
        resolve(error ? stdout + stderr || String(error) : ""),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const literal = (value: unknown): string => JSON.stringify(value) ?? "undefined";
