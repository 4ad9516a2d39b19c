import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One value an SDK's method gave its caller. */
interface Returned {
  /** The method's type in TypeScript: `OpenAI["conversations"]["items"]["list"]`. */
  readonly method: string;
  readonly value: unknown;
}

/** What the methods of an SDK's resource returned, and which of them were never called. */
export interface Watched<T> {
  readonly resource: T;
  readonly returned: Returned[];
  /** The methods nobody called. */
  unused(): string[];
}

type Method = (...args: unknown[]) => unknown;

/**
 * Watches a resource of an SDK and the resources in it. A page is noted by its items; a stream is not noted: whoever
 * reads it adds its events to `returned`.
 * @param type the resource's type, `OpenAI["conversations"]`
 */
export function watch<T extends object>(resource: T, type: string, returned: Returned[] = []): Watched<T> {
  const used = new Set<string>();
  const nested: Watched<object>[] = [];
  const inner = new Map<string, object>();
  for (const [name, value] of Object.entries(resource)) {
    if (name.startsWith("_") || typeof value !== "object" || value === null) continue;
    const watched = watch(value as object, `${type}["${name}"]`, returned);
    nested.push(watched);
    inner.set(name, watched.resource);
  }
  const proxy = new Proxy(resource, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof name !== "string" || typeof value !== "function") return inner.get(String(name)) ?? value;
      return (...args: unknown[]) => {
        used.add(name);
        const result = (value as Method).apply(target, args) as PromiseLike<unknown>;
        note(returned, `${type}["${name}"]`, result);
        return result;
      };
    },
  });
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter(
    (name) => name !== "constructor",
  );
  return {
    resource: proxy,
    returned,
    unused: () => [
      ...own.filter((name) => !used.has(name)).map((name) => `${type}["${name}"]`),
      ...nested.flatMap((one) => one.unused()),
    ],
  };
}

function note(returned: Returned[], method: string, result: PromiseLike<unknown>): void {
  const keep = (value: unknown): void => {
    const page = value as { getPaginatedItems?: () => unknown } | undefined;
    if (page?.getPaginatedItems) returned.push({ method, value: page.getPaginatedItems() });
    else if (!(Symbol.asyncIterator in Object(value))) returned.push({ method, value });
  };
  result.then(keep, () => undefined);
}

const HEAD = `
import type { Letta } from "@letta-ai/letta-client";
import type Datagrid from "datagrid-ai";
import type OpenAI from "openai";
// Of \`void\` nothing is promised.
type Given<T> = [T] extends [void] ? unknown : T extends { getPaginatedItems(): infer Items } ? Items : T extends AsyncIterable<infer E> ? E[] : T;
// A parameter that extends the promise takes fields the SDK does not know, as it does at run time.
declare function promised<F extends (...args: never[]) => unknown>(): <V extends Given<Awaited<ReturnType<F>>>>(value: V) => void;
`;

/**
 * Lets the compiler judge values that came over the wire by the types their SDK declares.
 * @returns what the compiler says; empty when every value is what was promised
 */
export async function judge(returned: readonly Returned[]): Promise<string> {
  const packageRoot = join(import.meta.dirname, "..");
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
