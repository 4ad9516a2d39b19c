import type { Warning } from "./conversation.ts";
import type { Refusal } from "./errors.ts";
import { isDocument, type Json, type Metadata, NonJsonError, snapshot } from "./metadata/index.ts";

/** Changes while they are being read: what the caller gave, and all that is wrong with it so far. */
export interface Draft {
  readonly provider: string;
  readonly violations: Refusal[];
  readonly warnings: Warning[];
  refuse(path: string, message: string, kind?: Refusal["kind"]): void;
  warn(code: Warning["code"], field: string, detail: string): void;
  /** A deep plain copy of one part; `undefined` if it was not given or is not JSON, which is then refused. */
  part(name: string): Json | undefined;
  /** The same for a part that must be an object; `{}` if it is not there or is refused. */
  object(name: string): Metadata;
}

/** Starts a draft of `given`, the caller's changes, which are read once and never changed. */
export function createDraft(provider: string, given: Readonly<Record<string, unknown>>): Draft {
  const violations: Refusal[] = [];
  const warnings: Warning[] = [];
  const draft: Draft = {
    provider,
    violations,
    warnings,
    refuse: (path, message, kind = "invalid") =>
      void violations.push({ path, kind, message: `${path} ${message}` }),
    warn: (code, field, detail) => void warnings.push({ code, field, provider, detail }),
    part(name) {
      try {
        return given[name] === undefined ? undefined : snapshot(given[name], name);
      } catch (error) {
        if (!(error instanceof NonJsonError)) throw error;
        for (const { path, reason } of error.problems)
          draft.refuse(path, `is ${reason}, which JSON cannot hold`);
        return undefined;
      }
    },
    object(name) {
      const value = draft.part(name);
      if (isDocument(value)) return value;
      if (value !== undefined) draft.refuse(name, "must be an object");
      return {};
    },
  };
  return draft;
}
