import type { Command } from "commander";
import { providerOf } from "../accounts.ts";
import { capabilitiesOf, fieldsLine, metadataLine } from "../capabilities.ts";
import { type Config, VENDORS } from "../config.ts";
import { addExamples, addJson, choice } from "../options.ts";
import { paint, print, printJson } from "../output.ts";

interface Options {
  readonly json?: boolean;
  readonly vendor?: (typeof VENDORS)[number];
}

/** `convo capabilities`. It needs no key and no network. */
export function configure(command: Command): void {
  addJson(command)
    .addOption(choice("--vendor <vendor>", "only this one", VENDORS))
    .action(capabilities);
  addExamples(command, "convo capabilities", "convo capabilities --vendor openai --json");
}

async function capabilities({ json, vendor }: Options): Promise<void> {
  const accounts = Object.fromEntries(VENDORS.map((name) => [name, { vendor: name }]));
  const config: Config = { accounts, file: undefined, profile: "" };
  for (const name of vendor ? [vendor] : VENDORS) {
    const known = capabilitiesOf(await providerOf(config, name, null));
    if (json) printJson({ vendor: name, ...known });
    else
      print(
        [
          paint("bold", name),
          `  can      ${known.verbs.join(", ")}`,
          `  lacks    ${known.lacks.join(", ") || "nothing"}`,
          `  fields   ${fieldsLine(known)}`,
          `  metadata ${metadataLine(known)}`,
          `  deleting ${known.deleteLeaves ?? "nothing is said to remain"}`,
          "",
        ].join("\n"),
      );
  }
}
