import { measure } from "../diff/measure.ts";
import type { Copied } from "./copied.ts";

/** Changes to ChatDash's spec in a copy, and what is measured of them. */
export function chatdashIn(copy: Copied) {
  const SPEC = "specs/chatdash/openapi.yaml";
  return {
    SPEC,
    /** `topic` is on the update body (and on what is created): a caller's field vanishes. */
    removeTopic: () => copy.edit(SPEC, / {8}topic:\n {10}type: string\n {10}description:.*\n/, ""),
    addTone: () =>
      copy.edit(
        SPEC,
        / {8}topic:\n/,
        "        tone:\n          type: string\n          description: How it sounds.\n        topic:\n",
      ),
    report: (base?: string) => measure(copy.root, "chatdash", { base }),
  };
}
