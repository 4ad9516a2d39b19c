import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { VERSION as heyApi } from "./clients/hey-api.ts";

/** Where, when and with what a run is made: the first lines of its results. `load` is that of the minute before. */
export interface Machine {
  readonly date: string;
  readonly node: string;
  readonly processors: number;
  readonly load: number;
  /** Of the packages that are compared, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

export function machine(): Machine {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const compared = Object.entries(dependencies).filter(([, version]) => /^\d/.test(version));
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    processors: availableParallelism(),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    versions: { ...Object.fromEntries(compared), "@hey-api/openapi-ts": heyApi },
  };
}
