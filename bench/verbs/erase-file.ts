/** An erase in a process of its own, to be killed: `<folder>` with `ids.json` and `env.json`. Goes on from `receipt.json`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EraseReceipt } from "@convo/core";
import { connectAll } from "./at.ts";

const [folder = ""] = process.argv.slice(2);
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const file = join(folder, "receipt.json");

const store = (receipt: EraseReceipt): void => {
  writeFileSync(`${file}.new`, JSON.stringify(receipt));
  renameSync(`${file}.new`, file);
};

const { convo } = connectAll(read("env.json"));
if (!existsSync(file)) store(await convo.all.planErase(read("ids.json")));
const { finishedAt } = await convo.all.erase(read("receipt.json"), { onReceipt: store });
process.send?.({ finishedAt });
process.disconnect?.();
