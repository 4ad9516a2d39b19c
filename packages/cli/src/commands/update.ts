import type { Plan, Provider, UpdateResult } from "@convo/core";
import type { Command } from "commander";
import { type Account, idOf, openAccounts } from "../accounts.ts";
import { addChangeOptions, addUnset, type ChangeOptions, changesOf } from "../changes.ts";
import { CliError } from "../failure.ts";
import { readJsonFile } from "../files.ts";
import { type AccountOptions, addAccountOptions, addExamples, choice } from "../options.ts";
import { note, paint, print, printJson } from "../output.ts";
import { conversationView, planView, warningLines } from "../view.ts";

interface Options extends AccountOptions, ChangeOptions {
  readonly merge?: "shallow" | "deep" | "replace";
  readonly verify?: boolean;
  readonly plan?: boolean;
  readonly apply?: string;
}

/** `convo update`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file").argument("[id]", "not with --apply");
  addAccountOptions(addUnset(addChangeOptions(command)))
    .addOption(
      choice("--merge <how>", "how metadata meets what is there (default: shallow)", [
        "shallow",
        "deep",
        "replace",
      ]),
    )
    .option("--verify", "read before the write and after it, and merge again over what others wrote")
    .option("--plan", "show what would change and the request as a curl command; send nothing")
    .option("--apply <plan.json>", "make a planned change, unless the conversation has changed since")
    .action(update);
  addExamples(
    command,
    "convo update agentsight 42 --set status=resolved --unset draft --name 'Access restored'",
    "convo update openai conv_sandbox0001 --set status=open --plan",
    "convo update openai conv_sandbox0001 --set status=open --plan --json > plan.json",
    "convo update openai --apply plan.json",
  );
}

async function update(name: string, id: string | undefined, options: Options): Promise<void> {
  const planned = options.apply === undefined ? undefined : (readJsonFile(options.apply, "plan") as Plan);
  const changes = changesOf(options);
  if (planned && (id !== undefined || Object.keys(changes).length > 0 || options.plan))
    throw new CliError("--apply takes everything from the plan: leave out the id, --plan and the changes.");
  if (!planned && id === undefined) throw new CliError("The id is missing. See: convo update --help");
  if (!planned && Object.keys(changes).length === 0)
    throw new CliError(
      "There is nothing to change. Give --set, --unset or a field. See: convo update --help",
    );
  const { account, providers } = await openAccounts(options, [name]);
  const handle = account(name);
  if (planned) {
    showResult(await handle.apply(planned), options);
    return;
  }
  const target = idOf(providers[name] as Provider, id as string);
  const { merge, verify, unsupported } = options;
  const how = { ...(merge && { merge }), ...(verify && { verify }), ...(unsupported && { unsupported }) };
  if (options.plan) showPlan(await handle.plan(target, changes as never, how), name, options);
  else showResult(await handle.update(target, changes as never, how), options);
}

function showPlan(plan: Plan, name: string, { json }: Options): void {
  print(json ? JSON.stringify(plan) : planView(plan));
  const next = json
    ? `To make the change: convo update ${name} --apply <this file>`
    : `To keep the plan, add --json > plan.json; then: convo update ${name} --apply plan.json`;
  note(`Nothing was sent. ${next}`);
}

/** Shows what an update did. */
function showResult(result: Awaited<ReturnType<Account["update"]>>, { json }: Options): void {
  const { conversation, warnings, confirmed, httpRequests } = result as UpdateResult;
  for (const line of warningLines(warnings)) note(line);
  if (json) {
    printJson(result);
    return;
  }
  const proof = {
    echo: "the vendor's answer shows it",
    read: "read back",
    none: "accepted; the vendor's answer does not show it",
  };
  if (httpRequests === 0)
    print(
      paint(
        "yellow",
        warnings.some(({ code }) => code === "skipped") ? "Nothing sent: skipped." : "Nothing was sent.",
      ),
    );
  else {
    print(paint("green", `Updated (${proof[confirmed]}).`));
    print(conversationView(conversation));
  }
}
