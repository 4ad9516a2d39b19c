/** `pnpm release:pack [folder]`: builds every published package and packs it into a folder, `release` unless told otherwise. */
import { join, resolve } from "node:path";
import { pack, published } from "../packages/check.ts";
import { must } from "../packages/run.ts";

const root = join(import.meta.dirname, "..", "..");
const [folder = "release"] = process.argv.slice(2);
must(join(root, "node_modules", ".bin", "turbo"), ["run", "build", "--output-logs=errors-only"], root);
for (const home of published(root)) console.log(pack(home, resolve(folder)).tarball);
