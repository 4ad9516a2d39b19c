import type { EraseReceipt } from "@convo/core";
import { EXIT } from "./failure.ts";
import { note, show } from "./output.ts";

/** Says what was not searched, and sets the exit code where nothing was found: the id or the customer may be mistyped. */
export function tellSearch({ entries, customerId }: EraseReceipt, command: "erase" | "export"): void {
  const unsearched = entries.filter(({ id }) => id === null).map(({ provider }) => provider);
  if (unsearched.length > 0)
    note(
      `Only what this computer has seen was searched, since they cannot find conversations by customer: ${unsearched.join(", ")}. Give the ids of what else is there: convo ${command} ${unsearched[0]} <id>`,
    );
  if (entries.some(({ id, outcome }) => id !== null && outcome !== "not_found")) return;
  note(
    customerId === undefined
      ? "Nothing found: none of these conversations is there."
      : `Nothing found for customer ${show(customerId)}. Is it spelled as at the vendor?`,
  );
  process.exitCode = EXIT.notFound;
}
