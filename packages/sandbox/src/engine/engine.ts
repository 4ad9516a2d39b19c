import type { SandboxOptions } from "../options.ts";
import type { Store } from "../store/store.ts";
import type { Faults } from "./faults.ts";
import type { RequestLog } from "./log.ts";
import type { VendorRules, VendorState } from "./rules.ts";
import type { Problem } from "./types.ts";
import type { Checker } from "./validate.ts";

/** What all requests of a sandbox share. */
export interface Engine {
  readonly store: Store;
  readonly options: SandboxOptions;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Aborted when the sandbox is reset or closes, so that what is under way ends without effect. */
  readonly closing: AbortSignal;
}

/** One vendor, ready to serve. */
export interface Served {
  readonly rules: VendorRules;
  readonly checker: Checker;
  /** Path of one conversation, without a slash at its end. */
  readonly home: string;
  readonly state: VendorState;
}

/** A request as it arrived; `path` holds the decoded path parameters, `problem` what is wrong with the body as such. */
export interface Incoming {
  readonly request: Request;
  readonly url: URL;
  readonly text: string;
  readonly problem?: Problem;
  readonly path: Record<string, string>;
}
